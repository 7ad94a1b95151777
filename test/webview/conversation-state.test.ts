import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  announcement,
  isUnderWay,
  noConversation,
  received,
} from '../../src/webview/chat/conversation-state';
import type { ToChat, TurnView } from '../../src/webview/protocol/chat';
import { toStatsSchema } from '../../src/webview/protocol/stats';
import { fromChatSchema, toChatSchema } from '../../src/webview/protocol/chat';

const turn: TurnView = { id: 'a', prompt: 'Why?', answer: '', status: 'streaming', notices: [] };

function after(...messages: readonly ToChat[]): typeof noConversation {
  return messages.reduce(received, noConversation);
}

describe('a conversation folds its messages', () => {
  test('deltas append, in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const deltas = texts.map((text): ToChat => ({ type: 'delta', turnId: 'a', text }));
        const { turns } = after({ type: 'turn', turn }, ...deltas);
        expect(turns).toEqual([{ ...turn, answer: texts.join('') }]);
      }),
    );
  });

  test('deltas of thoughts append to what the model thinks, and not to the answer', () => {
    const deltas = ['Hm', ', yes.'].map((text): ToChat => ({
      type: 'delta',
      turnId: 'a',
      text,
      of: 'thoughts',
    }));
    expect(after({ type: 'turn', turn }, ...deltas).turns).toEqual([{ ...turn, thoughts: 'Hm, yes.' }]);
  });

  test('a turn is added at the end, and replaces the one with its id where that stands', () => {
    const other: TurnView = { ...turn, id: 'b' };
    const done: TurnView = { ...turn, answer: 'Because.', status: 'done' };
    const { turns } = after(
      { type: 'turn', turn },
      { type: 'turn', turn: other },
      { type: 'turn', turn: done },
    );
    expect(turns).toEqual([done, other]);
  });

  test('a turn that a message does not touch stays the same object, and the state before is left alone', () => {
    const other: TurnView = { ...turn, id: 'b' };
    const before = after({ type: 'turn', turn }, { type: 'turn', turn: other });
    const next = received(before, { type: 'delta', turnId: 'b', text: 'x' });
    expect(next.turns[0]).toBe(turn);
    expect(before.turns[1]?.answer).toBe('');
  });

  test('a delta of an unknown turn changes nothing', () => {
    expect(after({ type: 'turn', turn }, { type: 'delta', turnId: 'z', text: 'x' }).turns).toEqual([turn]);
  });

  test('a conversation replaces everything, and other messages nothing', () => {
    const state = after(
      { type: 'turn', turn },
      { type: 'conversation', pool: 'gpt', simulated: true, selection: 'a.ts:1', turns: [] },
    );
    expect(state).toEqual({ pool: 'gpt', simulated: true, earlier: 0, turns: [] });
    expect(received(state, { type: 'selection' })).toBe(state);
    expect(received(state, { type: 'focus' })).toBe(state);
  });
});

test('earlier turns stand before the others, once; the conversation told again keeps them', () => {
  const named = (id: string) => ({ ...turn, id });
  const told = {
    type: 'conversation',
    pool: 'gpt',
    simulated: false,
    earlier: 2,
    turns: [named('c')],
  } as const;
  const earlier = { type: 'earlier', earlier: 1, turns: [named('b')] } as const;
  const state = after({ ...told, turns: [...told.turns] }, { ...earlier, turns: [...earlier.turns] });
  expect(state.turns.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(state.earlier).toBe(1);
  expect(received(state, { ...earlier, turns: [...earlier.turns] })).toBe(state);
  const again = received(state, { ...told, turns: [...told.turns] });
  expect(again.turns.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(again.earlier).toBe(1);
});

test('only waiting and streaming are under way', () => {
  const states = ['waiting', 'streaming', 'done', 'stopped', 'failed'] as const;
  expect(states.filter((status) => isUnderWay({ status }))).toEqual(['waiting', 'streaming']);
});

describe('what a screen reader is told', () => {
  const line = {
    model: 'gpt-4o',
    cost: '$0.0003',
    time: '1 s',
    phase: 'UCB1',
    simulated: false,
    explored: false,
  };

  test('the beginning and the end, not every token', () => {
    expect(announcement({ ...turn, status: 'waiting' }, turn)).toBe('Answering.');
    expect(announcement(turn, { ...turn, answer: 'more' })).toBeUndefined();
    expect(announcement(turn, { ...turn, status: 'done', line })).toBe('Answer finished by gpt-4o, $0.0003.');
    expect(announcement(turn, { ...turn, status: 'stopped' })).toBe('Stopped.');
  });

  test('a rating of a finished answer says nothing anew', () => {
    const done: TurnView = { ...turn, status: 'done', line };
    expect(announcement(done, { ...done, thumb: 'up' })).toBeUndefined();
  });

  test('an error speaks for itself', () => {
    expect(announcement(turn, { ...turn, status: 'failed', error: { text: 'x', actions: [] } })).toBe(
      undefined,
    );
    expect(announcement(turn, { ...turn, status: 'failed' })).toBe('The answer failed.');
  });
});

describe('the protocol refuses what it does not know', () => {
  test.each([
    ['nothing', undefined],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['a turn without notices', { type: 'turn', turn: { id: 'a', prompt: '', answer: '', status: 'done' } }],
    ['a turn in an unknown state', { type: 'turn', turn: { ...turn, status: 'asleep' } }],
    ['a delta without text', { type: 'delta', turnId: 'a' }],
  ])('to the chat: %s', (_name, message) => {
    expect(toChatSchema.safeParse(message).success).toBe(false);
  });

  test.each([
    ['a command of the editor', { type: 'command', command: 'workbench.action.quit' }],
    ['a thumb sideways', { type: 'rate', decisionId: 'd', thumb: 'sideways' }],
  ])('from the chat: %s', (_name, message) => {
    expect(fromChatSchema.safeParse(message).success).toBe(false);
  });

  test('a thumb that is taken back is a rating without one', () => {
    expect(fromChatSchema.parse({ type: 'rate', decisionId: 'd' })).toEqual({
      type: 'rate',
      decisionId: 'd',
    });
  });

  test('to the stats page: statistics without pools', () => {
    expect(toStatsSchema.safeParse({ type: 'stats', recent: [] }).success).toBe(false);
  });
});
