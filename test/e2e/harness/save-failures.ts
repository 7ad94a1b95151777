import { afterEach } from 'vitest';
import { openEditors } from './editor';
import { saveEvidence } from './evidence';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const editor of openEditors) {
    await saveEvidence(editor, task.file.filepath, task.name).catch(() => undefined);
  }
});
