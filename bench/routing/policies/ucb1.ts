import { benchmarkUtility } from '../reward';
import type { Policy } from './policy';

/**
 * UCB1 as printed (Auer, Cesa-Bianchi and Fischer, 2002) on the reward as a whole: each arm once, then
 * mean + c·√(ln N / n). What comes late isn't counted until it comes.
 */
export function ucb1Policy(c: number): Policy {
  return {
    name: `ucb1(c=${String(c)})`,
    start: ({ corpus, lambda }) => {
      const reward = benchmarkUtility(lambda, corpus.dearestMeanUsd);
      const pulls = corpus.models.map(() => 0);
      const sums = corpus.models.map(() => 0);
      let total = 0;
      return {
        choose: () => {
          const scores = pulls.map((n, arm) =>
            n === 0 ? Infinity : (sums[arm] ?? 0) / n + c * Math.sqrt(Math.log(total) / n),
          );
          return scores.indexOf(Math.max(...scores));
        },
        learn: (_, arm, { quality01, costUsd }) => {
          if (quality01 === undefined) return;
          total += 1;
          pulls[arm] = (pulls[arm] ?? 0) + 1;
          sums[arm] = (sums[arm] ?? 0) + reward(quality01, costUsd, undefined);
        },
      };
    },
  };
}

/** The widths that `ucb1-tuned` is the best of. */
export const ucb1Grid: readonly number[] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5];
