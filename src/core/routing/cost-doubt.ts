import type { CostDoubt } from '../terms/decision';
import type { Utility } from './utility';

/** Three points that stand for a normal distribution (Gauss and Hermite): deviations from its mean, and their weights. */
const points = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
] as const;

/**
 * What a quality is worth at a cost that isn't sure. A utility isn't straight in the cost, so it is averaged over what
 * such requests cost, taken as lognormal; and what few answers have shown counts as what it is at least, as a bonus does
 * for quality. `usd` is the expected cost; undefined: unknown in the whole pool.
 */
export function worthAt(
  utility: Utility,
  usd: number | undefined,
  latencyMs: number | undefined,
  doubt: CostDoubt | undefined,
): (quality: number) => number {
  if (usd === undefined || doubt === undefined) return (quality) => utility(quality, usd, latencyMs);
  const factors = points.map(([z, weight]) => [Math.exp(doubt.deviation * z), weight] as const);
  const mean = factors.reduce((sum, [factor, weight]) => sum + factor * weight, 0);
  const costs = factors.map(([factor, weight]) => [(doubt.share01 * usd * factor) / mean, weight] as const);
  return (quality) =>
    costs.reduce((sum, [cost, weight]) => sum + weight * utility(quality, cost, latencyMs), 0);
}
