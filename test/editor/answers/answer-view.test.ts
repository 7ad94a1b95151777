import { expect, test } from 'vitest';
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
