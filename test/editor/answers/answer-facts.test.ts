import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { AnswerFacts } from '../../../src/editor/answers/answer-facts';
import { nothingYet, take } from '../../../src/editor/answers/answer-facts';
import { attemptWith, decisionWith } from '../../core/samples';

const failure = { reason: 'server-error', detail: 'Overloaded.', status: 500 } as const;
const decision = decisionWith({
  id: 'd',
  deploymentId: 'mini',
  prompt: 'What was asked',
  features: [0.25, 17.5],
});
const decided: AnswerEvent = { type: 'decided', decision };
const text: AnswerEvent = { type: 'text', text: 'Because.' };
const call: AnswerEvent = { type: 'tool-call', call: { id: '1', name: 'look', input: {} } };
const retrying: AnswerEvent = { type: 'retrying', deploymentId: 'mini', waitMs: 900, failure };
const fellBack: AnswerEvent = { type: 'fell-back', from: 'mini', to: 'strong', failure };
const lost: AnswerEvent = { type: 'not-recorded', detail: 'The disk is full.' };
const finished: AnswerEvent = { type: 'finished', attempt: attemptWith(), truncated: true };
const failed: AnswerEvent = { type: 'failed', attempt: attemptWith(), failure, partial: true };
const stopped: AnswerEvent = { type: 'stopped', attempt: attemptWith() };

const after = (...events: readonly AnswerEvent[]): AnswerFacts => events.reduce(take, nothingYet);

test('it belongs to the model that was chosen, after a fallback to the one that was asked instead', () => {
  expect(after(decided).by).toEqual({ decisionId: 'd', deploymentId: 'mini' });
  expect(after(decided, fellBack, text).by).toEqual({ decisionId: 'd', deploymentId: 'strong' });
});

describe('that a model is asked again', () => {
  test.each([
    ['is known until more becomes of it', [retrying], [retrying]],
    ['stays where the answer came of it', [retrying, text, finished], [retrying]],
    [
      'is replaced by its being asked once more',
      [retrying, { ...retrying, waitMs: 5_000 }],
      [{ ...retrying, waitMs: 5_000 }],
    ],
    ['is replaced by another one that is asked', [retrying, fellBack], [fellBack]],
    ['goes when it failed for good, and other notices stay', [lost, retrying, failed], [lost]],
    ['stays with what could not be recorded', [fellBack, retrying, lost], [fellBack, retrying, lost]],
  ] as const)('%s', (_what, events, notices) => {
    expect(after(decided, ...events).notices).toEqual(notices);
  });
});

test('tool calls come in order, and with none there is no list of them', () => {
  expect(
    after(decided, call, { ...call, call: { ...call.call, id: '2' } }).toolCalls?.map(({ id }) => id),
  ).toEqual(['1', '2']);
  expect(after(decided, text, finished)).not.toHaveProperty('toolCalls');
});

test('what was asked is no part of it, nor the numbers that describe it, nor how many tokens it took', () => {
  const known = JSON.stringify(after(decided, text, finished));
  expect(known).not.toContain('What was asked');
  expect(known).not.toContain('17.5');
  expect(known).not.toContain('inputTokens":12,"outputTokens');
});

test('an answer ends as its last event says', () => {
  const { deploymentId, receipt } = attemptWith();
  const { cost, totalMs, servedModel } = receipt;
  const attempt = { deploymentId, receipt: { cost, totalMs, servedModel } };
  expect(after(decided, text).end).toBeUndefined();
  expect(after(decided, text, finished).end).toEqual({ type: 'finished', attempt, truncated: true });
  expect(after(decided, text, stopped).end).toEqual({ type: 'stopped', attempt });
  expect(after(decided, failed).end).toEqual({
    type: 'failed',
    attempt: { deploymentId },
    failure,
    partial: true,
  });
  const none = { type: 'no-model', pool: 'gpt', excluded: [] } as const;
  expect(after(none)).toEqual({ ...nothingYet, end: none });
});

test('the text is what the texts say, whatever comes between, and no event changes what was known before', () => {
  const events = fc.array(
    fc.oneof(
      fc.string().map((words): AnswerEvent => ({ type: 'text', text: words })),
      fc.constantFrom(decided, call, retrying, fellBack, lost, finished, failed, stopped),
    ),
  );
  fc.assert(
    fc.property(events, (all) => {
      let facts = nothingYet;
      for (const event of all) {
        const before = structuredClone(facts);
        const next = take(facts, event);
        expect(facts).toEqual(before);
        facts = next;
      }
      expect(facts.text).toBe(all.map((event) => (event.type === 'text' ? event.text : '')).join(''));
    }),
  );
});
