import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Random } from '../../src/core/terms/ports';
import { createSampler, leastProbability } from '../../src/judge/sampler';
import { seededRandom } from '../core/seeded-random';

/** What verdicts are worth, as routers live: much at first and less later, and now and then a new model. */
function valuesOf(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const early = Math.exp(-(index % 2_000) / 400);
    return random() < 0.2 ? 0 : (0.002 + 0.2 * early) * random() ** 3;
  });
}

describe('of 5,000 requests 10 % ± 1 are taken', () => {
  const kinds: readonly (readonly [string, (random: Random) => readonly number[]])[] = [
    ['worth what verdicts are worth while a router learns', (random) => valuesOf(random, 5_000)],
    ['all worth the same', () => Array.from({ length: 5_000 }, () => 0.03)],
    ['worth nothing', () => Array.from({ length: 5_000 }, () => 0)],
    [
      'worth a thousand times as much from the middle on',
      (random) => Array.from({ length: 5_000 }, (_, index) => (index < 2_500 ? 1e-4 : 0.1) * random()),
    ],
  ];
  test.each(kinds)('%s', (_what, make) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = seededRandom(seed);
      const sampler = createSampler(0.1, random);
      const draws = make(seededRandom(100 + seed)).map((value) => sampler.draw(value));
      const share = draws.filter(({ taken }) => taken).length / draws.length;
      expect(share).toBeGreaterThanOrEqual(0.09);
      expect(share).toBeLessThanOrEqual(0.11);
    }
  });
});

test('no answer has less than .02, and none more than 1, whatever it is worth', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.02, max: 1, noNaN: true }),
      fc.array(fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(0, Infinity, Number.NaN)), {
        minLength: 1,
      }),
      fc.integer(),
      (rate, values, seed) => {
        const sampler = createSampler(rate, seededRandom(seed));
        for (const value of values) {
          const { probability } = sampler.draw(value);
          expect(probability).toBeGreaterThanOrEqual(leastProbability);
          expect(probability).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

test('the probability is told before the draw: it is that of the draw', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      fc.integer(),
      (values, seed) => {
        const last = values.at(-1) ?? 0;
        const after = (random: Random): number => {
          const history = seededRandom(seed);
          let asked = 0;
          const sampler = createSampler(0.1, () => (++asked < values.length ? history() : random()));
          for (const value of values.slice(0, -1)) sampler.draw(value);
          const { probability, taken } = sampler.draw(last);
          expect(taken).toBe(random() < probability);
          return probability;
        };
        expect(after(() => 0)).toBe(after(() => 0.999_999));
      },
    ),
  );
});

test('answers of which a verdict tells more are taken more often, in proportion', () => {
  const sampler = createSampler(0.1, seededRandom(3));
  const random = seededRandom(4);
  const taken = { little: 0, much: 0 };
  const probabilities = { little: 0, much: 0 };
  for (let index = 0; index < 20_000; index += 1) {
    const kind = random() < 0.5 ? 'little' : 'much';
    const draw = sampler.draw(kind === 'much' ? 0.03 : 0.01);
    taken[kind] += draw.taken ? 1 : 0;
    probabilities[kind] += draw.probability;
  }
  expect(probabilities.much / probabilities.little).toBeGreaterThan(2.6);
  expect(probabilities.much / probabilities.little).toBeLessThan(3.4);
  expect(taken.much / taken.little).toBeGreaterThan(2.2);
});

test('weighting by 1/p gives the mean of all answers from those that were taken', () => {
  const random = seededRandom(5);
  const sampler = createSampler(0.1, seededRandom(6));
  const sums = { all: 0, weighted: 0 };
  for (let index = 0; index < 50_000; index += 1) {
    const value = random() ** 2;
    const outcome = random() < value ? 1 : 0;
    const { probability, taken } = sampler.draw(value);
    sums.all += outcome;
    if (taken) sums.weighted += outcome / probability;
  }
  expect(sums.weighted / sums.all).toBeCloseTo(1, 1);
});

test('a rate of 1 takes them all', () => {
  const sampler = createSampler(1, seededRandom(1));
  for (const value of valuesOf(seededRandom(2), 500))
    expect(sampler.draw(value)).toEqual({ probability: 1, taken: true });
});
