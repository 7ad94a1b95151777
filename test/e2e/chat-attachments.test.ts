import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { lastUserText } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** What goes with a question of the chat view, in a real VS Code: files, the open one, its problems, secrets. */

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  editor = await startEditor({
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    workspaceFiles: {
      'area.ts': 'export const area = (side: number) => side * side;\n',
      'volume.ts': 'export const volume = 1;\n',
      'broken.json': '{ "a": }\n',
      'long.log': 'line\n'.repeat(20_000),
      'picture.bin': 'GIF89a\u0000\u0000\u0001',
      '.env': 'API_KEY=abc\n',
    },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([{ id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 }]),
    },
  });
  await editor.command('Conduit: New Conversation');
  await (await chat('empty')).waitFor();
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

beforeEach(() => {
  openai.forget();
  openai.script({ kind: 'answer', chunks: ['Fine.'], usage: { input: 10, output: 5 } });
});

async function chat(id: string): Promise<Locator> {
  return (await editor.chatFrame()).getByTestId(id);
}

async function chips(): Promise<readonly string[]> {
  return (await chat('attachments')).locator('bdi').allInnerTexts();
}

async function attached(...names: readonly string[]): Promise<void> {
  await eventually(`the chips ${names.join(', ')}`, async () => {
    return JSON.stringify(await chips()) === JSON.stringify(names) || undefined;
  });
}

/** Opens the list of files from the composer, and marks these. */
async function pickFiles(...names: readonly string[]): Promise<void> {
  const composer = await chat('composer');
  await composer.focus();
  await composer.pressSequentially('#fi');
  await (await chat('completion')).waitFor();
  await composer.press('Enter');
  const list = editor.page.locator('.quick-input-widget:visible', {
    hasText: 'Attach files to the question',
  });
  await list.waitFor();
  const rows = list.locator('.monaco-list-row');
  for (const [index, name] of names.entries()) {
    await list.locator('.quick-input-box input[type="text"]').fill(name);
    await eventually(`only ${name}`, async () => (await rows.count()) === 1 || undefined);
    await rows.first().click();
    await list.getByText(`${String(index + 1)} Selected`).waitFor();
  }
  await list.getByText('OK', { exact: true }).click();
  await list.waitFor({ state: 'hidden' });
}

async function send(prompt: string): Promise<Locator> {
  await (await chat('composer')).fill(prompt);
  await (await chat('send')).click();
  const turn = (await chat('turn')).filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

test('files by quick pick and the open file go with the question, and their names stay with it', async () => {
  await editor.openFile('area.ts');
  await pickFiles('volume.ts', 'broken.json');
  await attached('broken.json', 'volume.ts');
  await (await chat('attach-menu')).click();
  await (await chat('completion')).getByText('#open-file').waitFor();
  await editor.screenshot('chat-attach-menu');
  await (await chat('completion')).getByText('#open-file').click();
  await attached('broken.json', 'volume.ts', 'area.ts');
  await editor.screenshot('chat-attachments');
  await (await chat('detach')).first().press('Delete');
  await attached('volume.ts', 'area.ts');
  const turn = await send('What do these do?');
  const sent = lastUserText(openai.requests.at(-1)!);
  expect(sent).toContain('From volume.ts:\n```ts\nexport const volume = 1;');
  expect(sent).toContain('From area.ts:\n```typescript\nexport const area');
  expect(sent).not.toContain('broken');
  expect(await turn.locator('.prompt .chip').allInnerTexts()).toEqual(['volume.ts', 'area.ts']);
  await attached();
  await editor.screenshot('chat-sent-attachments');
});

test('the problems of the open file go with the question', async () => {
  await editor.openFile('broken.json');
  const composer = await chat('composer');
  await eventually('the problems', async () => {
    await composer.fill('#prob');
    return (await (await chat('completion')).getByText('#problems').count()) > 0 || undefined;
  });
  await composer.press('Tab');
  await attached('problems of broken.json');
  await send('What is wrong?');
  expect(lastUserText(openai.requests.at(-1)!)).toMatch(
    /From problems of broken\.json:\n```text\n1:8 error: .+\n {4}\{ "a": \}/,
  );
});

test('a file that is too long is cut and says so; a binary one is refused', async () => {
  await pickFiles('long.log', 'picture.bin');
  await Promise.all(
    ['picture.bin is not a text file', 'long.log is long'].map((text) => editor.notification(text)),
  );
  await attached('long.log (first 60,000 of 100,000 characters)');
  await editor.screenshot('chat-attach-long');
  await (await chat('detach')).click();
  await attached();
});

test('a file with secrets asks first: refusing leaves the question, agreeing sends it', async () => {
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: '.env may hold secrets' });
  await (await chat('composer')).fill('Why does it not start?');
  await (await chat('composer')).press('End');
  await (await chat('composer')).pressSequentially(' ');
  await pickFiles('.env');
  await dialog.waitFor();
  await editor.screenshot('chat-attach-secret');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await chips()).toEqual([]);
  expect(await (await chat('composer')).inputValue()).toBe('Why does it not start? ');
  expect(openai.requests).toEqual([]);
  await pickFiles('.env');
  await dialog.getByRole('button', { name: 'Send Anyway' }).click();
  await attached('.env');
  await send('Why does it not start?');
  expect(lastUserText(openai.requests.at(-1)!)).toContain('API_KEY=abc');
});

test('a selection in such a file asks when it is attached, and is not where that is refused', async () => {
  await editor.openFile('.env');
  await editor.select(1, 1);
  await (await chat('attach')).click();
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: '.env:1 may hold secrets' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await chips()).toEqual([]);
  expect(openai.requests).toEqual([]);
});

test('a selection goes as it was when it was attached, also where the cursor has moved since', async () => {
  await editor.openFile('area.ts');
  await editor.select(1, 1);
  await (await chat('attach')).click();
  await attached('area.ts:1');
  expect(await (await chat('attach')).isHidden()).toBe(true);
  await editor.goTo(2);
  await (await chat('attach')).waitFor({ state: 'hidden' });
  await send('What is its unit?');
  expect(lastUserText(openai.requests.at(-1)!)).toMatch(/From area\.ts:1:\n```typescript\nexport const area/);
});

test('files in other encodings arrive as their text: by their bytes, and by the user’s setting', async () => {
  const inWorkspace = (name: string, bytes: Uint8Array): void =>
    writeFileSync(path.join(editor.profile.workspace, name), bytes);
  inWorkspace('latin.txt', Buffer.from('Gr\xfc\xdfe aus K\xf6ln\n', 'latin1'));
  inWorkspace('wide.txt', Buffer.from('\ufeffGrüße, 日本\n', 'utf16le'));
  inWorkspace('sjis.txt', Uint8Array.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x0a]));
  await pickFiles('latin.txt', 'wide.txt', 'sjis.txt');
  await Promise.all(
    [
      'latin.txt is not in UTF-8, and was read as Windows-1252',
      'sjis.txt is in an encoding that the editor does not expect',
    ].map((text) => editor.notification(text)),
  );
  await attached('latin.txt', 'wide.txt');
  await send('What do these greet?');
  const sent = lastUserText(openai.requests.at(-1)!);
  expect(sent).toContain('Grüße aus Köln');
  expect(sent).toContain('Grüße, 日本');
  await editor.updateSettings({ 'files.encoding': 'shiftjis' });
  await editor.command('Conduit: New Conversation');
  await (await chat('empty')).waitFor();
  await pickFiles('sjis.txt');
  await attached('sjis.txt');
  await send('What is this called?');
  expect(lastUserText(openai.requests.at(-1)!)).toContain('日本語');
  await editor.updateSettings({ 'files.encoding': 'utf8' });
  await editor.command('Conduit: New Conversation');
  await (await chat('empty')).waitFor();
});

test('slash words are completed by key, and do what they say about the open file', async () => {
  await editor.openFile('area.ts');
  // A page that is loaded anew may bring back what was selected a while before.
  await editor.goTo(2);
  await (await chat('attach')).waitFor({ state: 'hidden' });
  const composer = await chat('composer');
  await composer.fill('');
  await composer.pressSequentially('/');
  await (await chat('completion')).getByText('/gpt').waitFor();
  await editor.screenshot('chat-completion');
  await composer.press('ArrowDown');
  await composer.press('Enter');
  expect(await composer.inputValue()).toBe('/fix ');
  await composer.fill('/fix this: let a = ;');
  await composer.press('Enter');
  await eventually('the request', () => openai.requests.length > 0 || undefined);
  expect(lastUserText(openai.requests[0]!)).toMatch(
    /^Find what is wrong in this code.*\n\nthis: let a = ;\n\nFrom area\.ts:\n/,
  );
});

test('at 200 pixels nothing is cut off or overlaps, in three themes', async () => {
  await editor.openFile('volume.ts');
  await editor.select(1, 1);
  await (await chat('attach')).waitFor();
  await pickFiles('area.ts', 'broken.json');
  await attached('area.ts', 'broken.json');
  const { page } = editor;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not shown.');
  await page.mouse.move(box.x + box.width + 2, 450);
  await page.waitForTimeout(500);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, 450, { steps: 10 });
  await page.mouse.up();
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await editor.setTheme(theme);
    await (await chat('attach-menu')).click();
    await (await chat('completion')).getByText('#open-file').waitFor();
    await editor.screenshot(`chat-narrow-${theme}`);
    const wide = await (
      await editor.chatFrame()
    ).evaluate(() =>
      [...document.querySelectorAll('body, .turns, .composer, .completion, .composer-bar')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.className),
    );
    expect(wide).toEqual([]);
    const pool = await (await chat('pool')).evaluate((button) => button.scrollWidth - button.clientWidth);
    expect(pool, 'what is cut off of the pool').toBe(0);
    await (await chat('composer')).press('Escape');
  }
});
