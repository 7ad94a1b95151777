import type { Policy } from '../../../src/core/bandit/policy';
import { at } from '../../../src/core/bandit/symmetric-matrix';
import type { Contestant } from './contestant';
import { perArmPolicy } from './per-arm-policy';
import { rewardedPolicy } from './rewarded-policy';

/**
 * UCB1 as printed (Auer, Cesa-Bianchi and Fischer, 2002): each arm once, then
 *
 *     mean + c·√(ln N / n)
 *
 * It reads no prompt, and what comes late isn't counted until it comes.
 */
export function createPrintedUcb1(c: number, size: number, saved?: string): Policy {
  return perArmPolicy(
    {
      name: `ucb1(c=${String(c)})`,
      size,
      fresh: () => ({ pulls: new Float64Array(1), sum: new Float64Array(1) }),
      take: ({ pulls, sum }, _x, { quality, weight }) => {
        pulls[0] = at(pulls, 0) + weight;
        sum[0] = at(sum, 0) + weight * quality;
      },
      estimate: (states) => {
        const total = states.reduce((all, { pulls }) => all + at(pulls, 0), 0);
        return states.map(({ pulls, sum }) => {
          const n = at(pulls, 0);
          if (n <= 0) return { quality01: 0, bonus: Infinity };
          return { quality01: at(sum, 0) / n, bonus: c * Math.sqrt(Math.log(Math.max(total, 1)) / n) };
        });
      },
    },
    saved,
  );
}

export function ucb1Contestant(c: number): Contestant {
  return rewardedPolicy(`ucb1(c=${String(c)})`, () => {
    const x = new Float64Array(1);
    return { policy: createPrintedUcb1(c, 1), vectorOf: () => x };
  });
}

/** The widths that `ucb1-tuned` is the best of. */
export const ucb1Grid: readonly number[] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5];
