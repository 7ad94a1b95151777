import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOfTurns, labelledTurns } from '../../bench/next-turns/labelled-turns';
import { certainOf, differenceOf, rateOf } from '../../bench/next-turns/rates';
import { withNextTurnTables } from '../../bench/next-turns/tables';

const document = path.resolve(import.meta.dirname, '../../docs/observations.md');

test('the tables of next turns say what is measured: else run this test with -u', async () => {
  await expect(withNextTurnTables(readFileSync(document, 'utf8'))).toMatchFileSnapshot(document);
});

test('the labelled turns are those that were frozen before there was a lexicon', () => {
  const turns = labelledTurns();
  expect(turns.length).toBe(428);
  expect(digestOfTurns()).toBe('480dc2f3e2422326');
  const languages = Map.groupBy(turns, ({ language }) => language);
  expect(languages.size).toBe(11);
  for (const each of languages.values()) {
    expect(each.length).toBeGreaterThanOrEqual(20);
    expect(each.some(({ good }) => good) && each.some(({ good }) => !good)).toBe(true);
  }
  // About one half each.
  const heldOut = turns.filter(({ half }) => half === 'held-out').length / turns.length;
  expect(Math.abs(heldOut - 0.5)).toBeLessThan(0.07);
});

/** Worked examples of the papers that the formulas are from. */
test('an interval of a share, and of the difference of two, are the published ones', () => {
  const rate = rateOf({ hits: 8, of: 10 });
  expect([rate.lower, rate.upper].map((each) => each.toFixed(4))).toEqual(['0.4902', '0.9433']);
  const difference = differenceOf({ hits: 56, of: 70 }, { hits: 48, of: 80 });
  expect(difference.value).toBeCloseTo(0.2);
  expect([difference.lower, difference.upper].map((each) => each.toFixed(4))).toEqual(['0.0524', '0.3339']);
});

test('what a difference surely is has its sign, is no more than it, and is nothing where it may be either way', () => {
  const count = fc
    .tuple(fc.nat(200), fc.integer({ min: 1, max: 200 }))
    .map(([hits, of]) => ({ hits: Math.min(hits, of), of }));
  fc.assert(
    fc.property(count, count, (one, other) => {
      const difference = differenceOf(one, other);
      const certain = certainOf(difference);
      expect(Math.abs(certain)).toBeLessThanOrEqual(Math.abs(difference.value) + 1e-12);
      expect(certain * difference.value).toBeGreaterThanOrEqual(0);
      expect(certainOf(differenceOf(other, one))).toBeCloseTo(-certain, 12);
    }),
  );
});
