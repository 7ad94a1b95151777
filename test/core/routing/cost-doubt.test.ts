import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worthAt } from '../../../src/core/routing/cost-doubt';
import { utilityFor } from '../../../src/core/routing/utility';
import { presets } from '../../../src/core/terms/preset';

const utility = utilityFor(presets.balanced);
const sure = { deviation: 0, share01: 1 };

describe('a worth whose cost isn’t sure', () => {
  it('is the utility where it is', () => {
    expect(worthAt(utility, 0.01, 1_000, sure)(0.7)).toBeCloseTo(utility(0.7, 0.01, 1_000), 12);
    expect(worthAt(utility, 0.01, 1_000, undefined)(0.7)).toBe(utility(0.7, 0.01, 1_000));
  });

  it('keeps the mean of a straight utility, however wide the costs', () => {
    const straight = (quality: number, usd: number | undefined): number => quality - (usd ?? 0);
    expect(worthAt(straight, 2, undefined, { deviation: 1.3, share01: 1 })(1)).toBeCloseTo(-1, 12);
  });

  it('is higher where costs are unlike, since the dear ones count by their logarithm', () => {
    const unlike = { deviation: 1, share01: 1 };
    expect(worthAt(utility, 0.01, 0, unlike)(0.5)).toBeGreaterThan(worthAt(utility, 0.01, 0, sure)(0.5));
  });

  it('rises with quality, and with every bit that is less sure', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const cost = fc.double({ min: 1e-6, max: 2, noNaN: true });
    fc.assert(
      fc.property(cost, share, share, (usd, a, b) => {
        const at = (share01: number): ((quality: number) => number) =>
          worthAt(utility, usd, 500, { deviation: 0.6, share01 });
        expect(at(Math.min(a, b))(0.5)).toBeGreaterThanOrEqual(at(Math.max(a, b))(0.5));
        expect(at(a)(0.6)).toBeGreaterThan(at(a)(0.5));
      }),
    );
  });
});
