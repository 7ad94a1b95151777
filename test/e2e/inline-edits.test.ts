import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import type { InlineEditing } from './inline-editing';
import { answer, edited, inlineEditing, source } from './inline-editing';
import { decisionsIn, readLedger } from './ledger-reader';

const broken = 'const b = 2;\nconst a = ;\n';

let server: WireServer;
let editor: Editor;
let inline: InlineEditing;

beforeAll(async () => {
  server = await startOpenAiServer();
  const names = [
    'plain',
    'reject',
    'undo',
    'typed',
    'elsewhere',
    'saved',
    'lens',
    'words',
    'closed',
    'failed',
    'keys',
  ];
  editor = await startEditor({
    settings: { 'files.autoSave': 'off', 'editor.minimap.enabled': false, 'diffEditor.codeLens': true },
    workspaceFiles: {
      ...Object.fromEntries(names.map((name) => [`${name}.js`, source])),
      'crlf.js': source.replaceAll('\n', '\r\n'),
      'broken.js': broken,
    },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([{ id: 'mini', provider: 'openai', apiBase: server.url, price: 1e-6 }]),
    },
  });
  inline = inlineEditing(editor, server);
});

afterAll(async () => {
  await editor.close();
  await server.close();
});

afterEach(() => server.forget());

test('a proposal is shown as a diff, written nowhere, accepted in one step, and told to the ledger', async () => {
  await inline.proposeWhole('plain.js');
  await editor.screenshot('inline-preview');
  expect(inline.onDisk('plain.js')).toBe(source);
  await inline.accept('plain.js');
  await editor.screenshot('inline-accepted');
  await inline.save();
  await inline.written('plain.js', edited);
  expect(decisionsIn(await readLedger(editor.storageFolder())).at(-1)?.origin).toBe('edit');
  await eventually('what the save says', async () =>
    (await inline.toldOfLast()).includes('save 1.00') ? true : undefined,
  );
  expect(await inline.toldOfLast()).toEqual(expect.arrayContaining(['accepted', 'save 1.00']));
});

test('one undo takes all of it back, and is told after a minute', { timeout: 180_000 }, async () => {
  await inline.proposeWhole('undo.js');
  await inline.accept('undo.js');
  await editor.page.keyboard.press('Control+Z');
  await inline.lens('Keep').waitFor({ state: 'detached' });
  await inline.save();
  expect(inline.onDisk('undo.js')).toBe(source);
  const undone = async (): Promise<true | undefined> =>
    (await inline.toldOfLast()).includes('undone') ? true : undefined;
  await eventually('the undo', undone, 90_000);
});

test('a rejected proposal changes nothing', async () => {
  await inline.proposeWhole('reject.js');
  await editor.page
    .locator('.editor-actions a.codicon-close, .editor-actions .codicon-close')
    .first()
    .click();
  await inline.previewTab('reject.js').waitFor({ state: 'detached' });
  expect(inline.onDisk('reject.js')).toBe(source);
  await eventually('the rejection', async () =>
    (await inline.toldOfLast()).includes('rejected') ? true : undefined,
  );
});

test('windows line ends stay', async () => {
  await inline.proposeWhole('crlf.js');
  await inline.accept('crlf.js');
  await inline.save();
  await inline.written('crlf.js', edited.replaceAll('\n', '\r\n'));
});

test('blocks are kept and undone by CodeLens', async () => {
  await inline.proposeWhole('lens.js');
  await inline.accept('lens.js');
  await inline.lens('Undo').click();
  await eventually('one block less', async () =>
    (await editor.page.locator('.codelens-decoration a', { hasText: /Keep$/ }).count()) === 1
      ? true
      : undefined,
  );
  await editor.page.keyboard.press('Control+S');
  await eventually('the first block as it was', () =>
    inline.onDisk('lens.js').includes('function add(a, b) {') && inline.onDisk('lens.js').includes('2 * a')
      ? true
      : undefined,
  );
  await inline.lens('Keep').click();
  await inline.lens('Keep').waitFor({ state: 'detached' });
});

test('typing in the lines while the proposal streams drops it, with a message, and the text stands', async () => {
  await inline.proposeSlowly('typed.js');
  await editor.goTo(3);
  await editor.page.keyboard.press('End');
  await inline.typeInto('typed.js', ' // mine');
  const overtaken = 'You changed typed.js:2–7 while Conduit was working on it.';
  await editor.notification(overtaken);
  await editor.screenshot('inline-overtaken');
  await inline.previewTab('typed.js').waitFor({ state: 'detached' });
  await inline.save();
  await inline.written('typed.js', source.replace('a + b;', 'a + b; // mine'));
  await editor.answerNotification(overtaken, 'Open Answer');
  await editor.page.locator('.view-line', { hasText: 'Sure, typed:' }).waitFor();
});

test('typing above the lines moves the proposal, and auto-save writes no half of it', async () => {
  await editor.updateSettings({ 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 });
  await inline.proposeSlowly('elsewhere.js');
  await editor.goTo(1);
  await inline.typeInto('elsewhere.js', 'let mine;\n');
  await inline.written('elsewhere.js', `let mine;\n${source}`);
  await inline.previewTab('elsewhere.js').click();
  await inline.shownWhole('elsewhere.js', '2 * a');
  expect(inline.onDisk('elsewhere.js')).toBe(`let mine;\n${source}`);
  await inline.accept('elsewhere.js');
  await inline.written('elsewhere.js', `let mine;\n${edited}`);
  await editor.updateSettings({ 'files.autoSave': 'off' });
});

test('an answer of words, and a model that fails, change nothing and say so', async () => {
  server.script({ kind: 'answer', chunks: ['I can not do this without seeing the rest of it.'] });
  await inline.propose('words.js');
  await editor.notification('The answer carries no code');
  server.forget();
  server.script({ kind: 'error', status: 401, body: { error: { message: 'Bad key.' } } });
  await inline.propose('failed.js');
  const toast = await editor.notification('mini failed (key refused)');
  expect(await toast.getByRole('button', { name: 'Set Key' }).count()).toBe(1);
  await editor.screenshot('inline-failed');
});

test('the light bulb fixes an error, with what the editor says of it in the question', async () => {
  server.script({ kind: 'answer', chunks: ['```js\nconst a = 1;\n```'] });
  await editor.openFile('broken.js');
  await editor.page.locator('.squiggly-error').first().waitFor();
  await editor.goTo(2, 11);
  const entry = editor.page.locator('.action-widget .monaco-list-row', { hasText: 'Fix with Conduit' });
  await eventually('the entry of the light bulb', async () => {
    await editor.page.keyboard.press('Control+.');
    return entry
      .first()
      .waitFor({ timeout: 3_000 })
      .then(() => true)
      .catch(() => undefined);
  });
  await editor.screenshot('inline-light-bulb');
  await entry.first().click();
  await inline.shownWhole('broken.js', 'a = 1');
  expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('Expression expected');
  await inline.accept('broken.js');
  await inline.save();
  await inline.written('broken.js', 'const b = 2;\nconst a = 1;\n');
  expect(decisionsIn(await readLedger(editor.storageFolder())).at(-1)?.origin).toBe('fix');
  await eventually('the problems before and after', async () =>
    (await inline.toldOfLast()).includes('edit-diagnostics') ? true : undefined,
  );
});

test('a preview that the user closes is not lost', async () => {
  await inline.proposeWhole('closed.js');
  await editor.command('View: Close Editor');
  const toast = await editor.notification('was closed, not rejected');
  await toast.getByRole('button', { name: 'Show Again' }).click();
  await inline.previewTab('closed.js').waitFor();
  await editor.command('Conduit: Reject Edit');
  await inline.previewTab('closed.js').waitFor({ state: 'detached' });
  expect(inline.onDisk('closed.js')).toBe(source);
});

test('by keys alone, where CodeLens is off', async () => {
  await editor.updateSettings({ 'editor.codeLens': false });
  server.script({ kind: 'answer', chunks: [answer] });
  await editor.openFile('keys.js');
  await editor.select(2, 7);
  await editor.page.keyboard.press('Control+K');
  await editor.page.keyboard.press('Alt+D');
  await inline.shownWhole('keys.js', '2 * a');
  await inline.pressInPreview('keys.js', 'Control+Enter');
  await editor.page.locator('.editor-actions .codicon-check-all').waitFor();
  await editor.screenshot('inline-no-lens');
  expect(await editor.page.locator('.codelens-decoration').count()).toBe(0);
  await editor.page.locator('.editor-actions .codicon-discard').click();
  // Nothing is left to keep or to undo.
  await editor.page.locator('.editor-actions .codicon-discard').waitFor({ state: 'detached' });
  await inline.save();
  await inline.written('keys.js', source);
  expect(decisionsIn(await readLedger(editor.storageFolder())).at(-1)?.origin).toBe('document');
});

test('tests become a document of their own', async () => {
  server.script({ kind: 'answer', chunks: ["```js\ntest('adds', () => {});\n```"] });
  await editor.openFile('saved.js');
  await editor.select(2, 4);
  await editor.command('Conduit: Write Tests');
  await editor.page.locator('.tab.active', { hasText: 'proposal by mini' }).waitFor();
  await inline.answered('saved.js', 'adds');
  await editor.command('Conduit: Accept Edit');
  await editor.page.locator('.tab', { hasText: 'proposal' }).waitFor({ state: 'detached' });
  await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await editor.page.locator('.view-line', { hasText: 'adds' }).waitFor();
  await editor.screenshot('inline-tests');
  expect(inline.onDisk('saved.js')).toBe(source);
  expect(decisionsIn(await readLedger(editor.storageFolder())).at(-1)?.origin).toBe('tests');
});
