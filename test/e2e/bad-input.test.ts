import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** From nothing configured to a mended configuration, as a new user stumbles through it. */

const goodKey = 'sk-good-key-of-the-end-to-end-test-0123456789';
const badKey = 'sk-refused-key-of-the-end-to-end-test-012345';

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([
    startOpenAiServer({ acceptKeys: [goodKey] }),
    startAnthropicServer(),
  ]);
  editor = await startEditor({ workspaceFiles: { 'a.ts': 'const a = 1;\n' } });
});

afterAll(async () => {
  await editor.close();
  await anthropic.close();
});

function writeConfiguration(text: string): void {
  mkdirSync(editor.profile.globalStorage, { recursive: true });
  writeFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), text);
}

async function compose(prompt: string): Promise<Locator> {
  const frame = await editor.chatFrame();
  await frame.getByTestId('composer').fill(prompt);
  await frame.getByTestId('send').click();
  const turn = frame.getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.waitFor();
  return turn;
}

test('with nothing configured the models are simulated, and every answer says so', async () => {
  await editor.command('Conduit: Ask');
  await editor.answerInput('Write a TypeScript function that sorts numbers');
  const frame = await editor.chatFrame();
  await frame.getByTestId('simulated').getByText('the models are simulated').waitFor();
  const turn = frame.getByTestId('turn').last();
  await turn.getByTestId('answer-line').waitFor();
  expect(await turn.getByTestId('answer').innerText()).toContain('No model was called');
  expect(await turn.getByTestId('answer-line').innerText()).toContain('simulated price');
  await editor.screenshot('simulated');
});

test('Ask without a prompt says what to do, and Escape loses no text', async () => {
  await editor.command('Conduit: Ask');
  await editor.answerInput('');
  await editor.page.getByText('Type a question first').waitFor();
  await editor.page.keyboard.type('half a thought');
  await editor.page.keyboard.press('Escape');
  await editor.command('Conduit: Ask');
  const input = editor.page.locator('.quick-input-widget:visible .quick-input-box input');
  await eventually('the kept text', async () => (await input.inputValue()) === 'half a thought' || undefined);
  await editor.page.keyboard.press('Escape');
});

test('a file that is broken is told with its line, changes nothing, and is marked in the editor', async () => {
  writeConfiguration(
    configurationOf([
      { id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6, keyName: 'NO_SUCH_KEY' },
    ]),
  );
  await eventually('the good file', () => editor.logText().includes('pools gpt (1)') || undefined);
  writeConfiguration(
    'model_list:\n  - model_name: gpt\n    litellm_params:\n      model: vscode/conduit/x\n    model_info:\n      id: x\n',
  );
  const toast = await editor.notification(
    'conduit.yaml:4: model_list[0].litellm_params.model: Conduit never routes to itself',
  );
  expect(await toast.innerText()).toContain('The last good configuration stays in force');
  await toast.getByRole('button', { name: 'Open Configuration' }).click();
  await editor.page.locator('.squiggly-error').first().waitFor();
  await editor.screenshot('bad-configuration');
  expect(await editor.statusBar()).toContain('gpt');
});

test('a key that is missing: nothing is sent, the model is named, the prompt is kept', async () => {
  const turn = await compose('Who has no key?');
  const error = turn.getByTestId('error');
  await error.waitFor();
  expect(await error.innerText()).toContain('mini: no API key');
  expect(await turn.innerText()).toContain('Who has no key?');
  expect(openai.requests).toHaveLength(0);
  await error.getByRole('button', { name: 'Set API Key' }).click();
  await editor.page
    .locator('.quick-input-widget:visible')
    .getByPlaceholder('Which provider is the key for?')
    .waitFor();
  await editor.page.keyboard.press('Escape');
});

test('a key that is refused, and a server that is down: each is named, with the next step', async () => {
  writeConfiguration(
    configurationOf([{ id: 'mini', provider: 'openai', apiBase: openai.url, keyName: 'E2E_BAD_KEY' }]),
  );
  await editor.restart({ env: { E2E_BAD_KEY: badKey, ANTHROPIC_BASE_URL: anthropic.url } });
  await editor.command('Conduit: Ask');
  await editor.answerInput('Is my key right?');
  const frame = await editor.chatFrame();
  const error = frame.getByTestId('error').last();
  await error.waitFor();
  const text = await error.innerText();
  expect(text).toContain('mini failed (key refused)');
  expect(text).not.toContain(badKey);
  expect(await error.getByRole('button').allInnerTexts()).toContain('Set API Key');

  await openai.close();
  const turn = await compose('Is anybody there?');
  await turn.getByTestId('error').waitFor();
  expect(await turn.getByTestId('error').innerText()).toContain('mini failed (server not reached)');
  await editor.screenshot('server-down');
  expect(editor.logText()).not.toContain(badKey);
});

test('Set API Key stores a key for its host: it takes no nonsense, and the pool of that provider appears', async () => {
  writeConfiguration('model_list:\n');
  await eventually('the empty file', () => editor.logText().includes('lists no models yet') || undefined);
  await editor.command('Conduit: Set API Key');
  await editor.pick('Anthropic');
  await editor.page
    .locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Set API Key: Anthropic' })
    .waitFor();
  await editor.answerInput('two words');
  await editor.page.getByText('A key has no spaces').waitFor();
  await editor.answerInput(goodKey);
  await editor.notification('Anthropic takes the key. It is stored');
  await eventually(
    'the pool of the key',
    async () => (await editor.statusBar()).includes('default') || undefined,
  );
  expect(editor.logText()).not.toContain(goodKey);
});
