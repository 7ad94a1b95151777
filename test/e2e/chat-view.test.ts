import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { lastUserText, modelOf } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** The chat view of the packaged VSIX in a real VS Code: conversations, other answers, duels. */

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  const models = ['mini', 'large'].map(
    (id) => ({ id, provider: 'openai', apiBase: openai.url, price: 1e-6 }) as const,
  );
  editor = await startEditor({
    workspaceFiles: { 'area.ts': 'export const area = 1;\n' },
    globalStorageFiles: { 'conduit.yaml': configurationOf(models) },
  });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

beforeEach(() => openai.forget());

async function chat(id: string): Promise<Locator> {
  return (await editor.chatFrame()).getByTestId(id);
}

function answer(text: string): void {
  openai.script({ kind: 'answer', chunks: [text], usage: { input: 10, output: 5 } });
}

/** What is typed before the command has run would go to the conversation that it leaves. */
async function newConversation(): Promise<void> {
  await editor.command('Conduit: New Conversation');
  await editor.page.waitForTimeout(500);
  await eventually('an empty view', async () => (await (await chat('turn')).count()) === 0 || undefined);
}

/** Asks in the view, and waits for the whole answer. */
async function ask(prompt: string, text: string): Promise<Locator> {
  answer(text);
  await (await chat('composer')).fill(prompt);
  await (await chat('send')).click();
  const turn = (await chat('turn')).filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').first().waitFor();
  return turn;
}

/** A file that is being written has another ending. */
const files = (): readonly string[] =>
  readdirSync(path.join(editor.profile.globalStorage, 'conversations')).filter((name) =>
    name.endsWith('.json'),
  );

test('a conversation and a draft are there again after a reload and after a restart', async () => {
  await newConversation();
  await ask('What is a mutex?', 'A lock.');
  await (await chat('composer')).fill('half a que');
  // The draft goes to the extension a moment after the last key.
  await editor.page.waitForTimeout(1_000);
  for (const again of [() => editor.reload(), () => editor.restart()]) {
    await again();
    await editor.command('View: Show Conduit').catch(() => editor.command('Conduit: Ask'));
    const turn = (await chat('turn')).filter({ hasText: 'What is a mutex?' });
    await turn.waitFor();
    expect((await turn.getByTestId('answer').innerText()).trim()).toBe('A lock.');
    await eventually(
      'the draft',
      async () => (await (await chat('composer')).inputValue()) === 'half a que' || undefined,
    );
  }
  await (await chat('composer')).fill('');
  await ask('And a semaphore?', 'A counter.');
  expect(files()).toHaveLength(1);
  await editor.screenshot('chat-after-restart');
});

test('what a model thought is folded above its answer, and stays apart from it', async () => {
  await newConversation();
  const turn = await ask('Six times seven?', '<think>\nI count sevens.\nSix of them.\n</think>\n\n42');
  expect((await turn.getByTestId('answer').innerText()).trim()).toBe('42');
  expect(await turn.getByTestId('thoughts-text').isVisible()).toBe(false);
  await turn.getByTestId('thoughts-toggle').click();
  await turn.getByTestId('thoughts-text').filter({ hasText: 'Six of them.' }).waitFor();
  await editor.screenshot('chat-thoughts');
  await ask('And eight?', '56');
  expect(JSON.stringify(openai.requests.at(-1)?.body)).not.toContain('I count sevens');
});

test('another answer, by the router and by the model that was picked; the earlier ones stay', async () => {
  await newConversation();
  const turn = await ask('What is a heap?', 'First.');
  const first = modelOf(openai.requests[0]!);
  const other = first === 'mini' ? 'large' : 'mini';
  answer('Second.');
  await turn.getByTestId('regenerate').click();
  await turn.getByTestId('answer').filter({ hasText: 'Second.' }).waitFor();
  await turn.getByTestId('retry-with').waitFor();
  expect(openai.requests.map(modelOf)).toEqual([first, other]);
  answer('Third.');
  await turn.getByTestId('retry-with').click();
  await editor.page.locator('.quick-input-widget:visible').waitFor();
  await editor.screenshot('chat-retry-with');
  await editor.pick(first);
  await turn.getByTestId('answer').filter({ hasText: 'Third.' }).waitFor();
  await eventually(
    'the second earlier answer',
    async () => (await turn.getByTestId('earlier').count()) === 2 || undefined,
  );
  expect(openai.requests.map(modelOf)).toEqual([first, other, first]);
  await eventually(
    'the decision',
    async () => decisionsIn(await readLedger(editor.storageFolder())).at(-1)?.chosenByUser,
  );
  await editor.screenshot('chat-earlier-answers');
});

test('two models answer side by side, and the better one is evidence on both', async () => {
  await newConversation();
  const turn = await ask('What is a trie?', 'A **tree** of letters.');
  answer('A prefix tree:\n\n```ts\ntype Trie = Map<string, Trie>;\n```');
  await turn.getByTestId('duel').click();
  await turn.getByTestId('prefer').nth(1).waitFor();
  await editor.screenshot('chat-duel');
  expect(new Set(openai.requests.map(modelOf)).size).toBe(2);
  await turn.getByTestId('prefer').nth(1).click();
  await turn.getByTestId('earlier').waitFor();
  const entries = await readLedger(editor.storageFolder());
  const [one, two] = decisionsIn(entries).slice(-2);
  expect(observationsIn(entries).slice(-2)).toEqual([
    {
      decisionId: two?.id,
      deploymentId: two?.deploymentId,
      signal: { kind: 'compared', won: true, otherDecisionId: one?.id },
    },
    {
      decisionId: one?.id,
      deploymentId: one?.deploymentId,
      signal: { kind: 'compared', won: false, otherDecisionId: two?.id },
    },
  ]);
});

test('a question in other words begins a conversation of its own; both are in the list, which searches and deletes', async () => {
  await newConversation();
  await ask('Name a lighthouse.', 'Pharos.');
  const turn = await ask('And a bridge?', 'Rialto.');
  answer('Tower Bridge.');
  await turn.getByTestId('edit').click();
  await turn.getByTestId('prompt-editor').locator('textarea').fill('And a bridge in London?');
  await turn.getByTestId('edit-ask').click();
  await (await chat('answer')).filter({ hasText: 'Tower Bridge.' }).waitFor();
  expect(lastUserText(openai.requests.at(-1)!)).toBe('And a bridge in London?');
  expect(await (await chat('turn')).count()).toBe(2);

  await editor.command('Conduit: Show Conversations');
  const list = editor.page.locator('.quick-input-widget:visible');
  const rows = list.locator('.monaco-list-row');
  await list.locator('.quick-input-box input').fill('bridge');
  await eventually('both conversations', async () => (await rows.count()) === 2 || undefined);
  await editor.screenshot('chat-conversations');
  const before = files().length;
  await rows.filter({ hasNotText: 'London' }).hover();
  await rows.filter({ hasNotText: 'London' }).locator('.codicon-trash').click();
  const toast = await editor.notification('was deleted');
  await eventually('the file to go', () => files().length === before - 1 || undefined);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await eventually('the file to be back', () => files().length === before || undefined);
  await (await chat('answer')).filter({ hasText: 'Rialto.' }).waitFor();
});

test('a conversation is renamed in the list and exported as markdown, with who answered at what cost', async () => {
  await newConversation();
  await ask('Name an island.', 'Ithaca is **one**.');
  const list = editor.page.locator('.quick-input-widget:visible');
  const rowOf = (title: string): Locator => list.locator('.monaco-list-row', { hasText: title }).first();
  await editor.command('Conduit: Show Conversations');
  await rowOf('Name an island.').hover();
  await rowOf('Name an island.').locator('.codicon-edit').click();
  await editor.answerInput('Islands', 'Conduit: Rename Conversation');
  await editor.page.locator('.pane-header', { hasText: 'Islands' }).waitFor();
  await editor.command('Conduit: Show Conversations');
  await rowOf('Islands').hover();
  await rowOf('Islands').locator('.codicon-markdown').click();
  const lines = editor.page.locator('.editor-instance .view-line');
  await lines.filter({ hasText: 'Islands' }).first().waitFor();
  await lines.filter({ hasText: 'Ithaca is **one**.' }).waitFor();
  await editor.screenshot('chat-exported');
  await editor.command('View: Revert and Close Editor');
});

test('what is asked while an answer streams waits, is shown, is taken back, and is asked in its turn', async () => {
  await newConversation();
  openai.script({ kind: 'answer', chunks: ['One, ', 'two, ', 'three.'], delayMs: 6_000 });
  await (await chat('composer')).fill('Count to three.');
  await (await chat('send')).click();
  await (await chat('answer')).filter({ hasText: 'One,' }).waitFor();
  for (const prompt of ['And to four?', 'And to five?']) {
    await editor.command('Conduit: Ask');
    await editor.answerInput(prompt);
    await (await chat('waiting-questions')).filter({ hasText: prompt }).waitFor();
  }
  await editor.screenshot('chat-waiting');
  answer('Four.');
  const waiting = (await chat('waiting-questions')).getByRole('listitem');
  await waiting.filter({ hasText: 'And to five?' }).getByRole('button').click();
  await (await chat('answer')).filter({ hasText: 'Four.' }).waitFor();
  expect(openai.requests.map(lastUserText)).toEqual(['Count to three.', 'And to four?']);
  expect(await (await chat('turn')).count()).toBe(2);
  expect(await waiting.count()).toBe(0);
});

test('code is applied to the open file after its diff was seen, in one step that one undo takes back', async () => {
  await editor.openFile('area.ts');
  await newConversation();
  const turn = await ask('Name it better.', '```ts\nexport const surface = 1;\n```');
  await turn.locator('[data-action="apply"]').click();
  await editor.notification('Apply the code to area.ts');
  await editor.page.locator('.monaco-diff-editor').first().waitFor();
  await editor.screenshot('chat-apply-diff');
  const lines = editor.page.locator('.editor-instance .view-line');
  await editor.answerNotification('Apply the code to area.ts', 'Apply');
  await editor.page.locator('.monaco-diff-editor').first().waitFor({ state: 'hidden' });
  await lines.filter({ hasText: 'surface' }).first().waitFor();
  // The diff had the focus: until the file has it, Undo is another one's.
  await editor.focusOn('area.ts');
  await editor.command('Undo');
  await lines.filter({ hasText: 'area' }).first().waitFor();

  await turn.locator('[data-action="apply"]').click();
  await editor.page.locator('.monaco-diff-editor').first().waitFor();
  await editor.command('Notifications: Clear All Notifications');
  await editor.page.locator('.editor-actions .codicon-check').click();
  await editor.page.locator('.monaco-diff-editor').first().waitFor({ state: 'hidden' });
  await lines.filter({ hasText: 'surface' }).first().waitFor();
});

test('a conversation that is locked to a model asks only that one', async () => {
  await newConversation();
  await (await chat('pool')).click();
  await editor.page.locator('.quick-input-widget:visible').waitFor();
  await editor.pick('large');
  await (await chat('pool')).filter({ hasText: 'large' }).waitFor();
  for (const index of [1, 2, 3]) await ask(`Question ${String(index)}`, `Answer ${String(index)}`);
  expect(new Set(openai.requests.map(modelOf))).toEqual(new Set(['large']));
  for (const theme of ['dark', 'high-contrast', 'light'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`chat-locked-${theme}`);
  }
});
