import { describe, expect, test } from 'vitest';
import type { TurnMetadata } from '../../../src/editor/participant/participant-history';
import { pastOf } from '../../../src/editor/participant/participant-history';

/** The editor keeps nothing of a conversation for a participant but what it put into its answers. */

const turn = (question: string, answer: string, change: Partial<TurnMetadata> = {}): TurnMetadata => ({
  conversationId: 'c',
  question,
  answer,
  decisionId: `decision of ${answer}`,
  deploymentId: 'mini',
  pool: 'gpt',
  ...change,
});
const messages = (...texts: readonly string[]) =>
  texts.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', text }));

test('the conversation is that of the turns, in the words that were sent and that came', () => {
  const past = pastOf([turn('a', 'b'), turn('c', 'd')]);
  expect(past.conversationId).toBe('c');
  expect(past.messages).toEqual(messages('a', 'b', 'c', 'd'));
  expect(past.last).toEqual({
    question: 'c',
    before: messages('a', 'b'),
    pool: 'gpt',
    answers: [{ decisionId: 'decision of d', deploymentId: 'mini' }],
  });
});

test('turns without an answer, of others, and of an older shape are left out', () => {
  const none = { decisionId: undefined, deploymentId: undefined };
  const past = pastOf([undefined, turn('a', 'b'), { vendor: 'x' }, turn('c', '', none)]);
  expect(past.messages).toEqual(messages('a', 'b'));
  expect(past.last).toMatchObject({ question: 'c', before: messages('a', 'b'), answers: [] });
  expect(pastOf([{ conversationId: 1 }])).toEqual({
    conversationId: undefined,
    lockedTo: undefined,
    messages: [],
    last: undefined,
  });
});

describe('another answer to the same question', () => {
  const again = { again: true } as const;

  test('takes the place of the one before', () => {
    const past = pastOf([
      turn('a', 'b'),
      turn('c', 'd'),
      turn('c', 'e', { ...again, deploymentId: 'big' }),
      turn('f', 'g'),
    ]);
    expect(past.messages).toEqual(messages('a', 'b', 'c', 'e', 'f', 'g'));
  });

  test('leaves it where none came, and all who answered are known', () => {
    const past = pastOf([turn('c', 'd'), turn('c', '', { ...again, deploymentId: 'big' })]);
    expect(past.messages).toEqual(messages('c', 'd'));
    expect(past.last?.answers.map(({ deploymentId }) => deploymentId)).toEqual(['mini', 'big']);
  });

  test('of a question that the user went back behind is a question', () => {
    expect(pastOf([turn('c', 'd', again)]).messages).toEqual(messages('c', 'd'));
  });
});

test('a lock holds as long as the last turn says so, and asks nothing', () => {
  const lockedTo = { pool: 'gpt', deploymentId: 'mini' };
  const locking: TurnMetadata = { conversationId: 'c', question: '', answer: '', lockedTo };
  const unlocking: TurnMetadata = { conversationId: 'c', question: '', answer: '' };
  const locked = pastOf([turn('a', 'b'), locking]);
  expect(locked.lockedTo).toEqual(lockedTo);
  expect(locked.messages).toEqual(messages('a', 'b'));
  expect(locked.last?.question).toBe('a');
  expect(pastOf([turn('a', 'b'), locking, unlocking]).lockedTo).toBeUndefined();
});

describe('the answer that the next question may say something of', () => {
  const whole = { whole: true, words: 'c, in my words' } as const;
  const by = (answer: string) => ({ decisionId: `decision of ${answer}`, deploymentId: 'mini' });

  test('is the last one, with the user’s own words before it', () => {
    const past = pastOf([turn('a', 'b', whole), turn('c', 'd', whole)]);
    expect(past.last?.given).toEqual({ by: by('d'), question: whole.words, answer: 'd' });
  });

  test('is the one that took its place', () => {
    const past = pastOf([turn('c', 'd', whole), turn('c', 'e', { ...whole, again: true })]);
    expect(past.last?.given).toEqual({ by: by('e'), question: whole.words, answer: 'e' });
  });

  test('is none that did not come whole, and not the one before it', () => {
    expect(pastOf([turn('a', 'b', whole), turn('c', 'd')]).last?.given).toBeUndefined();
    expect(pastOf([turn('c', 'd', whole), turn('c', '', { again: true })]).last?.given).toBeUndefined();
  });

  test('of an older version has no words to compare with', () => {
    expect(pastOf([turn('c', 'd', { whole: true })]).last?.given?.question).toBe('');
  });
});
