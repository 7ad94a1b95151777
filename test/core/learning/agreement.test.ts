import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JudgedAnswer } from '../../../src/core/learning/agreement';
import { agreementPrior, createAgreement } from '../../../src/core/learning/agreement';
import { differenceOfBetas } from '../../../src/core/learning/beta-sums';
import { seededRandom, shuffled } from '../seeded-random';

function told(score01: number, thumb: 'up' | 'down' | undefined, judge = 'j'): JudgedAnswer {
  return { judge, score01, thumb };
}

/** So many answers of each kind: called good and bad, rated up and down. */
function agreementOf({ upGood = 0, upBad = 0, downGood = 0, downBad = 0 }) {
  const agreement = createAgreement();
  const add = (count: number, score: number, thumb: 'up' | 'down'): void => {
    for (let index = 0; index < count; index += 1) agreement.amend(undefined, told(score, thumb));
  };
  add(upGood, 0.9, 'up');
  add(upBad, 0.2, 'up');
  add(downGood, 0.8, 'down');
  add(downBad, 0.1, 'down');
  return agreement;
}

describe('the index', () => {
  test.each([
    ['no pair', {}, false],
    ['29 pairs', { upGood: 15, downBad: 14 }, false],
    ['30 pairs', { upGood: 15, downBad: 15 }, true],
    ['100 pairs with 7 of a thumb', { upGood: 93, downBad: 7 }, false],
    ['30 pairs with 8 of a thumb', { upGood: 20, upBad: 2, downGood: 4, downBad: 4 }, true],
  ])('of %s is known: %j %s', (_what, counts, known) => {
    expect(agreementOf(counts).shown('j').youden !== undefined).toBe(known);
  });

  test('is the mean of its posterior, with an interval that holds 95 % of it', () => {
    const counts = { upGood: 40, upBad: 8, downGood: 6, downBad: 14 };
    const { youden } = agreementOf(counts).shown('j');
    const random = seededRandom(11);
    const { right, wrong } = agreementPrior;
    const draws = Array.from(
      { length: 20_000 },
      () =>
        betaDraw(right + counts.upGood, wrong + counts.upBad, random) +
        betaDraw(right + counts.downBad, wrong + counts.downGood, random) -
        1,
    ).toSorted((a, b) => a - b);
    expect(youden?.mean).toBeCloseTo(draws.reduce((sum, each) => sum + each, 0) / draws.length, 2);
    expect(youden?.low).toBeCloseTo(draws[500] ?? NaN, 1);
    expect(youden?.high).toBeCloseTo(draws[19_500] ?? NaN, 1);
    expect(Math.abs((youden?.low ?? 0) - (draws[500] ?? 0))).toBeLessThan(0.015);
    expect(Math.abs((youden?.high ?? 0) - (draws[19_500] ?? 0))).toBeLessThan(0.015);
  });
});

/** The k-th smallest of n uniform numbers is Beta(k, n + 1 − k). */
function betaDraw(a: number, b: number, random: () => number): number {
  const uniform = Array.from({ length: a + b - 1 }, random).toSorted((x, y) => x - y);
  return uniform[a - 1] ?? NaN;
}

test('quantiles of the difference of two uniform variables are those of the triangle', () => {
  const quantile = differenceOfBetas({ a: 1, b: 1 }, { a: 1, b: 1 });
  for (const share of [0.025, 0.1, 0.5, 0.9, 0.975]) {
    const exact = share < 0.5 ? Math.sqrt(2 * share) - 1 : 1 - Math.sqrt(2 * (1 - share));
    expect(Math.abs(quantile(share) - exact)).toBeLessThan(0.003);
  }
});

describe('the factor of a judge’s weight', () => {
  test('is 1 while nothing is known but the prior', () => {
    expect(createAgreement().factor01('j')).toBe(1);
    const agreement = createAgreement();
    for (const score of [0.1, 0.9, 0.4]) agreement.amend(undefined, told(score, undefined));
    expect(agreement.factor01('j')).toBe(1);
  });

  test('falls as it disagrees, reaches 0 for one that tells nothing or the contrary, and never passes 1', () => {
    const factor = (counts: object): number => agreementOf(counts).factor01('j');
    expect(factor({ upGood: 50, downBad: 50 })).toBe(1);
    const noisy = factor({ upGood: 30, upBad: 20, downGood: 20, downBad: 30 });
    expect(noisy).toBeGreaterThan(0.2);
    expect(noisy).toBeLessThan(0.7);
    expect(factor({ upGood: 500, upBad: 500, downGood: 500, downBad: 500 })).toBeLessThan(0.02);
    expect(factor({ upGood: 10, upBad: 40, downGood: 40, downBad: 10 })).toBe(0);
  });

  test('is 0 for a judge that always says the same', () => {
    const always = createAgreement();
    for (let index = 0; index < 29; index += 1) always.amend(undefined, told(0.8, undefined));
    expect(always.factor01('j')).toBe(1);
    always.amend(undefined, told(0.8, undefined));
    expect(always.factor01('j')).toBe(0);
    expect(always.shown('j').alwaysSame).toBe(true);
    // One that differs shows that it can tell them apart.
    always.amend(undefined, told(0.2, undefined));
    expect(always.factor01('j')).toBe(1);
  });

  test.each(['good', 'bad'])('is 0 for one that calls all rated answers %s', (name) => {
    const agreement = createAgreement();
    const random = seededRandom(2);
    for (let index = 0; index < 8; index += 1)
      for (const thumb of ['up', 'down'] as const)
        agreement.amend(undefined, told(name === 'good' ? 0.5 + random() / 2 : random() * 0.49, thumb));
    expect(agreement.factor01('j')).toBe(0);
  });
});

test('any order of amendments, and any that are taken back, give the same', () => {
  const answer = fc.record({
    judge: fc.constantFrom('j', 'k'),
    score01: fc.double({ min: 0, max: 1, noNaN: true }),
    thumb: fc.constantFrom('up' as const, 'down' as const, undefined),
  });
  fc.assert(
    fc.property(fc.array(answer), fc.array(answer), fc.integer(), (kept, taken, seed) => {
      const one = createAgreement();
      for (const each of kept) one.amend(undefined, each);
      const two = createAgreement();
      for (const each of taken) two.amend(undefined, each);
      for (const each of shuffled(kept, seededRandom(seed))) two.amend(undefined, each);
      for (const each of shuffled(taken, seededRandom(seed + 1))) two.amend(each, undefined);
      for (const judge of ['j', 'k']) {
        expect(two.shown(judge)).toEqual(one.shown(judge));
        expect(two.factor01(judge)).toBe(one.factor01(judge));
      }
    }),
  );
});
