import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** Writing conduit.yaml in the real editor, with no other extension installed. */

const twoPools = [
  'model_list:',
  '  - model_name: mini',
  '    litellm_params:',
  '      model: openai/gpt-5.4-mini',
  '      api_base: http://127.0.0.1:9/v1',
  '    model_info:',
  '      id: mini',
  '  - model_name: strong',
  '    litellm_params:',
  '      model: openai/gpt-5.4',
  '      api_base: http://127.0.0.1:9/v1',
  '    model_info:',
  '      id: strong',
  'router:',
  '  preset: speed',
  '',
].join('\n');

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    env: { SOME_API_KEY: 'sk-planted-key-of-the-help-test-0123456789' },
    globalStorageFiles: { 'conduit.yaml': twoPools },
  });
  await editor.command('Conduit: Open Configuration');
  await editor.page.locator('.tab.active', { hasText: 'conduit.yaml' }).waitFor();
});

afterAll(() => editor.close());

const suggestions = (): Locator => editor.page.locator('.suggest-widget.visible .monaco-list-row');

/** Puts the cursor at the end of a line, from 1. */
async function goTo(line: number): Promise<void> {
  await editor.select(line, line);
  await editor.page.keyboard.press('End');
}

/** What the editor shows for a moment is gone at once where it lays itself out anew meanwhile: then one asks again. */
async function shown(what: string, popup: Locator, ask: () => Promise<void>): Promise<void> {
  await eventually(what, async () => {
    await ask();
    return popup.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => undefined,
    );
  });
}

/** Waits until what was typed leaves a suggestion with the text in front: the one that Enter takes. */
async function suggested(text: string): Promise<void> {
  const first = suggestions().and(editor.page.locator('.focused')).filter({ hasText: text });
  await shown(`the suggestion ${text}`, first, () => editor.page.keyboard.press('Control+Space'));
}

test('a hover says what a key means', async () => {
  const key = editor.page.locator('.view-line', { hasText: 'preset' }).getByText('preset').first();
  const hover = editor.page.locator('.monaco-hover:visible', { hasText: 'preset' }).first();
  await shown('the hover', hover, async () => {
    await editor.page.mouse.move(0, 0);
    await key.hover();
  });
  await editor.screenshot('yaml-hover');
});

test('models that each stand in a pool of their own are put in one at a click', async () => {
  await editor.page.locator('.squiggly-warning').first().waitFor();
  await editor.goTo(1, 3);
  const action = editor.page.locator('.action-widget').getByText('Put these in one pool');
  await shown('the fix', action, () => editor.page.keyboard.press('Control+.'));
  await editor.screenshot('yaml-quick-fix');
  await action.click();
  await editor.page.keyboard.press('Control+S');
  await eventually('one pool of two', () => /pools \w+ \(2\)/.test(editor.logText()) || undefined);
});

test('keys and values are completed', async () => {
  await goTo(15);
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.type('swi');
  await suggested('switch_after');
  await editor.screenshot('yaml-completion-key');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.type('7');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.type('pool: ');
  await suggested('default');
  await editor.screenshot('yaml-completion-value');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.press('Control+S');
  const file = path.join(editor.profile.globalStorage, 'conduit.yaml');
  // The editor saves by itself too, in the middle of a line.
  await eventually(
    'the saved file',
    () => /\n {2}switch_after: 7\n {2}pool: default\n/.test(readFileSync(file, 'utf8')) || undefined,
  );
});

test('variables are offered by name, without what they hold', async () => {
  await goTo(5);
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.type('api_key: os.environ/SOME');
  await suggested('os.environ/SOME_API_KEY');
  await editor.screenshot('yaml-completion-variable');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.press('Control+S');
  const file = path.join(editor.profile.globalStorage, 'conduit.yaml');
  await eventually(
    'the saved file',
    () => readFileSync(file, 'utf8').includes('\n      api_key: os.environ/SOME_API_KEY\n') || undefined,
  );
  expect(editor.logText()).not.toContain('sk-planted-key-of-the-help-test');
});
