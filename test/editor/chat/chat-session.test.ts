import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { ChatSession } from '../../../src/editor/chat/chat-session';
import { createChatSession } from '../../../src/editor/chat/chat-session';
import type { ConversationStore } from '../../../src/editor/chat/conversation-store';
import { createConversationStore } from '../../../src/editor/chat/conversation-store';
import { createConversation } from '../../../src/editor/chat/conversation';
import { attemptWith, decisionWith } from '../../core/samples';
import { conversationWith, savedTurnWith } from './conversations';

let folder: string;
/** What the windows of a test remember and tell: one that still writes when its test is over changes no other's. */
let seen: {
  last?: string | undefined;
  lastFlushed?: string | undefined;
  readonly problems: unknown[];
  /** How often a window was told that it shows what another one wrote. */
  takenIn: number;
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'session-'));
  seen = { problems: [], takenIn: 0 };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openStore(): ConversationStore {
  const notBroken = (): never => {
    throw new Error('No file is broken here.');
  };
  return createConversationStore({
    folder,
    newId: randomUUID,
    nowMs: Date.now,
    onBroken: notBroken,
    onShortened: notBroken,
  });
}

/** A window: answers come from a script; an answer without an end waits until it is stopped. */
function openWindow(
  answer: readonly AnswerEvent[] = [],
  store = openStore(),
  rate: Conduit['rate'] = () => Promise.resolve(),
): ChatSession {
  const conduit: Pick<Conduit, 'answer' | 'rate' | 'compare' | 'observe' | 'allowOver'> = {
    answer: async function* (_request, signal) {
      yield* answer;
      if (answer.some(({ type }) => type === 'finished')) return;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield { type: 'stopped', attempt: attemptWith({ outcome: 'stopped' }) };
    },
    rate,
    compare: () => Promise.resolve(),
    observe: () => Promise.resolve(),
    allowOver: () => Promise.resolve(),
  };
  const mine = seen;
  return createChatSession({
    store,
    newId: randomUUID,
    last: {
      get: () => mine.last,
      set: (id) => (mine.last = id),
      flush: () => (mine.lastFlushed = mine.last),
    },
    create: ({ id, turns }, _isShown, onChanged) =>
      createConversation(
        {
          conduit: () => Promise.resolve(conduit),
          target: () => Promise.resolve({ pool: 'gpt' }),
          agreeToCost: () => Promise.resolve(undefined),
          newId: randomUUID,
          told: new Map(),
          noticing: () => false,
          post: () => undefined,
          onAnswering: () => undefined,
          onAnswered: () => undefined,
          onChanged,
          onProblem: (error) => mine.problems.push(error),
        },
        id,
        turns,
      ),
    onShown: () => undefined,
    onTakenIn: () => (mine.takenIn += 1),
    onProblem: (error) => mine.problems.push(error),
  });
}

const decided: AnswerEvent = { type: 'decided', decision: decisionWith({ id: 'd1' }) };
const whole: readonly AnswerEvent[] = [
  decided,
  { type: 'text', text: 'Because.' },
  { type: 'finished', attempt: attemptWith({ decisionId: 'd1' }), truncated: false },
];
const question = (prompt: string) => ({ prompt, attachments: [], origin: 'chat' as const });

test('after a reload the conversation is back, with its rating, and goes on under the same id', async () => {
  const before = openWindow(whole);
  before.conversation.ask(question('Why?'));
  await vi.waitFor(() => expect(before.conversation.answering).toBe(false));
  await before.conversation.rate('d1', 'up');
  await before.close();
  expect(seen.lastFlushed).toBe(before.saved.id);

  const after = openWindow(whole);
  await after.restored;
  expect(after.saved.id).toBe(before.saved.id);
  expect(after.conversation.part().turns).toMatchObject([
    { prompt: 'Why?', answer: 'Because.', status: 'done', thumb: 'up', line: { model: 'strong' } },
  ]);
  await after.conversation.rate('d1', undefined);
  expect(after.conversation.part().turns[0]?.thumb).toBeUndefined();
});

test('an answer that was under way when the window closed is kept as far as it came, and is over', async () => {
  const before = openWindow([decided, { type: 'text', text: 'Beca' }]);
  before.conversation.ask(question('Why?'));
  await vi.waitFor(() => expect(before.conversation.part().turns[0]?.answer).toBe('Beca'));
  await before.close();
  const after = openWindow();
  await after.restored;
  expect(after.conversation.part().turns).toMatchObject([{ answer: 'Beca', status: 'stopped' }]);
  expect(after.conversation.answering).toBe(false);
});

test('the question of a window that was killed is back as stopped', async () => {
  const killed = openWindow([decided]);
  killed.conversation.ask(question('Why?'));
  await vi.waitFor(async () => expect(await openStore().list()).toHaveLength(1));
  // Once it is written the workspace remembers it.
  await vi.waitFor(() => expect(seen.last).toBeDefined());
  const after = openWindow();
  await after.restored;
  expect(after.conversation.part().turns).toMatchObject([{ prompt: 'Why?', status: 'stopped' }]);
});

test('of an answer whose window was killed meanwhile is back what came of it, as stopped, and can be rated', async () => {
  const killed = openWindow([decided, { type: 'text', text: 'Beca' }]);
  killed.conversation.ask(question('Why?'));
  await vi.waitFor(async () =>
    expect(await openStore().list()).toMatchObject([{ turns: [{ answer: { facts: { text: 'Beca' } } }] }]),
  );
  await vi.waitFor(() => expect(seen.last).toBeDefined());
  const after = openWindow();
  await after.restored;
  expect(after.conversation.part().turns).toMatchObject([{ answer: 'Beca', status: 'stopped' }]);
  await after.conversation.rate('d1', 'up');
  expect(after.conversation.part().turns).toMatchObject([{ decisionId: 'd1', thumb: 'up' }]);
  await killed.close();
});

test('switching stops the answer and keeps both', async () => {
  const window = openWindow([decided, { type: 'text', text: 'Half' }]);
  const other = await openStore().write(conversationWith());
  window.conversation.ask(question('Long?'));
  await vi.waitFor(() => expect(window.conversation.part().turns[0]?.answer).toBe('Half'));
  const left = window.saved.id;
  window.open(other);
  expect(window.conversation.part().turns).toMatchObject([{ prompt: 'Why?' }]);
  await window.close();
  expect(await openStore().read(left)).toMatchObject({
    turns: [{ answer: { facts: { end: { type: 'stopped' } } } }],
  });
});

test('a name stays with a conversation that goes on', async () => {
  const window = openWindow(whole);
  window.open(await openStore().write(conversationWith()));
  await window.rename(window.saved, 'Lighthouses');
  window.conversation.ask(question('More?'));
  await window.close();
  expect(await openStore().list()).toMatchObject([{ name: 'Lighthouses', turns: [{}, {}] }]);
});

test('a lock is kept, and taken away again', async () => {
  const window = openWindow();
  window.open(await openStore().write(conversationWith()));
  const lock = { pool: 'gpt', deploymentId: 'strong' };
  window.lock(lock);
  await window.close();
  expect((await openStore().list())[0]?.lockedTo).toEqual(lock);
  window.lock(undefined);
  await window.close();
  expect((await openStore().list())[0]?.lockedTo).toBeUndefined();
});

test('a conversation that is deleted while it answers does not come back', async () => {
  const window = openWindow([decided]);
  window.conversation.ask(question('Why?'));
  await vi.waitFor(async () => expect(await openStore().list()).toHaveLength(1));
  await window.remove(window.saved);
  expect(window.conversation.part().turns).toEqual([]);
  await window.close();
  expect(await openStore().list()).toEqual([]);
});

test.each(['while it is shown', 'after it was left'])(
  'a conversation that is deleted %s does not come back with a rating that is under way; undone it goes on',
  async (when) => {
    const { promise: rated, resolve: recorded } = Promise.withResolvers<undefined>();
    const store = openStore();
    const window = openWindow(whole, store, () => rated);
    window.conversation.ask(question('Why?'));
    await vi.waitFor(async () =>
      expect((await store.list())[0]?.turns[0]?.answer.facts.end?.type).toBe('finished'),
    );
    const { saved } = window;
    const rating = window.conversation.rate('d1', 'up');
    if (when === 'after it was left') window.startNew();
    await window.remove(saved);
    recorded(undefined);
    await rating;
    await window.close();
    expect(await store.list()).toEqual([]);

    window.open(await store.restore(saved));
    await window.conversation.rate('d1', 'up');
    await window.close();
    expect(await store.list()).toMatchObject([{ id: saved.id, turns: [{ answer: { thumb: 'up' } }] }]);
  },
);

test('turns that a new one begins with are written at once', async () => {
  const window = openWindow();
  window.startNew([savedTurnWith('Why?')]);
  await window.close();
  expect(await openStore().list()).toMatchObject([{ id: window.saved.id, turns: [{}] }]);
});

test('a folder that can not be written is told, and the conversation goes on', async () => {
  const full = { ...openStore(), write: () => Promise.reject(new Error('no space left')) };
  const window = openWindow(whole, full);
  window.conversation.ask(question('Why?'));
  await window.close();
  expect(seen.problems).toEqual([new Error('no space left')]);
  expect(window.conversation.part().turns).toMatchObject([{ status: 'done' }]);
});

const shownTurns = (window: ChatSession): readonly string[] =>
  window.conversation.part().turns.map(({ prompt, answer }) => `${prompt} ${answer}`);

test('windows that show the same conversation take in what the others ask, answer and rate, within about a second', async () => {
  await openStore().write(conversationWith());
  seen.last = 'first';
  const [one, other] = [openWindow(whole), openWindow(whole)];
  await Promise.all([one.restored, other.restored]);
  one.conversation.ask(question('Mine?'));
  other.conversation.ask(question('Theirs?'));
  await vi.waitFor(() => expect(shownTurns(one).toSorted()).toEqual(shownTurns(other).toSorted()), 3_000);
  await vi.waitFor(() => expect(shownTurns(one)).toHaveLength(3), 3_000);
  await one.conversation.rate('decision Why?', 'up');
  await vi.waitFor(() => expect(other.conversation.part().turns[0]?.thumb).toBe('up'), 3_000);
  await one.conversation.rate('decision Why?', undefined);
  await vi.waitFor(() => expect(other.conversation.part().turns[0]?.thumb).toBeUndefined(), 3_000);
  expect(shownTurns(one)).toEqual(shownTurns(other));
  expect(seen.takenIn).toBeGreaterThan(2);
  await Promise.all([one.close(), other.close()]);
  expect((await openStore().list())[0]?.turns).toHaveLength(3);
});

test('an answer that is under way goes on while the window takes in what another one wrote', async () => {
  await openStore().write(conversationWith());
  seen.last = 'first';
  const [one, other] = [openWindow([decided, { type: 'text', text: 'Half' }]), openWindow(whole)];
  await Promise.all([one.restored, other.restored]);
  one.conversation.ask(question('Long?'));
  other.conversation.ask(question('Short?'));
  await vi.waitFor(() => expect(shownTurns(one)).toContain('Short? Because.'), 3_000);
  expect(one.conversation.answering).toBe(true);
  await one.close();
  await other.close();
  const kept = (await openStore().list())[0]?.turns ?? [];
  expect(kept.map(({ question: { prompt }, answer }) => [prompt, answer.facts.text]).toSorted()).toEqual([
    ['Long?', 'Half'],
    ['Short?', 'Because.'],
    ['Why?', 'About Why?'],
  ]);
});

test('a conversation that another window deletes is not shown any more, and what is rated late doesn’t bring it back', async () => {
  await openStore().write(conversationWith());
  seen.last = 'first';
  const [one, other] = [openWindow(), openWindow()];
  await Promise.all([one.restored, other.restored]);
  const { conversation } = other;
  await one.remove(one.saved);
  await vi.waitFor(() => expect(other.conversation.length).toBe(0), 3_000);
  await conversation.rate('decision Why?', 'up');
  await Promise.all([one.close(), other.close()]);
  expect(await openStore().list()).toEqual([]);
});
