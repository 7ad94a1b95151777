import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConversationKeeper } from '../../../src/editor/chat/conversation-keeper';
import { createKeeper } from '../../../src/editor/chat/conversation-keeper';
import type { ConversationStore } from '../../../src/editor/chat/conversation-store';
import type { SavedConversation } from '../../../src/editor/chat/saved-conversation';
import { conversationWith } from './conversations';

const conversation = conversationWith();
let written: SavedConversation[];
let kept: string[];
let problems: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  kept = [];
  problems = [];
});
afterEach(() => vi.useRealTimers());

function keeperOver(write: ConversationStore['write']): ConversationKeeper {
  return createKeeper(
    {
      store: { write, readChanged: () => Promise.resolve(undefined) },
      turns: () => conversation.turns,
      takeIn: () => undefined,
      onGone: () => undefined,
      onKept: (id) => kept.push(id),
      onProblem: (error) => problems.push(error),
    },
    conversation,
  );
}

function writes(saved: SavedConversation): Promise<SavedConversation> {
  written.push(saved);
  return Promise.resolve(saved);
}

test('what changes together is written once, when what changed it has gone on', async () => {
  const keeper = keeperOver(writes);
  keeper.changed();
  keeper.changed({ name: 'Means' });
  await vi.advanceTimersByTimeAsync(20);
  expect(written).toEqual([]);
  keeper.changed({ name: 'Means of lists' });
  await vi.advanceTimersByTimeAsync(100);
  expect(written.map(({ name }) => name)).toEqual(['Means of lists']);
  expect(kept).toEqual([conversation.id]);
});

test('who waits for all to be written waits for no moment', async () => {
  const keeper = keeperOver(writes);
  keeper.changed();
  await keeper.flushed();
  expect(written).toHaveLength(1);
});

test('nor for the moment of what changed during a writing', async () => {
  let end = (): void => undefined;
  const keeper = keeperOver(async (saved) => {
    await new Promise<void>((resolve) => (end = resolve));
    return writes(saved);
  });
  keeper.changed({ name: 'First' });
  const flushed = keeper.flushed();
  await vi.advanceTimersByTimeAsync(0);
  keeper.changed({ name: 'Second' });
  end();
  await vi.advanceTimersByTimeAsync(0);
  end();
  await flushed;
  expect(written.map(({ name }) => name)).toEqual(['First', 'Second']);
});

test('a failure is told once, and what could not be written is written with the next change', async () => {
  let broken = true;
  const keeper = keeperOver((saved) => (broken ? Promise.reject(new Error('disk full')) : writes(saved)));
  for (let change = 0; change < 3; change += 1) {
    keeper.changed();
    await keeper.flushed();
  }
  expect(problems).toEqual([new Error('disk full')]);
  expect(kept).toEqual([]);
  broken = false;
  keeper.changed();
  await keeper.flushed();
  expect(written).toHaveLength(1);
});
