import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { ChatView } from '../../../src/editor/chat/chat-view';
import { createChatView } from '../../../src/editor/chat/chat-view';
import type { ConfigurationSource } from '../../../src/editor/configuration/configuration-source';
import type { ConversationStore } from '../../../src/editor/chat/conversation-store';
import { viewOf } from '../../../src/editor/chat/turn-view';
import type { TurnView } from '../../../src/webview/protocol/chat';
import { conversationWith } from './conversations';
import { finished, question, strongAnswer } from './conversation-stage';
import { editorWith, forget, happened, picks, posted, say, told, user } from './fake-chat-editor';

vi.mock('vscode', () => import('./fake-chat-editor'));
vi.mock('../../../src/editor/webview-html', () => ({ webviewHtml: () => '', webviewOptions: () => ({}) }));
vi.mock('../../../src/editor/chat/code-actions', () => ({
  createCodeActions: () => ({ dispose: () => undefined }),
}));

const other = conversationWith({ id: 'other', name: 'Another one' });
const pool = { name: 'gpt', simulated: false, deployments: [{ id: 'strong' }, { id: 'weak' }] };
let requests: RouteRequest[];
let drafts: string[];
let flushed: string | undefined;
/** The answer under way ends when this is called. */
let endAnswer: () => void;
let chat: ChatView;

beforeEach(() => {
  forget();
  requests = [];
  drafts = [];
  flushed = undefined;
  chat = createChatView({
    extensionUri: {} as vscode.Uri,
    log: { warn: () => undefined, error: () => undefined } as unknown as vscode.LogOutputChannel,
    conduit: () => Promise.resolve({ answer } as unknown as Conduit),
    configuration: {
      pool: () => Promise.resolve(pool),
      current: () => Promise.resolve({ pools: [pool] }),
      onDidChange: () => ({ dispose: () => undefined }),
    } as unknown as ConfigurationSource,
    newId: () => crypto.randomUUID(),
    onAnswered: () => undefined,
    onQuestionNear: () => undefined,
    noticing: () => false,
    hideKeys: (text) => text.replaceAll('sk-known', '[key]'),
    conversations: {
      list: () => Promise.resolve([other]),
      read: () => Promise.resolve(undefined),
      write: (saved) => Promise.resolve(saved),
      remove: () => Promise.resolve(),
      restore: (saved) => Promise.resolve(saved),
      readChanged: () => Promise.resolve(undefined),
      watch: () => ({ dispose: () => undefined }),
    } satisfies ConversationStore,
    last: { get: () => undefined, set: () => undefined, flush: () => undefined },
    draft: {
      get: () => drafts.at(-1),
      set: (text) => void drafts.push(text),
      flush: () => (flushed = drafts.at(-1)),
    },
    offers: {
      isOn: () => true,
      onSwitched: () => ({ dispose: () => undefined }),
      offerFor: () => Promise.resolve(undefined),
    },
  });
});

async function* answer(request: RouteRequest): AsyncGenerator<AnswerEvent> {
  requests.push(request);
  yield* strongAnswer.slice(0, -1);
  await new Promise<void>((resolve) => (endAnswer = resolve));
  yield finished('strong');
}

/** Asks, and waits for the end of the answer. */
async function answered(prompt: string): Promise<string> {
  say({ type: 'send', text: prompt });
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  await vi.waitFor(() => endAnswer());
  return vi.waitFor(() => {
    const turn = posted.findLast((message) => message.type === 'turn')?.turn;
    expect(turn?.status).toBe('done');
    return turn?.id ?? '';
  });
}

function conversationShown(): readonly TurnView[] | undefined {
  return posted.findLast((message) => message.type === 'conversation')?.turns;
}

describe('the focus', () => {
  test('stays in the list of conversations, which a view that is revealed would close; then it is in the page', async () => {
    await chat.showConversations();
    expect(happened).toEqual(['list']);
    picks[0]?.accept(picks[0].items[0]);
    await vi.waitFor(() => expect(happened).toEqual(['list', 'reveal', 'focus']));
    await vi.waitFor(() => expect(conversationShown()).toEqual(other.turns.map((turn) => viewOf(turn))));
  });

  test('is in the page after a question that was asked elsewhere, and in a new conversation', async () => {
    await chat.ask(question('Why?'));
    expect(happened).toEqual(['reveal', 'focus']);
    await chat.newConversation();
    expect(happened).toEqual(['reveal', 'focus', 'reveal', 'focus']);
  });

  test.each([
    ['a choice', 'strong'],
    ['Escape', undefined],
  ])('is in the page after %s in the list of models that its button opened', async (_what, label) => {
    user.picks = (items) => items.find((item) => item.label === label);
    say({ type: 'choose-model' });
    await vi.waitFor(() => expect(happened).toEqual(['list', 'reveal', 'focus']));
  });

  test.each([
    ['a choice', 'weak'],
    ['Escape', undefined],
  ])('is in the page after %s in the list of models for another answer', async (_what, label) => {
    const turnId = await answered('Why?');
    user.picks = (items) => items.find((item) => item.label === label);
    say({ type: 'retry-with', turnId });
    await vi.waitFor(() => expect(happened).toEqual(['list', 'reveal', 'focus']));
    expect(requests).toHaveLength(label === undefined ? 1 : 2);
  });
});

/** What was asked last. */
async function asked(): Promise<string | undefined> {
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  return requests[0]?.messages.at(-1)?.text;
}

const chips = (): readonly string[] =>
  posted.findLast((message) => message.type === 'attachments')?.attachments.map(({ label }) => label) ?? [];

describe('what goes with a question', () => {
  test('a selection goes as it was when it was attached, wherever the cursor is since', async () => {
    user.editor = editorWith('/area.ts', 'const area = 1;\nconst b = 2;', 'const area = 1;');
    say({ type: 'attach', what: 'selection' });
    await vi.waitFor(() => expect(chips()).toEqual(['area.ts:1']));
    user.editor = editorWith('/area.ts', 'const volume = 1;');
    say({ type: 'send', text: 'Why?' });
    expect(await asked()).toBe('Why?\n\nFrom area.ts:1:\n```typescript\nconst area = 1;\n```');
    await vi.waitFor(() => expect(chips()).toEqual([]));
  });

  test('a selection with secrets is asked about when it is attached', async () => {
    user.agrees = false;
    user.editor = editorWith('/.env', 'A=1', 'A=1');
    say({ type: 'attach', what: 'selection' });
    await vi.waitFor(() => expect(happened).toContain('focus'));
    expect(told).toEqual(['.env:1 may hold secrets. Send it to a model?']);
    expect(chips()).toEqual([]);
  });

  test.each(['/explain', '/gpt /explain'])('%s without more takes the selection', async (text) => {
    user.editor = editorWith('/area.ts', 'const area = 1;\nconst b = 2;', 'const area = 1;');
    say({ type: 'send', text });
    expect(await asked()).toMatch(
      /^Explain this code.*\n\nFrom area\.ts:1:\n```typescript\nconst area = 1;\n```$/,
    );
  });

  test('/tests takes the open file where nothing is selected, and neither where something is attached', async () => {
    user.editor = editorWith('/area.ts', 'const area = 1;');
    say({ type: 'send', text: '/tests with vitest' });
    expect(await asked()).toMatch(/with vitest\n\nFrom area\.ts:\n```typescript\nconst area = 1;\n```$/);
    await chat.newConversation();
    requests = [];
    say({ type: 'attach', what: 'open-file' });
    user.editor = editorWith('/volume.ts', 'const volume = 1;', 'volume');
    say({ type: 'send', text: '/fix' });
    expect(await asked()).toMatch(/code\.\n\nFrom area\.ts:\n```typescript\nconst area = 1;\n```$/);
  });

  test('a question without a command takes neither', async () => {
    user.editor = editorWith('/area.ts', 'const area = 1;', 'area');
    say({ type: 'send', text: 'Why?' });
    expect(await asked()).toBe('Why?');
  });

  test('a command with nothing that it could be about says so, and stays in the composer', async () => {
    say({ type: 'send', text: '/doc' });
    await vi.waitFor(() => expect(posted).toContainEqual({ type: 'unsent', text: '/doc' }));
    expect(told).toEqual([expect.stringContaining('There is no code here yet.')]);
    say({ type: 'send', text: '/fix let a = ;' });
    expect(await asked()).toMatch(/let a = ;$/);
  });

  test('a command does not send a file that looks as if it held secrets unless the user agrees', async () => {
    user.agrees = false;
    user.editor = editorWith('/.env', 'A=1');
    say({ type: 'send', text: '/explain' });
    await vi.waitFor(() => expect(posted).toContainEqual({ type: 'unsent', text: '/explain' }));
    expect(told).toEqual(['.env may hold secrets. Send it to a model?']);
    expect(requests).toEqual([]);
    user.agrees = true;
    say({ type: 'send', text: '/explain' });
    expect(await asked()).toContain('A=1');
    expect(told).toHaveLength(2);
  });
});

describe('a question that is sent while an answer is under way', () => {
  const waiting = (): readonly string[] =>
    posted.findLast((message) => message.type === 'waiting')?.prompts ?? [];

  test('waits, is shown to, and is asked with what was attached when the answer has ended', async () => {
    say({ type: 'send', text: 'Why?' });
    await asked();
    user.editor = editorWith('/area.ts', 'const area = 1;', 'area');
    say({ type: 'attach', what: 'selection' });
    say({ type: 'send', text: 'And how?' });
    await vi.waitFor(() => expect(waiting()).toEqual(['And how?']));
    expect(drafts.at(-1)).toBe('');
    await vi.waitFor(() => endAnswer());
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    expect(requests[1]?.messages.at(-1)?.text).toContain('From area.ts:1:');
    expect(waiting()).toEqual([]);
  });

  test('is the draft of the next window where this one is closed before it was asked', async () => {
    say({ type: 'send', text: 'Why?' });
    await asked();
    say({ type: 'send', text: 'And how?' });
    await vi.waitFor(() => expect(waiting()).toEqual(['And how?']));
    const closing = chat.close();
    // The editor may wait no longer than for this.
    expect(flushed).toBe('And how?');
    endAnswer();
    await closing;
    expect(flushed).toBe('And how?');
  });

  test('is taken back with what was attached, which is not asked about again', async () => {
    say({ type: 'send', text: 'Why?' });
    await asked();
    user.editor = editorWith('/.env', 'A=2', 'A=2');
    say({ type: 'attach', what: 'selection' });
    await vi.waitFor(() => expect(chips()).toEqual(['.env:1']));
    say({ type: 'send', text: 'And how?' });
    await vi.waitFor(() => expect(waiting()).toEqual(['And how?']));
    expect(chips()).toEqual([]);
    say({ type: 'take-back', index: 0, prompt: 'And how?' });
    await vi.waitFor(() => expect(chips()).toEqual(['.env:1']));
    expect(waiting()).toEqual([]);
    say({ type: 'send', text: 'But how?' });
    await vi.waitFor(() => expect(waiting()).toEqual(['But how?']));
    expect(told).toHaveLength(1);
  });
});
