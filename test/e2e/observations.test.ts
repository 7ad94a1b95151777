import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Signal } from '../../src/core/terms/observation';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import type { InlineEditing } from './inline-editing';
import { inlineEditing } from './inline-editing';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** Everything that surfaces tell of an answer, from the packaged VSIX in a real VS Code to the ledger. */

const source = 'const head = 0;\nfunction add(a, b) {\n  return a + b;\n}\nconst tail = 9;\n';
const proposed = 'function add(a: number, b: number) {\n  return a + b;\n}';
const code = 'export const surface = 1;';

let openai: WireServer;
let editor: Editor;
let inline: InlineEditing;

beforeAll(async () => {
  openai = await startOpenAiServer();
  const models = ['mini', 'large'].map(
    (id) => ({ id, provider: 'openai', apiBase: openai.url, price: 1e-6 }) as const,
  );
  const names = ['kept', 'undone', 'rejected', 'late', 'reloaded'];
  editor = await startEditor({
    settings: { 'files.autoSave': 'off', 'diffEditor.codeLens': true },
    workspaceFiles: {
      ...Object.fromEntries(names.map((name) => [`${name}.js`, source])),
      'area.ts': 'export const area = 1;\n',
    },
    globalStorageFiles: { 'conduit.yaml': configurationOf(models) },
  });
  inline = inlineEditing(editor, openai);
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

beforeEach(() => openai.forget());

/** What the ledger says of each decision since the given one, oldest first; "completed" left out. */
async function told(since = 0): Promise<readonly (readonly string[])[]> {
  const entries = await readLedger(editor.storageFolder());
  const observations = observationsIn(entries);
  return decisionsIn(entries)
    .slice(since)
    .map(({ id, deploymentId }) => {
      const own = observations.filter(({ decisionId }) => decisionId === id);
      expect(own.map((each) => each.deploymentId)).toEqual(own.map(() => deploymentId));
      return own.map(({ signal }) => nameOf(signal)).filter((name) => name !== 'completed');
    });
}

function nameOf(signal: Signal): string {
  switch (signal.kind) {
    case 'edit':
      return signal.outcome;
    case 'edit-survival':
      return `${signal.moment} ${signal.share01.toFixed(2)}${signal.lateMs === undefined ? '' : ' late'}`;
    case 'rating':
      return [signal.thumb, signal.reason].join(' ');
    default:
      return signal.kind;
  }
}

async function decisionCount(): Promise<number> {
  return decisionsIn(await readLedger(editor.storageFolder())).length;
}

async function eventuallyTold(
  since: number,
  expected: readonly (readonly string[])[],
  timeoutMs = 40_000,
): Promise<void> {
  let last: unknown;
  await eventually(
    'the observations',
    async () => {
      last = await told(since);
      return JSON.stringify(last) === JSON.stringify(expected) || undefined;
    },
    timeoutMs,
  ).catch(() => undefined);
  expect(last).toEqual(expected);
}

async function chat(id: string): Promise<Locator> {
  return (await editor.chatFrame()).getByTestId(id);
}

function answer(text: string): void {
  openai.script({ kind: 'answer', chunks: [text], usage: { input: 10, output: 5 } });
}

async function newConversation(): Promise<void> {
  await editor.command('Conduit: New Conversation');
  await editor.page.waitForTimeout(500);
  await eventually('an empty view', async () => (await (await chat('turn')).count()) === 0 || undefined);
}

async function ask(prompt: string, text: string): Promise<Locator> {
  answer(text);
  await (await chat('composer')).fill(prompt);
  await (await chat('send')).click();
  const turn = (await chat('turn')).filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').first().waitFor();
  return turn;
}

test('copied with the button and with Ctrl+C, inserted, applied, made a file: each once, on its own answer', async () => {
  const since = await decisionCount();
  await editor.openFile('area.ts');
  await newConversation();
  const first = await ask('By hand?', `Some words to copy.\n\n\`\`\`ts\n${code}\n\`\`\``);
  await first.getByTestId('answer').locator('p').first().click({ clickCount: 3 });
  await editor.page.keyboard.press('Control+C');
  await eventuallyTold(since, [['copied']]);
  const second = await ask('By button?', `\`\`\`ts\n${code}\n\`\`\``);
  for (const _ of [1, 2]) await second.locator('[data-action="copy"]').click();
  await second.locator('[data-action="insert"]').click();
  const third = await ask('As a file?', `\`\`\`ts\n${code}\n\`\`\``);
  await third.locator('[data-action="new-file"]').click();
  await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await eventuallyTold(since, [['copied'], ['copied', 'inserted'], ['inserted']]);
  // An older answer, after others.
  await first.locator('[data-action="apply"]').click();
  const toast = await editor.notification('Apply the code to');
  expect(await told(since)).toEqual([['copied'], ['copied', 'inserted'], ['inserted']]);
  await toast.getByRole('button', { name: 'Apply' }).click();
  await eventuallyTold(since, [['copied', 'inserted'], ['copied', 'inserted'], ['inserted']]);
});

test('a thumb down with a reason, by keys alone', async () => {
  const since = await decisionCount();
  await newConversation();
  const turn = await ask('Is it right?', 'No.');
  await turn.getByTestId('thumb-down').focus();
  await editor.page.keyboard.press('Enter');
  await turn.getByTestId('reason-too-long').waitFor();
  await editor.screenshot('observations-reasons');
  await turn.getByTestId('reason-too-long').focus();
  await editor.page.keyboard.press('Enter');
  await turn.getByTestId('reason-given').waitFor();
  await editor.screenshot('observations-reason-given');
  await eventuallyTold(since, [['down ', 'down too-long']]);
});

test('regenerated, retried elsewhere, stopped midway, and the copy of an earlier answer', async () => {
  const since = await decisionCount();
  await newConversation();
  const turn = await ask('What is a heap?', '```ts\nfirst\n```');
  answer('Second.');
  await turn.getByTestId('regenerate').click();
  await turn.getByTestId('answer').filter({ hasText: 'Second.' }).waitFor();
  await turn.getByTestId('retry-with').waitFor();
  const other = decisionsIn(await readLedger(editor.storageFolder())).at(-2)?.deploymentId ?? '';
  answer('Third.');
  await turn.getByTestId('retry-with').click();
  await editor.page.locator('.quick-input-widget:visible', { hasText: 'Which model' }).waitFor();
  await editor.pick(other);
  await turn.getByTestId('answer').filter({ hasText: 'Third.' }).waitFor();
  await turn.getByTestId('earlier').first().locator('summary').click();
  await turn.getByTestId('earlier').first().locator('[data-action="copy"]').click();
  await eventuallyTold(since, [['regenerated', 'copied'], ['retried-elsewhere'], []]);
  openai.script({ kind: 'answer', chunks: ['Slowly'], then: 'hang' });
  await (await chat('composer')).fill('Go on?');
  await (await chat('send')).click();
  await (await chat('answer')).filter({ hasText: 'Slowly' }).waitFor();
  await editor.command('Conduit: Stop Answering');
  await eventuallyTold(since, [['regenerated', 'copied'], ['retried-elsewhere'], [], ['stopped']]);
});

test('of a duel the answer that was copied, and then the better one', async () => {
  const since = await decisionCount();
  await newConversation();
  const turn = await ask('What is a trie?', '```ts\ntree\n```');
  answer('```ts\nMap\n```');
  await turn.getByTestId('duel').click();
  await turn.getByTestId('prefer').nth(1).waitFor();
  await turn.getByTestId('answer').nth(1).locator('[data-action="copy"]').click();
  await eventuallyTold(since, [[], ['copied']]);
  await turn.getByTestId('prefer').nth(0).click();
  await eventuallyTold(since, [['compared'], ['copied', 'compared']]);
});

async function propose(name: string): Promise<void> {
  openai.script({ kind: 'answer', chunks: [`\`\`\`js\n${proposed}\n\`\`\``] });
  await editor.openFile(name);
  await editor.select(2, 4);
  await editor.command('Conduit: Edit Selection…');
  await editor.answerInput('Add types', 'What should change?');
  await inline.shownWhole(name, 'number');
}

async function accept(name: string): Promise<void> {
  await propose(name);
  await inline.accept(name);
}

async function save(name: string): Promise<void> {
  await editor.page.keyboard.press('Control+S');
  await eventually('the saved file', () => inline.onDisk(name).includes('number') || undefined);
}

test(
  'accepted and saved, with problems before and after, and typed over; undone; rejected: each on its own decision',
  { timeout: 240_000 },
  async () => {
    const since = await decisionCount();
    await accept('kept.js');
    await save('kept.js');
    await eventuallyTold(since, [['accepted', 'save 1.00', 'edit-diagnostics']]);
    await editor.select(2, 2);
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.type(' //');
    await accept('undone.js');
    await editor.command('Undo');
    await propose('rejected.js');
    await editor.command('Conduit: Reject Edit');
    await inline.previewTab('rejected.js').waitFor({ state: 'detached' });
    const expected = [
      ['accepted', 'save 1.00', 'edit-diagnostics', 'changed'],
      ['accepted', 'undone'],
      ['rejected'],
    ];
    // An undo is told when the first minute is over.
    await eventuallyTold(since, expected, 90_000);
  },
);

/** The files that the extension keeps of accepted edits, by the name of the document. */
function keptOf(name: string): string {
  const root = path.join(editor.profile.userData, 'User', 'workspaceStorage');
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('accepted-edits') && file.endsWith('.json'))
    .map((file) => path.join(root, file))
    .find((file) => readFileSync(file, 'utf8').includes(name));
  if (found === undefined) throw new Error(`Nothing is kept of ${name}.`);
  return found;
}

test('how much is left after half an hour is told after the window was closed meanwhile, and says that it is late', async () => {
  const since = await decisionCount();
  await accept('late.js');
  await save('late.js');
  await eventuallyTold(since, [['accepted', 'save 1.00', 'edit-diagnostics']]);
  const file = keptOf('late.js');
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { sinceMs: number };
  expect(JSON.stringify(kept)).not.toContain('number');
  // As if it had been accepted three quarters of an hour ago.
  writeFileSync(file, JSON.stringify({ ...kept, sinceMs: kept.sinceMs - 45 * 60_000 }));
  writeFileSync(
    path.join(editor.profile.workspace, 'late.js'),
    inline.onDisk('late.js').replace('a: number', 'first: number'),
  );
  writeFileSync(path.join(path.dirname(file), 'broken.json'), '{');
  await editor.restart();
  await eventuallyTold(since, [['accepted', 'save 1.00', 'edit-diagnostics', '30-minutes 0.00 late']]);
  expect(editor.logText()).toContain('broken.json can’t be read and was set aside');
  await eventually(
    'the files of the edit to go',
    () => !readdirSync(path.dirname(file)).includes(path.basename(file)) || undefined,
  );
});

test('the first save after a reload is told', async () => {
  const since = await decisionCount();
  await accept('reloaded.js');
  // The editor keeps what isn't saved, a moment later.
  await editor.page.waitForTimeout(3_000);
  await editor.reload();
  await editor.openFile('reloaded.js');
  await editor.page.locator('.view-line', { hasText: 'number' }).first().waitFor();
  await save('reloaded.js');
  await eventually('the save', async () =>
    (await told(since))[0]?.includes('save 1.00') ? true : undefined,
  );
});
