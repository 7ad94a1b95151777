import type { CostCaps } from '../terms/cost-caps';
import type { ExclusionReason } from '../terms/decision';
import type { Usage } from '../terms/receipt';

/** What the caps still allow a request that has cost `usd` already. */
export function capsAfter({ requestUsd, dayLeftUsd }: CostCaps, usd: number): CostCaps {
  const less = (cap: number | undefined): number | undefined => (cap === undefined ? undefined : cap - usd);
  return { requestUsd: less(requestUsd), dayLeftUsd: less(dayLeftUsd) };
}

/** A cap this close is met: sums of prices have rounding errors. */
const tolerance = 1e-12;

/**
 * Which cap forbids a request of `costUsd`, if any. A request whose cost isn't known can't be shown to stay below a
 * cap, so any cap forbids it; one that costs nothing is always allowed.
 */
export function capExceeded(costUsd: number | undefined, caps: CostCaps): ExclusionReason | undefined {
  const over = (cap: number | undefined): boolean =>
    cap !== undefined && costUsd !== 0 && !(costUsd !== undefined && costUsd <= cap + tolerance);
  if (over(caps.requestUsd)) return 'over-request-cap';
  return over(caps.dayLeftUsd) ? 'over-daily-budget' : undefined;
}

/**
 * The longest answer in tokens that stays below the caps, where the price of `inputTokens` and of output is known:
 * (cap − price of the input) / price of an output token. Undefined: no cap, or no price by the token.
 */
export function affordableOutputTokens(
  inputTokens: number,
  priceOf: (usage: Usage) => number | undefined,
  { requestUsd, dayLeftUsd }: CostCaps,
): number | undefined {
  const cap = Math.min(requestUsd ?? Infinity, dayLeftUsd ?? Infinity);
  if (cap === Infinity) return undefined;
  const usdFor = (outputTokens: number): number | undefined =>
    priceOf({ inputTokens, outputTokens, cachedInputTokens: 0 });
  const inputUsd = usdFor(0);
  const withOutput = usdFor(probeTokens);
  if (inputUsd === undefined || withOutput === undefined || withOutput <= inputUsd) return undefined;
  const tokens = ((cap + tolerance - inputUsd) / (withOutput - inputUsd)) * probeTokens;
  return Math.max(0, Math.floor(tokens));
}

/** Many, so that the quotient isn't lost in rounding. */
const probeTokens = 1_000;
