import { afterEach } from 'vitest';
import { openEditors, saveEvidence } from './editor';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const editor of openEditors) await saveEvidence(editor, task.name).catch(() => undefined);
});
