import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalLoss, valueOfDuel, valueOfOutcome } from '../../../src/core/routing/value-of-outcome';
import type { Candidate } from '../../../src/core/terms/decision';
import { seededRandom } from '../seeded-random';

/** A candidate whose utility, as the balanced preset has it, is .7 × (quality + bonus) less `costs`. */
function candidate(
  deploymentId: string,
  quality01: number,
  { bonus = 0.1, weight = 4, outcomes = 0, costs = 0, risk01 = 0 } = {},
): Candidate {
  return {
    deploymentId,
    quality01,
    bonus,
    before: { quality01, weight },
    outcomes,
    costUsd: 0.001,
    latencyMs: 900,
    ...(risk01 > 0 && { risk01 }),
    utility: 0.7 * (1 - risk01) * (quality01 + bonus) - costs,
    probability: 0.5,
  };
}

const valueOf = (candidates: readonly Candidate[], id = 'a'): number =>
  valueOfOutcome({ candidates, preset: 'balanced' }, id);

describe('the loss of a standard normal', () => {
  test.each([
    // f(−x) = φ(x) − x·(1 − Φ(x)), from tables of both.
    [0, 0.3989423],
    [0.5, 0.1977966],
    [1, 0.0833155],
    [2, 0.0084907],
    [3, 0.0003822],
  ])('at %s is %s', (x, loss) => {
    expect(normalLoss(x)).toBeCloseTo(loss, 6);
  });
});

describe('what one more outcome is worth', () => {
  test('is what the formula of Frazier, Powell and Dayanik gives, as many draws have it', () => {
    const candidates = [
      candidate('a', 0.7, { weight: 3, outcomes: 2 }),
      candidate('b', 0.72, { costs: 0.02 }),
    ];
    const random = seededRandom(5);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const step = (0.7 * 0.45) / Math.sqrt(5 * 6);
    const [own, other] = [0.7 * 0.7, 0.7 * 0.72 - 0.02];
    let sum = 0;
    const draws = 200_000;
    for (let draw = 0; draw < draws; draw += 1)
      sum += Math.max(own + step * normal(), other) - Math.max(own, other);
    // Five standard errors of the draws.
    expect(Math.abs(valueOf(candidates) - sum / draws)).toBeLessThan((5 * step) / Math.sqrt(draws));
  });

  test('falls with what is known already, and with the distance to the next best, on either side', () => {
    const better = (quality01: number, outcomes: number): number =>
      valueOf([candidate('a', quality01, { outcomes }), candidate('b', 0.7)]);
    expect(better(0.7, 0)).toBeGreaterThan(better(0.7, 10));
    expect(better(0.7, 10)).toBeGreaterThan(better(0.7, 100));
    expect(better(0.7, 0)).toBeGreaterThan(better(0.8, 0));
    expect(better(0.8, 0)).toBeCloseTo(better(0.6, 0), 10);
  });

  test('goes by what an arm is expected to be, not by the bonus that it was chosen with', () => {
    const others = [candidate('b', 0.7)];
    const plain = valueOf([candidate('a', 0.7, { bonus: 0 }), ...others]);
    expect(valueOf([candidate('a', 0.7, { bonus: 0.5 }), ...others])).toBeCloseTo(plain, 12);
  });

  test('an answer that may not come is worth less to know of', () => {
    const b = candidate('b', 0.35);
    expect(valueOf([candidate('a', 0.7, { risk01: 0.5 }), b])).toBeLessThan(
      valueOf([candidate('a', 0.35), b]),
    );
  });

  test('is nothing where there was no choice, or nobody kept what was believed', () => {
    expect(valueOf([candidate('a', 0.7)])).toBe(0);
    expect(valueOf([candidate('a', 0.7), candidate('b', 0.7)], 'gone')).toBe(0);
    const { before: _, ...old } = candidate('a', 0.7);
    expect(valueOf([old, candidate('b', 0.7)])).toBe(0);
    const candidates = [candidate('a', 0.7), candidate('b', 0.7)];
    expect(valueOfOutcome({ candidates, preset: 'of a later version' }, 'a')).toBe(0);
  });

  test('is never below nothing, nor above what the outcome can move', () => {
    const arm = fc.record({
      quality01: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.double({ min: 0.01, max: 200, noNaN: true }),
      outcomes: fc.double({ min: 0, max: 500, noNaN: true }),
      costs: fc.double({ min: 0, max: 0.3, noNaN: true }),
    });
    fc.assert(
      fc.property(arm, fc.array(arm, { minLength: 1, maxLength: 6 }), (own, others) => {
        const candidates = [own, ...others].map(({ quality01, ...rest }, index) =>
          candidate(index === 0 ? 'a' : `b${String(index)}`, quality01, rest),
        );
        const known = own.weight + own.outcomes;
        const value = valueOf(candidates);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual((0.4 * 0.7 * 0.45) / Math.sqrt(known * (known + 1)));
      }),
    );
  });
});

describe('what a duel is worth', () => {
  const duelOf = (candidates: readonly Candidate[], id = 'a') =>
    valueOfDuel({ candidates, preset: 'balanced' }, id);

  test('is more than a rating of one alone, against the best of the others', () => {
    const candidates = [candidate('a', 0.7), candidate('b', 0.71), candidate('c', 0.5)];
    const duel = duelOf(candidates);
    expect(duel?.rivalId).toBe('b');
    expect(duel?.value).toBeGreaterThan(valueOf(candidates));
  });

  test('there is none where the second is not close, or there is no second', () => {
    expect(
      duelOf([candidate('a', 0.9, { weight: 50 }), candidate('b', 0.6, { weight: 50 })]),
    ).toBeUndefined();
    expect(duelOf([candidate('a', 0.9)])).toBeUndefined();
  });
});
