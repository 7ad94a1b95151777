import { expect, test } from 'vitest';
import { outcomeOf } from '../../src/text/commit-outcome';

const proposed = 'Add the tool loop\n\nA loop stays with its model.';

test.each([
  ['accepted', proposed],
  ['accepted', `${proposed}\n`],
  ['accepted', `${proposed}\n\nSigned-off-by: Ada <ada@example.com>\nChange-Id: I123\n`],
  ['changed', `${proposed}\n\nAnd more of it.`],
  ['changed', 'Add the tool loop'],
  ['changed', 'Add the tool loop of agents\n\nA loop stays with its model.'],
  ['rejected', 'Release 1.2'],
  ['rejected', ''],
] as const)('%s', (outcome, committed) => {
  expect(outcomeOf(proposed, committed)).toBe(outcome);
});

test('a word counts as often as it is left', () => {
  expect(outcomeOf('a a a a', 'a b')).toBe('rejected');
  expect(outcomeOf('a a a a', 'a a b')).toBe('changed');
});
