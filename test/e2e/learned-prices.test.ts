import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** What was learnt goes back into conduit.yaml, as a change that the user reviews. */

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  editor = await startEditor({
    globalStorageFiles: {
      'conduit.yaml': configurationOf([{ id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 }]),
    },
  });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

const file = (): string => readFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), 'utf8');

test('with nothing learnt it says what is needed; after five ratings a diff is shown, and applied on request', async () => {
  await editor.command('Conduit: Export Learned Prices');
  await editor.notification('Nothing was learnt yet');
  await editor.command('Conduit: Ask');
  await editor.answerInput('Question 0?');
  const frame = await editor.chatFrame();
  for (let index = 0; index < 5; index += 1) {
    if (index > 0) {
      await frame.getByTestId('composer').fill(`Question ${String(index)}?`);
      await frame.getByTestId('send').click();
    }
    const turn = frame
      .getByTestId('turn')
      .filter({ hasText: `Question ${String(index)}?` })
      .last();
    await turn.getByTestId('answer-line').waitFor();
    await turn.getByTestId('thumb-up').click();
    await turn.locator('[data-testid="thumb-up"][aria-pressed="true"]').waitFor();
  }
  const before = file();
  await editor.command('Conduit: Export Learned Prices');
  await editor.notification('Learnt: 0 prices, 1 mean quality');
  await editor.page.locator('.monaco-diff-editor').waitFor();
  await editor.screenshot('learned-prices');
  expect(file()).toBe(before);
  await editor.answerNotification('Learnt: 0 prices, 1 mean quality', 'Apply');
  await eventually('the applied change', () => /^ {6}quality: 1$/m.test(file()) || undefined);
  expect(file().replace(/^ {6}quality: 1\n/m, '')).toBe(before);
});
