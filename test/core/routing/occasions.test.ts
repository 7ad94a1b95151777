import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart, createOccasions, longest } from '../../../src/core/routing/occasions';
import { seededRandom } from '../seeded-random';

/** The numbers of the answers, from 0, at which something is asked. */
function askedAt(values: readonly number[], before = 0): readonly number[] {
  const occasions = createOccasions(before);
  return values.flatMap((value, index) => (occasions.take('gpt', value, true) ? [index] : []));
}

function draws(count: number, seed: number, drift = 0): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => Math.max(0, random() * (1 + (drift * index) / count)));
}

test.each([
  ['alike', draws(5_000, 1)],
  ['rising', draws(5_000, 2, 9)],
  ['falling', draws(5_000, 3, -0.9)],
  ['all the same', Array.from({ length: 5_000 }, () => 0.01)],
])('over 5,000 answers at most one in twenty is asked about, where their values are %s', (_, values) => {
  const asked = askedAt(values);
  expect(asked.length).toBeLessThanOrEqual(values.length / apart);
  // Nor is it hardly ever asked.
  expect(asked.length).toBeGreaterThan(values.length / 60);
  for (const [index, at] of asked.entries())
    expect(at - (asked[index - 1] ?? -1)).toBeGreaterThanOrEqual(apart);
});

test('those that are asked about are worth more than most', () => {
  const values = draws(5_000, 7);
  const asked = askedAt(values);
  const mean = asked.reduce((sum, at) => sum + (values[at] ?? 0), 0) / asked.length;
  expect(mean).toBeGreaterThan(0.9);
});

test('where each answer is worth less than those before, as what is learnt makes it, something is asked all the same', () => {
  const values = Array.from({ length: 600 }, (_, index) => 1 / (1 + index));
  const asked = askedAt(values);
  for (const [index, at] of asked.entries())
    expect(at - (asked[index - 1] ?? -1)).toBeLessThanOrEqual(longest);
  expect(asked.length).toBeGreaterThanOrEqual(600 / longest);
});

test('the same answers give the same occasions', () => {
  expect(askedAt(draws(500, 4))).toEqual(askedAt(draws(500, 4)));
});

test('any answers, in any order: never two within twenty, never at one that is worth nothing', () => {
  const values = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: -5, max: 100 }), (some, before) => {
      const asked = askedAt(some, before);
      for (const [index, at] of asked.entries()) {
        expect(some[at]).toBeGreaterThan(0);
        if (index > 0) expect(at - (asked[index - 1] ?? 0)).toBeGreaterThanOrEqual(apart);
      }
    }),
  );
});

test('an answer about which nothing may be asked counts as one that came', () => {
  const occasions = createOccasions(0);
  const values = draws(100, 5);
  for (const value of values) expect(occasions.take('gpt', value, false)).toBe(false);
  expect(occasions.waited).toBe(longest);
  expect(occasions.take('gpt', 1, true)).toBe(true);
  expect(occasions.waited).toBe(0);
});

test('another window goes on from where the first one was, and from what the ledger says', () => {
  const again = createOccasions(12);
  again.recall('gpt', draws(50, 6));
  expect(again.knows('gpt')).toBe(true);
  const asked = Array.from({ length: 8 }, () => again.take('gpt', 1, true));
  expect(asked).toEqual([false, false, false, false, false, false, false, true]);
  // A pool whose values nobody knows is not asked about.
  const unknown = createOccasions(apart);
  expect(unknown.take('other', 1, true)).toBe(false);
});
