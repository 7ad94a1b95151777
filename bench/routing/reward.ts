import type { Utility } from '../../src/core/routing/utility';
import type { Corpus, CorpusRow } from './corpus';
import { mean } from './statistics';

/** What the corpora are scored by: quality − λ·min(1, cost / C). The extension's own utility has other units. */
export function benchmarkUtility(lambda: number, dearestMeanUsd: number): Utility {
  return (quality, costUsd) =>
    quality - (dearestMeanUsd > 0 ? lambda * Math.min(1, (costUsd ?? 0) / dearestMeanUsd) : 0);
}

/** Reward of a model, by its number, at a row. */
export type RewardOf = (row: CorpusRow, arm: number) => number;

export function rewardOfCorpus({ dearestMeanUsd }: Corpus, lambda: number): RewardOf {
  const utility = benchmarkUtility(lambda, dearestMeanUsd);
  return ({ quality01, costUsd }, arm) => utility(quality01[arm] ?? Number.NaN, costUsd[arm], undefined);
}

/** Mean reward of each model over some rows: what only hindsight tells. */
export function meanRewards(
  models: readonly string[],
  rows: readonly CorpusRow[],
  rewardOf: RewardOf,
): readonly number[] {
  return models.map((_, arm) => mean(rows.map((row) => rewardOf(row, arm))));
}
