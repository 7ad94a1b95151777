import { beforeEach, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { parseSaved, textOfSaved } from '../../../src/editor/chat/conversation-file';
import { attemptWith } from '../../core/samples';
import {
  target,
  decided,
  failure,
  question,
  ended,
  strongAnswer,
  weakAnswer,
  asked,
} from './conversation-stage';

beforeEach(() => {
  target.current = { pool: 'default' };
});

test('regenerating asks the same of the other models, and keeps the answer of before', async () => {
  const { conversation, requests, id } = await asked(strongAnswer, weakAnswer);
  expect(conversation.redo(id)).toBe(true);
  await ended(conversation);
  expect(requests[1]).toMatchObject({ messages: requests[0]?.messages, avoid: ['strong'] });
  expect(conversation.part().turns).toMatchObject([
    { id, answer: 'W', decisionId: 'd2', earlier: [{ answer: 'S', line: { model: 'strong' } }] },
  ]);
});

test('another model is asked where the user picks one, of another pool too', async () => {
  const { conversation, requests, id } = await asked(strongAnswer, weakAnswer);
  conversation.redo(id, { pool: 'fast', deploymentId: 'weak' });
  await ended(conversation);
  expect(requests[1]).toMatchObject({ pool: 'fast', only: 'weak' });
  expect(requests[1]?.avoid).toBeUndefined();
});

test('a conversation that is locked asks only its model, again too; a duel is with another', async () => {
  target.current = { pool: 'default', only: 'strong' };
  const { conversation, requests, id } = await asked(strongAnswer, strongAnswer, weakAnswer);
  conversation.redo(id);
  await ended(conversation);
  conversation.duel(id);
  await ended(conversation);
  expect(requests.map(({ only }) => only)).toEqual(['strong', 'strong', undefined]);
  expect(requests[2]?.avoid).toEqual(['strong']);
});

test('only the last question can be asked again in place, and not while an answer is under way', async () => {
  const { conversation, requests, id } = await asked(strongAnswer, weakAnswer);
  conversation.ask(question('And?'));
  expect(conversation.redo(conversation.part().turns[1]?.id ?? '')).toBe(false);
  await ended(conversation);
  expect([conversation.redo(id), conversation.duel(id), conversation.redo('none')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(requests).toHaveLength(2);
});

test.each([
  ['the second', 'd2', { answer: 'Weak', decisionId: 'd2' }, 'S'],
  ['the first', 'd1', { answer: 'S', decisionId: 'd1' }, 'Weak'],
] as const)('a duel that %s wins is evidence on both, and the other one stays to be read', async (...row) => {
  const [, better, winner, other] = row;
  const spelt = [weakAnswer[0], weakAnswer[1], { type: 'text', text: 'eak' }, weakAnswer[2]] as const;
  const { conversation, posted, compare, id } = await asked(strongAnswer, spelt);
  expect(conversation.duel(id)).toBe(true);
  await ended(conversation);
  expect(conversation.part().turns).toMatchObject([
    { answer: 'S', rival: { answer: 'Weak', status: 'done' } },
  ]);
  const rivalId = conversation.part().turns[0]?.rival?.id;
  expect(posted).toContainEqual({ type: 'delta', turnId: rivalId, text: 'eak' });

  await conversation.prefer(id, better);
  const arms = { d1: 'strong', d2: 'weak' };
  const loser = better === 'd1' ? 'd2' : 'd1';
  expect(compare.mock.calls).toEqual([
    [
      { decisionId: better, deploymentId: arms[better] },
      { decisionId: loser, deploymentId: arms[loser] },
    ],
  ]);
  const [turn] = conversation.part().turns;
  expect(turn).toMatchObject({ id, ...winner, earlier: [{ answer: other }] });
  expect(turn?.rival).toBeUndefined();
  await conversation.prefer(id, better);
  expect(compare).toHaveBeenCalledTimes(1);
});

test('of a double click one comparison is recorded, and an answer that is asked for meanwhile stands', async () => {
  const { conversation, compare, id } = await asked(strongAnswer, weakAnswer, strongAnswer);
  conversation.duel(id);
  await ended(conversation);
  const clicks = [conversation.prefer(id, 'd2'), conversation.prefer(id, 'd2')];
  expect(conversation.redo(id)).toBe(true);
  await Promise.all(clicks);
  await ended(conversation);
  expect(compare).toHaveBeenCalledTimes(1);
  expect(conversation.part().turns).toMatchObject([
    { id, answer: 'S', earlier: [{ answer: 'S' }, { answer: 'W' }] },
  ]);
});

test('a choice that could not be recorded can be made again', async () => {
  const { conversation, compare, id } = await asked(strongAnswer, weakAnswer);
  conversation.duel(id);
  await ended(conversation);
  compare.mockRejectedValueOnce(new Error('conduit.db is locked'));
  await expect(conversation.prefer(id, 'd2')).rejects.toThrow('locked');
  await conversation.prefer(id, 'd2');
  expect(conversation.part().turns).toMatchObject([{ answer: 'W' }]);
});

test('an answer that broke off stays to be read when it is asked for again', async () => {
  const brokenOff: AnswerEvent = {
    type: 'failed',
    attempt: attemptWith({ decisionId: 'd1', deploymentId: 'strong', outcome: 'failed', failure }),
    failure,
    partial: true,
  };
  const { conversation, id } = await asked([decided, { type: 'text', text: 'Half' }, brokenOff], weakAnswer);
  expect(conversation.retry(id)).toBe(true);
  await ended(conversation);
  expect(conversation.part().turns).toMatchObject([{ answer: 'W', earlier: [{ answer: 'Half' }] }]);
});

test('each answer of a duel can be rated, and a duel survives a reload', async () => {
  const { conversation, rate, id } = await asked(strongAnswer, weakAnswer);
  conversation.duel(id);
  await ended(conversation);
  await conversation.rate('d2', 'up');
  expect(rate).toHaveBeenLastCalledWith('d2', 'weak', 'up', undefined);
  const saved = parseSaved(textOfSaved({ id: 'c', revision: '', updatedMs: 0, turns: conversation.saved() }));
  expect(saved?.turns).toMatchObject([
    {
      answer: { facts: { by: { deploymentId: 'strong' } } },
      rival: { facts: { by: { deploymentId: 'weak' } }, thumb: 'up' },
    },
  ]);
  expect(saved?.turns).toEqual(conversation.saved());
});
