import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/core/terms/preset';
import { costTerm01, latencyTerm01, medianOf, utilityFor } from '../../../src/core/routing/utility';

const positive = fc.double({ min: 0, max: 1e6, noNaN: true });

describe('utility', () => {
  it('puts costs and times on a scale of 0 to 1 that never falls', () => {
    for (const term of [costTerm01, latencyTerm01]) {
      fc.assert(
        fc.property(positive, positive, (a, b) => {
          expect(term(a)).toBeGreaterThanOrEqual(0);
          expect(term(a)).toBeLessThanOrEqual(1);
          expect(term(Math.max(a, b))).toBeGreaterThanOrEqual(term(Math.min(a, b)));
        }),
      );
    }
    expect(costTerm01(0)).toBe(0);
    expect(costTerm01(1)).toBe(1);
    expect(latencyTerm01(60_000)).toBe(1);
  });

  it('feels a 150-fold difference between costs of cents', () => {
    expect(costTerm01(0.015) - costTerm01(0.000_1)).toBeGreaterThan(0.4);
  });

  it('falls with cost and time, and rises with quality', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(presets)), positive, positive, (weights, usd, ms) => {
        const utility = utilityFor(weights);
        expect(utility(0.5, usd, ms)).toBeLessThanOrEqual(utility(0.5, 0, 0));
        expect(utility(0.6, usd, ms)).toBeGreaterThan(utility(0.5, usd, ms));
        expect(utility(0.5, undefined, undefined)).toBe(utility(0.5, 0, 0));
      }),
    );
  });

  it('takes the middle of what is known', () => {
    expect(medianOf([])).toBeUndefined();
    expect(medianOf([3])).toBe(3);
    expect(medianOf([4, 1, 2, 9])).toBe(3);
  });
});
