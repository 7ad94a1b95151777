import { expect, test } from 'vitest';
import type { AbilityOrigin } from '../../../src/core/terms/ability';
import { abilityOrigins } from '../../../src/core/terms/ability';
import type { Candidate } from '../../../src/core/terms/decision';
import { explanation } from '../../../src/editor/answers/answer-view';
import { decisionWith } from '../../core/samples';

test.each([
  [undefined, 'unknown'],
  [0, '$0'],
  [0.00001, 'under $0.0001'],
  [0.0012, 'about $0.0012'],
])('an expected cost of %s is %s in the table of candidates', (costUsd, cost) => {
  const decision = decisionWith();
  const candidates = decision.candidates.map((candidate) => ({ ...candidate, costUsd }));
  expect(explanation({ ...decision, candidates }).candidates[0]).toMatchObject({ cost });
});

test('what was expected beforehand has a column of its own, with whose word it is', () => {
  const decision = decisionWith();
  const before = { quality01: 0.7, weight: 9 };
  const shown = (change: Partial<Candidate>) =>
    explanation({ ...decision, candidates: decision.candidates.map((each) => ({ ...each, ...change })) })
      .candidates[0]?.expected;
  const knownFrom = (from: AbilityOrigin) => shown({ before, known: { ability: 0, from } });
  expect(abilityOrigins.map(knownFrom)).toEqual([
    '0.70 (figures)',
    '0.70 (family)',
    '0.70 (size)',
    '0.70 (price)',
    '0.70 (nothing known)',
  ]);
  expect(shown({ before })).toBe('0.70');
  expect(shown({ before, stated01: 0.7 })).toBe('0.70 (you)');
  expect(shown({})).toBeUndefined();
});

test('what was held against a model for its failures stands in the table of candidates', () => {
  const decision = decisionWith();
  const risky = decision.candidates.map((candidate) => ({ ...candidate, risk01: 0.123 }));
  expect(explanation({ ...decision, candidates: risky }).candidates[0]?.risk).toBe('12 %');
  expect(explanation(decision).candidates[0]).not.toHaveProperty('risk');
});
