import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { preferenceIn, verdictIn } from '../../src/judge/verdict';

describe('a verdict is read', () => {
  test.each([
    ['as it was asked for', '{"score": 7, "reason": "incomplete"}'],
    ['with words around it', 'Here it is:\n{"score": 7, "reason": "incomplete"}\nDone.'],
    ['in a fence', '```json\n{ "score": 7,\n  "reason": "incomplete" }\n```'],
    ['with a score in words', '{"score": "7/10", "reason": "Incomplete"}'],
    ['said twice', '{"score": 7, "reason": "incomplete"} {"score": 7, "reason": "incomplete"}'],
    ['beside other objects', '{"thought": "fine"} {"score": 7, "reason": "incomplete", "more": 1}'],
  ])('%s', (_how, reply) => {
    expect(verdictIn(reply)).toEqual({ quality01: 0.7, reason: 'incomplete' });
  });

  test('without a reason that is known, or with none', () => {
    expect(verdictIn('{"score": 0, "reason": "awful"}')).toEqual({ quality01: 0, reason: 'other' });
    expect(verdictIn('{"score": 10}')).toEqual({ quality01: 1, reason: 'other' });
  });
});

test.each([
  '',
  '7',
  'Score: 7',
  '{"score": 11, "reason": "good"}',
  '{"score": -1, "reason": "good"}',
  '{"score": null, "reason": "good"}',
  '{"score": true}',
  '{"score": [7]}',
  '{"quality": 7}',
  '{"score": 7',
  '{"score": 1, "reason": "wrong"}\n{"score": 10, "reason": "good"}',
  '[7, "good"]',
])('none is made of %j', (reply) => {
  expect(verdictIn(reply)).toBeUndefined();
});

test('a preference likewise', () => {
  expect(preferenceIn('{"better": "A", "reason": "wrong"}')).toEqual({ better: 'A', reason: 'wrong' });
  expect(preferenceIn('{"better": "Tie", "reason": "good"}')).toEqual({ better: 'tie', reason: 'good' });
  for (const reply of ['A', '{"better": "C"}', '{"better": "A"} {"better": "B"}'])
    expect(preferenceIn(reply)).toBeUndefined();
});

test('no reply throws, and what is read is in range', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('{', '}', '"score"', ':', '7', ',', '"reason"', '"good"', '{"score": 3}', '\u0000'),
  );
  fc.assert(
    fc.property(fc.array(piece), (parts) => {
      const found = verdictIn(parts.join(''));
      expect(found === undefined || (found.quality01 >= 0 && found.quality01 <= 1)).toBe(true);
      preferenceIn(parts.join(''));
    }),
  );
});
