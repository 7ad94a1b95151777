import type { Weights } from '../terms/preset';

/** Costs are compared on a log scale from here: a hundredth of a cent. */
const costUnitUsd = 1e-4;
/** Cost and time at which their terms reach 1. */
const dearestUsd = 1;
const slowestMs = 60_000;
const timeUnitMs = 1_000;

/**
 * What a choice is judged by, from its quality (0..1, or above with a bonus), cost and time; undefined: unknown in
 * the whole pool. It must rise with quality.
 */
export type Utility = (quality: number, costUsd: number | undefined, latencyMs: number | undefined) => number;

/** 0 for nothing, 1 for a dollar and above; log1p(cost/c₀), so that a hundredfold price difference counts. */
export function costTerm01(usd: number): number {
  return Math.min(1, Math.log1p(usd / costUnitUsd) / Math.log1p(dearestUsd / costUnitUsd));
}

/** 0 for at once, 1 for a minute and above; on a log scale. */
export function latencyTerm01(ms: number): number {
  return Math.min(1, Math.log1p(ms / timeUnitMs) / Math.log1p(slowestMs / timeUnitMs));
}

/**
 * Quality, less what it costs and how long it takes, as the weights have it; that of cost is multiplied with
 * `costMultiplier` ≥ 1 where a budget is to last.
 */
export function utilityFor(weights: Weights, costMultiplier = 1): Utility {
  return (quality, costUsd, latencyMs) => {
    const cost = costUsd === undefined ? 0 : costTerm01(costUsd);
    const latency = latencyMs === undefined ? 0 : latencyTerm01(latencyMs);
    return weights.quality * quality - costMultiplier * weights.cost * cost - weights.latency * latency;
  };
}

/** The middle of what is known, for what isn't; undefined where nothing is. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
