import { expect, test } from 'vitest';
import type { AnswerEnd } from '../../../src/editor/answers/answer-facts';
import { errorOf } from '../../../src/editor/answers/answer-texts';
import { attemptWith } from '../../core/samples';

const failure = { reason: 'server-error', detail: 'Overloaded.', status: 500 } as const;
const failed: AnswerEnd = { type: 'failed', attempt: { deploymentId: 'mini' }, failure, partial: false };

test('a failure says what happened and what can be done', () => {
  expect(errorOf(failed)).toEqual({
    text: 'mini failed (server error): Overloaded. Retry.',
    actions: ['retry', 'show-log'],
  });
});

test('a failure in the middle says what became of the part that came, in the surface’s own words', () => {
  const partial = { ...failed, partial: true };
  expect(errorOf(partial)?.text).toBe(
    'mini failed (server error): Overloaded. What arrived so far stands above. Retry.',
  );
  expect(errorOf(partial, 'Nothing was changed.')?.text).toBe(
    'mini failed (server error): Overloaded. Nothing was changed. Retry.',
  );
});

test('where nobody could answer nothing was sent, and what threw is told as it is', () => {
  expect(errorOf({ type: 'no-model', pool: 'gpt', excluded: [] })?.text).toContain('Nothing was sent.');
  expect(errorOf({ type: 'broken', detail: 'conduit.db is locked' })).toEqual({
    text: 'conduit.db is locked',
    actions: ['retry', 'show-log'],
  });
});

test('an answer that came whole, or was stopped, is no error', () => {
  expect(errorOf({ type: 'finished', attempt: attemptWith(), truncated: true })).toBeUndefined();
  expect(errorOf({ type: 'stopped' })).toBeUndefined();
});
