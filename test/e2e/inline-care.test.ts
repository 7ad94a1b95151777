import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import { lastUserText, modelOf, type WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import type { InlineEditing } from './inline-editing';
import { edited, inlineEditing, pieces, proposed, slowAnswer, source } from './inline-editing';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** What inline edits take care of: keys alone, stopping, several cursors, secrets, cost limits. */

/** Two lines above, so that two cursors can stand there. */
const twoAbove = `let first;\n${source}`;
const secretive = 'const a = 1;\nAPI_KEY=abc\n';

let server: WireServer;
let editor: Editor;
let inline: InlineEditing;

beforeAll(async () => {
  server = await startOpenAiServer();
  const names = [
    'explain',
    'rejected',
    'kept',
    'blocks',
    'stopped',
    'inside',
    'costly',
    'saved',
    'dropped',
    'another',
  ];
  editor = await startEditor({
    settings: { 'files.autoSave': 'off', 'editor.minimap.enabled': false },
    workspaceFiles: {
      ...Object.fromEntries(names.map((name) => [`${name}.js`, source])),
      'cursors.js': twoAbove,
      '.env': secretive,
    },
    globalStorageFiles: { 'conduit.yaml': configuration() },
  });
  inline = inlineEditing(editor, server);
});

afterAll(async () => {
  await editor.close();
  await server.close();
});

afterEach(() => server.forget());

const configuration = (): string =>
  configurationOf([{ id: 'mini', provider: 'openai', apiBase: server.url, price: 1e-6 }]);

const slowly = (): void => server.script(slowAnswer());

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await editor.page.keyboard.press(key);
}

const blocksLeft = (): Promise<number> =>
  editor.page.locator('.codelens-decoration a', { hasText: /Keep$/ }).count();

test('a selection is explained in the chat view, and nothing of the file is changed', async () => {
  server.script({ kind: 'answer', chunks: ['It **adds** and doubles.'] });
  await editor.openFile('explain.js');
  await editor.select(2, 7);
  await editor.command('Conduit: Explain Selection');
  const frame = await editor.chatFrame();
  await frame.getByTestId('answer').filter({ hasText: 'It adds and doubles.' }).waitFor();
  await frame.getByTestId('answer-line').first().waitFor();
  expect(lastUserText(server.requests.at(-1)!)).toContain('function twice(a)');
  expect(inline.onDisk('explain.js')).toBe(source);
  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`inline-explain-${theme}`);
  }
  await editor.setTheme('light');
});

test('asked for, rejected and accepted by keys alone', async () => {
  server.script({ kind: 'answer', chunks: pieces() });
  await editor.openFile('rejected.js');
  await editor.select(2, 7);
  await press('Control+K', 'Alt+E');
  await editor.answerInput('Add types', 'What should change?');
  await inline.shownWhole('rejected.js', '2 * a');
  await inline.pressInPreview('rejected.js', 'Control+Backspace');
  expect(inline.onDisk('rejected.js')).toBe(source);
  await eventually(
    'the rejection',
    async () => (await inline.toldOfLast()).includes('rejected') || undefined,
  );
  await editor.openFile('kept.js');
  await editor.select(2, 7);
  await press('Control+K', 'Alt+E');
  await editor.answerInput('Add types', 'What should change?');
  await inline.shownWhole('kept.js', '2 * a');
  await inline.pressInPreview('kept.js', 'Control+Enter');
  await editor.focusOn('kept.js');
  await inline.lens('Keep').waitFor();
  await press('Control+K', 'Alt+Shift+Y');
  await inline.lens('Keep').waitFor({ state: 'detached' });
  await inline.save();
  await inline.written('kept.js', edited);
});

test('blocks are kept and undone by keys, one by one and all', async () => {
  await inline.proposeWhole('blocks.js');
  await inline.accept('blocks.js');
  expect(await blocksLeft()).toBe(2);
  await editor.goTo(2);
  await press('Control+K', 'Alt+Y');
  await eventually('the first block to be kept', async () => (await blocksLeft()) === 1 || undefined);
  await editor.goTo(5);
  await press('Control+K', 'Alt+N');
  await eventually('the second block to be gone', async () => (await blocksLeft()) === 0 || undefined);
  await inline.save();
  const half = edited.replace('twice(a: number)', 'twice(a)').replace('2 * a', 'a * 2');
  await inline.written('blocks.js', half);
  await press('Control+Z', 'Control+Z');
  await inline.save();
  await inline.written('blocks.js', source);
  await inline.proposeWhole('blocks.js');
  await inline.accept('blocks.js');
  await press('Control+K', 'Alt+Shift+N');
  await eventually('all blocks to be gone', async () => (await blocksLeft()) === 0 || undefined);
  await inline.save();
  await inline.written('blocks.js', source);
});

test('cancelled while it streams: the request is closed, and nothing is changed', async () => {
  // It doesn't end before somebody has clicked, however long that takes.
  server.script({ kind: 'answer', chunks: pieces().slice(0, 4), then: 'hang' });
  await inline.propose('stopped.js');
  await inline.previewTab('stopped.js').waitFor();
  const progress = await editor.notification('Conduit: stopped.js');
  await editor.screenshot('inline-progress');
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await inline.previewTab('stopped.js').waitFor({ state: 'detached' });
  await eventually('the end of the request', () => server.requests.at(-1)?.closedByClient || undefined);
  expect(inline.onDisk('stopped.js')).toBe(source);
  await eventually('the stopped attempt', async () => {
    const entries = await readLedger(editor.storageFolder());
    const attempts = entries.flatMap((entry) => (entry.kind === 'attempt' ? [entry.attempt] : []));
    return attempts.at(-1)?.outcome === 'stopped' || undefined;
  });
});

test('several cursors above the lines move the proposal; one within drops it', async () => {
  slowly();
  await editor.openFile('cursors.js');
  await editor.select(3, 8);
  await editor.command('Conduit: Document');
  await inline.backTo('cursors.js');
  await editor.goTo(1);
  await editor.command('Add Cursor Below');
  await inline.typeInto('cursors.js', '/**/');
  await inline.previewTab('cursors.js').click();
  await inline.shownWhole('cursors.js', '2 * a');
  await inline.accept('cursors.js');
  await inline.save();
  await inline.written('cursors.js', `/**/let first;\n/**/${edited}`);

  await inline.proposeSlowly('inside.js');
  await editor.goTo(1);
  await editor.command('Add Cursor Below');
  await inline.typeInto('inside.js', '/**/');
  await editor.notification('You changed inside.js:2–7 while Conduit was working on it.');
  await inline.previewTab('inside.js').waitFor({ state: 'detached' });
  await inline.save();
  const typed = source.replace('const head', '/**/const head').replace('function add', '/**/function add');
  await inline.written('inside.js', typed);
});

test.each([
  { name: 'saved.js', button: 'Save', above: 'let mine;\n' },
  { name: 'dropped.js', button: "Don't Save", above: '' },
])(
  'a file that is closed while the proposal streams, with $button, loses neither text nor proposal',
  async ({ name, button, above }) => {
    await inline.proposeSlowly(name);
    await editor.goTo(1);
    await inline.typeInto(name, 'let mine;\n');
    await editor.command('View: Close Editor');
    const dialog = editor.page.locator('.monaco-dialog-box', { hasText: name });
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await inline.written(name, `${above}${source}`);
    await inline.previewTab(name).click();
    await inline.shownWhole(name, '2 * a');
    await editor.screenshot(`inline-closed-${button === 'Save' ? 'saved' : 'dropped'}`);
    await inline.accept(name);
    await inline.save();
    await inline.written(name, `${above}${edited}`);
  },
);

test('a file that looks as if it held secrets asks before anything of it is sent', async () => {
  server.script({ kind: 'answer', chunks: ['```\nconst a = 2;\n```'] });
  await editor.openFile('.env');
  await editor.select(1, 1);
  await editor.command('Conduit: Edit Selection…');
  await editor.answerInput('Make it two', 'What should change?');
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: '.env:1 may hold secrets' });
  await dialog.waitFor();
  await editor.screenshot('inline-secret');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(server.requests).toEqual([]);
  // What was typed is still there.
  await editor.command('Conduit: Edit Selection…');
  const input = editor.page.locator('.quick-input-widget:visible', { hasText: 'What should change?' });
  await input.waitFor();
  expect(await input.locator('input').inputValue()).toBe('Make it two');
  await press('Enter');
  await dialog.getByRole('button', { name: 'Send Anyway' }).click();
  await inline.shownWhole('.env', 'const a = 2;');
  await inline.accept('.env');
  await inline.save();
  await inline.written('.env', secretive.replace('1', '2'));
});

test('a cost limit is asked about before it is gone over', async () => {
  const file = path.join(editor.profile.globalStorage, 'conduit.yaml');
  writeFileSync(file, `${configuration()}router: { max_cost_per_request_usd: 0.000001 }\n`);
  await editor.reload();
  server.script({ kind: 'answer', chunks: pieces() });
  await inline.propose('costly.js');
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'would go over your cost limit' });
  await dialog.waitFor();
  await editor.screenshot('inline-budget');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await editor.notification('max_cost_per_request_usd');
  expect(server.requests).toEqual([]);
  expect(inline.onDisk('costly.js')).toBe(source);
  await inline.propose('costly.js');
  await dialog.getByRole('button', { name: 'Ask Anyway' }).click();
  await inline.shownWhole('costly.js', '2 * a');
  await inline.accept('costly.js');
  await inline.save();
  await eventually('the edit', () => inline.onDisk('costly.js').includes(proposed) || undefined);
});

test('says who writes at what cost and why; another model is asked the same, and if it fails the first proposal is back', async () => {
  const models = ['mini', 'large'].map(
    (id) => ({ id, provider: 'openai', apiBase: server.url, price: 1e-6 }) as const,
  );
  writeFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), configurationOf(models));
  await editor.reload();
  await inline.proposeWhole('another.js');
  const asked = (): readonly string[] => server.requests.map(modelOf);
  const [first = ''] = asked();
  const other = first === 'mini' ? 'large' : 'mini';
  const signed = editor.page.locator('.editor.modified .view-line', { hasText: /^}/ }).first();
  const signature = (): Promise<string> =>
    signed.evaluate((line) =>
      [...line.querySelectorAll('span')].map((part) => getComputedStyle(part, '::after').content).join(''),
    );
  const says = (model: string): Promise<true> =>
    eventually(`${model} and a cost at the shortest line`, async () =>
      (await signature()).includes(`${model} · under $0.0001 · `) ? true : undefined,
    );
  await says(first);
  server.script({ kind: 'error', status: 401, body: { error: { message: 'No such luck.' } } });
  await editor.page.locator('.editor-actions .codicon-sync').click();
  await editor.notification('No such luck.');
  await says(first);
  server.script({ kind: 'answer', chunks: pieces(), delayMs: 300 });
  await press('Control+K', 'Alt+M');
  await editor.notification(`${other} is writing`);
  await says(other);
  for (const theme of ['dark', 'high-contrast', 'light'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`inline-another-${theme}`);
  }
  await inline.accept('another.js');
  await inline.lens(other).waitFor();
  await editor.screenshot('inline-author-lens');
  await inline.lens(other).click();
  await editor.page.locator('.quick-input-widget:visible', { hasText: 'Why this model?' }).waitFor();
  await editor.screenshot('inline-why');
  await press('Escape');
  expect(asked()[1]).toBe(other);
  expect(asked().at(-1)).toBe(other);
  const entries = await readLedger(editor.storageFolder());
  const [one, , three] = decisionsIn(entries).slice(-3);
  const toldOf = (id: string | undefined): readonly string[] =>
    observationsIn(entries).flatMap(({ decisionId, signal }) => (decisionId === id ? [signal.kind] : []));
  expect(toldOf(one?.id)).toEqual(['completed', 'regenerated']);
  expect(toldOf(three?.id)).toContain('edit');
});
