import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Conduit } from '../../../src/core/conduit';
import type { ToldUses } from '../../../src/editor/observations/answer-uses';
import { createNextTurns } from '../../../src/editor/observations/next-turns';

const by = { decisionId: 'd1', deploymentId: 'strong' };
const answered = { by, question: 'How do I sort a list?', answer: 'So:\n\n```py\nsorted(xs)\n```' };

function reading(noticing = () => true) {
  const told: ToldUses = new Map();
  const observe = vi.fn<Conduit['observe']>(() => Promise.resolve());
  const onProblem = vi.fn<(error: unknown) => void>();
  const onTold = vi.fn<() => void>();
  const turns = createNextTurns({
    conduit: () => Promise.resolve({ observe }),
    noticing,
    told,
    onProblem,
    onTold,
  });
  return { turns, told, observe, onProblem, onTold };
}

const settled = () => vi.runAllTimersAsync();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the class is told of the decision and the model that answered, once, and no word of it', async () => {
  const { turns, told, observe, onTold } = reading();
  turns.read(answered, 'That is wrong, my secret list is empty.');
  await settled();
  turns.read(answered, 'Thanks!');
  await settled();
  expect(observe.mock.calls).toEqual([['d1', 'strong', { kind: 'next-turn', turn: 'says-wrong' }]]);
  expect(onTold).toHaveBeenCalledOnce();
  expect([...told]).toEqual([['d1', new Set(['next-turn'])]]);
});

test('code of the answer makes an error one of it', async () => {
  const { turns, observe } = reading();
  turns.read(answered, 'TypeError: xs is undefined');
  turns.read(
    { ...answered, by: { ...by, decisionId: 'd2' }, answer: 'Use sorted.' },
    'TypeError: xs is undefined',
  );
  await settled();
  expect(observe.mock.calls.map(([, , signal]) => signal)).toEqual([
    { kind: 'next-turn', turn: 'pastes-error' },
    { kind: 'next-turn', turn: 'goes-on' },
  ]);
});

test('nothing is told of what can’t be told, nor where it may not be noticed; then it isn’t asked for in vain', async () => {
  const may = vi.fn(() => false);
  const { turns, told, observe } = reading(may);
  turns.read(answered, 'That is wrong.');
  await settled();
  expect(may).toHaveBeenCalledOnce();
  may.mockReturnValue(true);
  turns.read(answered, '???');
  await settled();
  expect(observe).not.toHaveBeenCalled();
  expect(told.size).toBe(0);
});

test('what could not be recorded is a problem, and told by the next turn', async () => {
  const { turns, observe, onProblem, onTold } = reading();
  const full = new Error('the disk is full');
  observe.mockRejectedValueOnce(full);
  turns.read(answered, 'That is wrong.');
  await settled();
  expect(onProblem).toHaveBeenCalledExactlyOnceWith(full);
  expect(onTold).not.toHaveBeenCalled();
  turns.read(answered, 'That is still wrong.');
  await settled();
  expect(observe).toHaveBeenCalledTimes(2);
});
