import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** Keys in the real editor's secret storage: checked before they are stored, listed masked, replaced, removed. */

const goodKey = 'sk-good-key-of-the-end-to-end-test-0123456789';
const badKey = 'sk-refused-key-of-the-end-to-end-test-012345';

let openai: WireServer;
let editor: Editor;
let host: string;

beforeAll(async () => {
  openai = await startOpenAiServer({ acceptKeys: [goodKey], models: ['mini'] });
  host = `127.0.0.1:${openai.port}`;
  editor = await startEditor({
    env: { CONDUIT_SWITCH_AFTER: '50' },
    globalStorageFiles: { 'conduit.yaml': configurationText('speed') },
  });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

beforeEach(() => openai.forget());

function configurationText(preset: string): string {
  const models = configurationOf([{ id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 }]);
  return `${models}router:\n  preset: ${preset}\n`;
}

const dialogue = (): Locator => editor.page.locator('.quick-input-widget:visible');
const rows = (): Promise<readonly string[]> => dialogue().locator('.monaco-list-row').allInnerTexts();

/** What a step says above its choices. */
const words = (): Promise<string | null> =>
  dialogue().locator('.quick-input-box input').getAttribute('placeholder');

/** Waits for a step of a dialogue. */
async function step(title: string): Promise<void> {
  await dialogue().locator('.quick-input-title', { hasText: title }).waitFor();
}

async function enterKey(key: string): Promise<void> {
  await step(`Set API Key: ${host}`);
  await editor.answerInput(key);
}

test('a wrong key is told at once, in the server’s words without the key, and is not stored', async () => {
  await editor.command('Conduit: Set API Key');
  await step('Set API Key (1/3)');
  await editor.screenshot('keys-providers');
  await editor.pick(host);
  await enterKey('two words');
  await editor.page.getByText('A key has no spaces').waitFor();
  await editor.answerInput(badKey);
  await step(`${host} refused this key (3/3)`);
  expect(await words()).toBe('Incorrect API key provided: [key].');
  expect(await dialogue().innerText()).not.toContain(badKey);
  await editor.screenshot('keys-refused');
  expect(openai.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
  await editor.pick('Don’t store it');
  await dialogue().waitFor({ state: 'hidden' });
  await editor.command('Conduit: Manage API Keys');
  await step('Manage API Keys');
  expect((await rows()).join('\n')).not.toContain('Stored');
  await editor.page.keyboard.press('Escape');
});

test('the way back leads to another key; a right one is stored and serves', async () => {
  await editor.command('Conduit: Set API Key');
  await editor.pick(host);
  await enterKey(badKey);
  await step(`${host} refused this key`);
  await editor.pick('Enter another key');
  await enterKey(goodKey);
  await editor.notification(`${host} takes the key. It is stored`);
  openai.forget();
  await editor.command('Conduit: Ask');
  await editor.answerInput('Does the key serve?');
  await (await editor.chatFrame()).getByTestId('answer-line').waitFor();
  expect(openai.requests.at(-1)?.headers.authorization).toBe(`Bearer ${goodKey}`);
});

test('a wrong key in its place leaves the one that was stored', async () => {
  await editor.command('Conduit: Set API Key');
  await step('Set API Key (1/3)');
  expect((await rows()).find((row) => row.includes(host))).toContain('Stored: ••••6789');
  await editor.pick(host);
  await enterKey(badKey);
  await step(`${host} refused this key`);
  await editor.pick('Keep the key that is stored');
  await editor.command('Conduit: Manage API Keys');
  await editor.pick(host);
  await editor.pick('Check');
  await editor.notification(`${host} takes the key ••••6789.`);
});

test('the list is masked, and a key can be removed', async () => {
  await editor.command('Conduit: Manage API Keys');
  await step('Manage API Keys (1/2)');
  const text = (await rows()).join('\n');
  expect(text).toContain('Stored: ••••6789');
  expect(text).not.toContain(goodKey.slice(-5));
  await editor.screenshot('keys-list');
  await editor.pick(host);
  await editor.screenshot('keys-actions');
  await editor.pick('Remove…');
  await editor.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove Key' }).click();
  await editor.notification(`The key for ${host} was removed.`);
  await editor.command('Conduit: Remove API Key');
  await editor.notification('No API key is stored.');
});

test('where the server isn’t reached the key could not be checked, and can be stored all the same', async () => {
  const closed = await startOpenAiServer();
  await closed.close();
  await editor.command('Conduit: Set API Key');
  await editor.pick('Another host…');
  await step('Set API Key (2/4)');
  await editor.answerInput(closed.url);
  await step(`Set API Key: 127.0.0.1:${closed.port} (3/4)`);
  await editor.answerInput('a-key-of-a-proxy-0123456789');
  await step('The key could not be checked (4/4)');
  expect(await words()).toContain('Nothing listens at');
  await editor.screenshot('keys-unchecked');
  await editor.pick('Store anyway');
  await editor.notification(
    `The key for 127.0.0.1:${closed.port} is stored in the editor’s secret storage, unchecked.`,
  );
});

test('a check that hangs can be left: the connection is closed, and nothing is stored', async () => {
  let closedByClient = false;
  const silent = createServer((request) => request.once('close', () => (closedByClient = true)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  try {
    await editor.command('Conduit: Set API Key');
    await step('Set API Key (1/3)');
    // An address that is typed into the list goes along to the next step.
    await editor.page.keyboard.type(address);
    await editor.pick('Another host…');
    await step('Set API Key (2/4)');
    expect(await dialogue().locator('.quick-input-box input').inputValue()).toBe(address);
    await editor.page.keyboard.press('Enter');
    await step(`Set API Key: ${address} (3/4)`);
    await editor.answerInput('a-key-of-nobody-0123456789');
    await step(`Set API Key: ${address} (4/4)`);
    await editor.screenshot('keys-checking');
    await editor.pick('Cancel');
    await eventually('the end of the connection', () => closedByClient || undefined);
    await editor.command('Conduit: Manage API Keys');
    await step('Manage API Keys');
    expect((await rows()).join('\n')).not.toContain(address);
    await editor.page.keyboard.press('Escape');
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

test('every value in force is shown with the place that it comes from, and follows the file', async () => {
  await editor.command('Conduit: Show Effective Configuration');
  const line = (text: string): Locator =>
    // The editor draws spaces as hard ones.
    editor.page.locator('.editor-instance .view-line', {
      hasText: new RegExp(text.replaceAll(' ', '\\s+')),
    });
  await line('router.preset: speed # your file, conduit.yaml:11').waitFor();
  await line('router.switch_after: 50 # environment, CONDUIT_SWITCH_AFTER').waitFor();
  await line('router.retries: 1 # default').waitFor();
  await editor.screenshot('effective-configuration');
  // Only lines that are to be seen are on the page.
  await editor.page.keyboard.press('Control+End');
  await line(`- mini # openai/mini at ${host}; no key needed`).waitFor();
  await editor.page.keyboard.press('Control+Home');
  writeFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), configurationText('quality'));
  await line('router.preset: quality # your file, conduit.yaml:11').waitFor();
});

test('no key is in the log', () => {
  const log = editor.logText() + editor.hostLogText();
  for (const key of [goodKey, badKey]) expect(log).not.toContain(key);
});
