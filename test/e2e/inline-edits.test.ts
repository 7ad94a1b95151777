import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

const source = `const head = 0;
function add(a, b) {
  return a + b;
}
function twice(a) {
  return a * 2;
}
const tail = 9;
`;
const proposed = `function add(a: number, b: number) {
  return a + b;
}
function twice(a: number) {
  return 2 * a;
}`;
const answer = `Sure, typed:\n\n\`\`\`ts\n${proposed}\n\`\`\`\nThat is all.`;
const edited = `const head = 0;\n${proposed}\nconst tail = 9;\n`;
const broken = 'const b = 2;\nconst a = ;\n';

let server: WireServer;
let editor: Editor;

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
});

afterAll(async () => {
  await editor.close();
  await server.close();
});

afterEach(() => server.forget());

const onDisk = (name: string): string => readFileSync(path.join(editor.profile.workspace, name), 'utf8');
const previewTab = (name: string) => editor.page.locator('.tab', { hasText: `${name}:` });
const lens = (text: string) => editor.page.locator('.codelens-decoration a', { hasText: text }).first();

async function save(): Promise<void> {
  await editor.page.keyboard.press('Control+S');
}

async function whatWasSaid(name: string): Promise<string[]> {
  const entries = await readLedger(editor.ledgerPath());
  const last = decisionsIn(entries).at(-1);
  expect(last?.deploymentId, name).toBe('mini');
  return observationsIn(entries)
    .filter(({ decisionId }) => decisionId === last?.id)
    .map(({ signal }) =>
      signal.kind === 'edit'
        ? signal.outcome
        : signal.kind === 'edit-survival'
          ? `${signal.moment} ${signal.share01.toFixed(2)}`
          : signal.kind,
    );
}

async function propose(name: string): Promise<void> {
  await editor.openFile(name);
  await editor.select(2, 7);
  await editor.command('Conduit: Edit Selection…');
  await editor.answerInput('Add types');
}

async function proposeWhole(name: string): Promise<void> {
  server.script({ kind: 'answer', chunks: answer.match(/[^]{1,20}/g) ?? [] });
  await propose(name);
  await previewTab(name).waitFor();
  await editor.page.locator('.editor.modified .view-line', { hasText: '2 * a' }).waitFor();
  await editor.page.waitForTimeout(500);
}

async function accept(name: string): Promise<void> {
  await editor.command('Conduit: Accept Edit');
  await previewTab(name).waitFor({ state: 'detached' });
  await lens('Keep').waitFor();
}

test('a proposal is shown as a diff, written nowhere, accepted in one step, and told to the ledger', async () => {
  await proposeWhole('plain.js');
  await editor.screenshot('inline-preview');
  expect(onDisk('plain.js')).toBe(source);
  await accept('plain.js');
  await editor.screenshot('inline-accepted');
  await save();
  await eventually('the saved edit', () => (onDisk('plain.js') === edited ? true : undefined));
  expect(decisionsIn(await readLedger(editor.ledgerPath())).at(-1)?.origin).toBe('edit');
  await eventually('what the save says', async () =>
    (await whatWasSaid('plain')).includes('save 1.00') ? true : undefined,
  );
  expect(await whatWasSaid('plain')).toEqual(expect.arrayContaining(['accepted', 'save 1.00']));
});

test('one undo takes all of it back, and is told', async () => {
  await proposeWhole('undo.js');
  await accept('undo.js');
  await editor.page.keyboard.press('Control+Z');
  await lens('Keep').waitFor({ state: 'detached' });
  await save();
  expect(onDisk('undo.js')).toBe(source);
  await eventually('the undo', async () =>
    (await whatWasSaid('undo')).includes('undone') ? true : undefined,
  );
});

test('a rejected proposal changes nothing', async () => {
  await proposeWhole('reject.js');
  await editor.page
    .locator('.editor-actions a.codicon-close, .editor-actions .codicon-close')
    .first()
    .click();
  await previewTab('reject.js').waitFor({ state: 'detached' });
  expect(onDisk('reject.js')).toBe(source);
  await eventually('the rejection', async () =>
    (await whatWasSaid('reject')).includes('rejected') ? true : undefined,
  );
});

test('windows line ends stay', async () => {
  await proposeWhole('crlf.js');
  await accept('crlf.js');
  await save();
  await eventually('the saved edit', () =>
    onDisk('crlf.js') === edited.replaceAll('\n', '\r\n') ? true : undefined,
  );
});

test('blocks are kept and undone by CodeLens', async () => {
  await proposeWhole('lens.js');
  await accept('lens.js');
  await lens('Undo').click();
  await eventually('one block less', async () =>
    (await editor.page.locator('.codelens-decoration a', { hasText: /Keep$/ }).count()) === 1
      ? true
      : undefined,
  );
  await editor.page.keyboard.press('Control+S');
  await eventually('the first block as it was', () =>
    onDisk('lens.js').includes('function add(a, b) {') && onDisk('lens.js').includes('2 * a')
      ? true
      : undefined,
  );
  await lens('Keep').click();
  await lens('Keep').waitFor({ state: 'detached' });
});

test('typing in the lines while the proposal streams drops it, with a message, and the text stands', async () => {
  server.script({ kind: 'answer', chunks: answer.match(/[^]{1,20}/g) ?? [], delayMs: 300 });
  await propose('typed.js');
  await previewTab('typed.js').waitFor();
  await editor.openFile('typed.js');
  await editor.page.keyboard.press('Control+G');
  await editor.answerInput(':3');
  await editor.page.keyboard.press('End');
  await editor.page.keyboard.type(' // mine');
  const toast = await editor.notification('You changed typed.js:2–7 while Conduit was working on it.');
  await editor.screenshot('inline-overtaken');
  await previewTab('typed.js').waitFor({ state: 'detached' });
  await save();
  await eventually('the typed text alone', () =>
    onDisk('typed.js') === source.replace('a + b;', 'a + b; // mine') ? true : undefined,
  );
  await toast.getByRole('button', { name: 'Open Answer' }).click();
  await editor.page.locator('.view-line', { hasText: 'Sure, typed:' }).waitFor();
});

test('typing above the lines moves the proposal, and auto-save writes no half of it', async () => {
  await editor.updateSettings({ 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 });
  server.script({ kind: 'answer', chunks: answer.match(/[^]{1,20}/g) ?? [], delayMs: 300 });
  await propose('elsewhere.js');
  await previewTab('elsewhere.js').waitFor();
  await editor.openFile('elsewhere.js');
  await editor.page.keyboard.press('Control+Home');
  await editor.page.keyboard.type('let mine;\n');
  await eventually('the typed line on disk', () =>
    onDisk('elsewhere.js') === `let mine;\n${source}` ? true : undefined,
  );
  await eventually('the end of the answer', () =>
    server.requests.at(-1)?.finished === true ? true : undefined,
  );
  expect(onDisk('elsewhere.js')).toBe(`let mine;\n${source}`);
  await editor.page.waitForTimeout(1_000);
  await accept('elsewhere.js');
  await eventually('both texts', () =>
    onDisk('elsewhere.js') === `let mine;\n${edited}` ? true : undefined,
  );
  await editor.updateSettings({ 'files.autoSave': 'off' });
});

test('an answer of words, and a model that fails, change nothing and say so', async () => {
  server.script({ kind: 'answer', chunks: ['I can not do this without seeing the rest of it.'] });
  await propose('words.js');
  await editor.notification('The answer carries no code');
  server.forget();
  server.script({ kind: 'error', status: 401, body: { error: { message: 'Bad key.' } } });
  await propose('failed.js');
  const toast = await editor.notification('mini failed (key refused)');
  expect(await toast.getByRole('button', { name: 'Set Key' }).count()).toBe(1);
  await editor.screenshot('inline-failed');
});

test('the light bulb fixes an error, with what the editor says of it in the question', async () => {
  server.script({ kind: 'answer', chunks: ['```js\nconst a = 1;\n```'] });
  await editor.openFile('broken.js');
  await editor.page.locator('.squiggly-error').first().waitFor();
  await editor.page.keyboard.press('Control+G');
  await editor.answerInput(':2:11');
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
  await previewTab('broken.js').waitFor();
  expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('Expression expected');
  await editor.page.waitForTimeout(500);
  await accept('broken.js');
  await save();
  await eventually('the fix', () =>
    onDisk('broken.js') === 'const b = 2;\nconst a = 1;\n' ? true : undefined,
  );
  expect(decisionsIn(await readLedger(editor.ledgerPath())).at(-1)?.origin).toBe('fix');
  await eventually('the problems before and after', async () =>
    (await whatWasSaid('broken')).includes('edit-diagnostics') ? true : undefined,
  );
});

test('a preview that the user closes is not lost', async () => {
  await proposeWhole('closed.js');
  await editor.command('View: Close Editor');
  const toast = await editor.notification('was closed, not rejected');
  await toast.getByRole('button', { name: 'Show Again' }).click();
  await previewTab('closed.js').waitFor();
  await editor.command('Conduit: Reject Edit');
  await previewTab('closed.js').waitFor({ state: 'detached' });
  expect(onDisk('closed.js')).toBe(source);
});

test('by keys alone, where CodeLens is off', async () => {
  await editor.updateSettings({ 'editor.codeLens': false });
  server.script({ kind: 'answer', chunks: [answer] });
  await editor.openFile('keys.js');
  await editor.select(2, 7);
  await editor.page.keyboard.press('Control+K');
  await editor.page.keyboard.press('Alt+D');
  await previewTab('keys.js').waitFor();
  await eventually('the preview to be taken', async () => {
    await editor.page.keyboard.press('Control+Enter');
    return previewTab('keys.js')
      .waitFor({ state: 'detached', timeout: 1_000 })
      .then(() => true)
      .catch(() => undefined);
  });
  await editor.page.locator('.editor-actions .codicon-check-all').waitFor();
  await editor.screenshot('inline-no-lens');
  expect(await editor.page.locator('.codelens-decoration').count()).toBe(0);
  await editor.page.locator('.editor-actions .codicon-discard').click();
  await save();
  await eventually('all as it was', () => (onDisk('keys.js') === source ? true : undefined));
  expect(decisionsIn(await readLedger(editor.ledgerPath())).at(-1)?.origin).toBe('document');
});

test('tests become a document of their own', async () => {
  server.script({ kind: 'answer', chunks: ["```js\ntest('adds', () => {});\n```"] });
  await editor.openFile('saved.js');
  await editor.select(2, 4);
  await editor.command('Conduit: Write Tests');
  await editor.page.locator('.tab.active', { hasText: 'Conduit' }).waitFor();
  await editor.page.waitForTimeout(500);
  await editor.command('Conduit: Accept Edit');
  await editor.page.locator('.tab', { hasText: 'proposal' }).waitFor({ state: 'detached' });
  await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await editor.page.locator('.view-line', { hasText: 'adds' }).waitFor();
  await editor.screenshot('inline-tests');
  expect(onDisk('saved.js')).toBe(source);
  expect(decisionsIn(await readLedger(editor.ledgerPath())).at(-1)?.origin).toBe('tests');
});
