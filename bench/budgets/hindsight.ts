import type { Corpus, CorpusRow } from '../routing/corpus';
import { mean } from '../routing/statistics';

/**
 * The highest mean quality that any choice of a model for each group of requests, or a mix of models, comes to at `usd` a
 * request in the mean, known only afterwards: the least over λ ≥ 0 of Σ max(quality − λ·cost) + λ·usd, by duality. Not to
 * ask any model is a choice, too.
 */
export function hindsightBound({ models, rows }: Corpus, usd: number, by: 'domain' | 'id'): number {
  const groups = [...Map.groupBy(rows, (row) => row[by]).values()].map((own) => ({
    share: own.length / rows.length,
    arms: models.map((_, arm) => meansOf(own, arm)),
  }));
  const bound = (lambda: number): number =>
    groups.reduce(
      (sum, { share, arms }) =>
        sum + share * Math.max(0, ...arms.map(({ quality01, costUsd }) => quality01 - lambda * costUsd)),
      lambda * usd,
    );
  // It is convex in λ, and so has one valley in its logarithm.
  let [low, high] = [Math.log(1e-6 / usd), Math.log(1e6 / usd)];
  for (let step = 0; step < 100; step += 1) {
    const [one, other] = [low + (high - low) / 3, high - (high - low) / 3];
    if (bound(Math.exp(one)) <= bound(Math.exp(other))) high = other;
    else low = one;
  }
  return Math.min(bound(0), bound(Math.exp(low)));
}

function meansOf(rows: readonly CorpusRow[], arm: number): { quality01: number; costUsd: number } {
  return {
    quality01: mean(rows.map((row) => row.quality01[arm] ?? Number.NaN)),
    costUsd: mean(rows.map((row) => row.costUsd[arm] ?? Number.NaN)),
  };
}
