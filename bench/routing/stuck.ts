import type { Result } from './result';
import { median } from './statistics';
import { aligned, fixed } from './text-table';

/** A pass whose last 1,000 steps are so far below the median of the seeds is stuck. */
const farBelow = 0.03;

export interface StuckPasses {
  /** By reward less that of the best single model on the same rows: which rows came last doesn't count. */
  readonly overBestSingle: readonly number[];
  /** By reward alone. Of the best single model itself: what the luck of the rows does. */
  readonly reward: readonly number[];
}

/** Seeds of the passes that are stuck, by both measures. None where a measure isn't known. */
export function stuckPasses({ seeds, lastOverBestSingle, windows }: Result): StuckPasses {
  const below = (values: readonly number[]): readonly number[] => {
    const least = median(values) - farBelow;
    return seeds.filter((_, index) => (values[index] ?? Number.NaN) < least);
  };
  return { overBestSingle: below(lastOverBestSingle), reward: below(windows['last-1000'].perSeed) };
}

/** Plain text, a block for each λ: how many passes of each policy are stuck, and how they end. */
export function stuckTable(results: readonly Result[]): string {
  const header = ['last 1,000', 'stuck', 'by reward alone', 'over best single: median', 'worst', 'seeds'];
  const blocks = [...Map.groupBy(results, ({ lambda }) => lambda)].map(([lambda, group]) => {
    const rows = group.map((result) => {
      const { overBestSingle, reward } = stuckPasses(result);
      const of = ` of ${String(result.seeds.length)}`;
      return [
        result.policy,
        `${String(overBestSingle.length)}${of}`,
        `${String(reward.length)}${of}`,
        fixed(median(result.lastOverBestSingle), 4),
        fixed(Math.min(...result.lastOverBestSingle), 4),
        overBestSingle.join(' '),
      ];
    });
    const title = `λ = ${String(lambda)}: passes more than ${String(farBelow)} below the median of the seeds`;
    return `${title}\n${aligned([header, ...rows])}`;
  });
  return blocks.join('\n');
}
