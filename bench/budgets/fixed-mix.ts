import type { Corpus } from '../routing/corpus';
import { mean } from '../routing/statistics';

/**
 * The mean quality of the best mix of two models that costs `usd` a request in the mean, in hindsight: p of the requests
 * go to the one and the rest to the other, whatever they ask. Below the cheapest model's cost, the share of the requests
 * that can be paid gets that one.
 */
export function bestFixedMix({ models, rows }: Corpus, usd: number): number {
  const all = models.map((_, arm) => ({
    usd: mean(rows.map(({ costUsd }) => costUsd[arm] ?? Number.NaN)),
    quality01: mean(rows.map(({ quality01 }) => quality01[arm] ?? Number.NaN)),
  }));
  const nothing = { usd: 0, quality01: 0 };
  let best = 0;
  for (const one of [nothing, ...all])
    for (const other of all) {
      const [low, high] = one.usd <= other.usd ? [one, other] : [other, one];
      if (low.usd > usd) continue;
      const share = high.usd <= usd ? 1 : (usd - low.usd) / (high.usd - low.usd);
      best = Math.max(best, low.quality01, low.quality01 + share * (high.quality01 - low.quality01));
    }
  return best;
}
