import type { Budget } from '../terms/budgets';
import type { BudgetLeft, CostCaps } from '../terms/cost-caps';
import type { ExclusionReason } from '../terms/decision';
import type { Usage } from '../terms/receipt';

/** What the caps still allow a request that has cost `usd` already. */
export function capsAfter(caps: CostCaps, usd: number): CostCaps {
  const less = (cap: number | undefined): number | undefined => (cap === undefined ? undefined : cap - usd);
  return {
    ...caps,
    requestUsd: less(caps.requestUsd),
    dayLeftUsd: less(caps.dayLeftUsd),
    ...(caps.others && {
      others: caps.others.map((each) => ({ ...each, leftUsd: each.leftUsd - usd })),
    }),
  };
}

/** The same caps for a request that may cost at most `usd`. */
export function capsWithin(caps: CostCaps, usd: number): CostCaps {
  return { ...caps, requestUsd: Math.min(caps.requestUsd ?? Infinity, usd) };
}

/** A cap this close is met: sums of prices have rounding errors. */
const tolerance = 1e-12;

/**
 * Which cap forbids a request of `costUsd` to a deployment, if any. A request whose cost isn't known can't be shown to
 * stay below a cap, so any cap forbids it; one that costs nothing is always allowed.
 */
export function capExceeded(
  costUsd: number | undefined,
  caps: CostCaps,
  deploymentId?: string,
): ExclusionReason | undefined {
  const over = (cap: number | undefined): boolean =>
    cap !== undefined && costUsd !== 0 && !(costUsd !== undefined && costUsd <= cap + tolerance);
  if (over(caps.requestUsd)) return 'over-request-cap';
  const ofShare = caps.unreachable === true ? ('over-window-share' as const) : undefined;
  if (over(caps.dayLeftUsd)) return ofShare ?? 'over-daily-budget';
  const met = othersFor(caps, deploymentId).find(({ leftUsd }) => over(leftUsd));
  if (met === undefined) return undefined;
  return met.budget.period === 'request' ? reasonFor(met.budget) : (ofShare ?? reasonFor(met.budget));
}

/** What leaves a deployment out that would exceed this budget. */
function reasonFor({ period, subject }: Budget): ExclusionReason {
  switch (subject.of) {
    case 'pool':
      return 'over-pool-budget';
    case 'model':
      return 'over-model-budget';
    case 'all':
    case 'judge':
      break;
  }
  switch (period) {
    case 'request':
      return 'over-request-cap';
    case 'conversation':
      return 'over-conversation-budget';
    case 'session':
      return 'over-session-budget';
    case 'day':
      return 'over-daily-budget';
    case 'month':
      return 'over-month-budget';
  }
}

function othersFor({ others = [] }: CostCaps, deploymentId: string | undefined): readonly BudgetLeft[] {
  return others.filter(({ budget: { subject } }) => subject.of !== 'model' || subject.name === deploymentId);
}

/** What a deployment may cost at most; Infinity: there is no cap. */
export function lowestCapUsd(caps: CostCaps, deploymentId?: string): number {
  const lefts = othersFor(caps, deploymentId).map(({ leftUsd }) => leftUsd);
  return Math.min(caps.requestUsd ?? Infinity, caps.dayLeftUsd ?? Infinity, ...lefts);
}

/**
 * The longest answer in tokens that stays below `capUsd`, where the price of `inputTokens` and of output is known:
 * (cap − price of the input) / price of an output token. Undefined: no cap, or no price by the token.
 */
export function affordableOutputTokens(
  inputTokens: number,
  priceOf: (usage: Usage) => number | undefined,
  capUsd: number,
): number | undefined {
  if (capUsd === Infinity) return undefined;
  const usdFor = (outputTokens: number): number | undefined =>
    priceOf({ inputTokens, outputTokens, cachedInputTokens: 0 });
  const inputUsd = usdFor(0);
  const withOutput = usdFor(probeTokens);
  if (inputUsd === undefined || withOutput === undefined || withOutput <= inputUsd) return undefined;
  const tokens = ((capUsd + tolerance - inputUsd) / (withOutput - inputUsd)) * probeTokens;
  return Math.max(0, Math.floor(tokens));
}

/** Many, so that the quotient isn't lost in rounding. */
const probeTokens = 1_000;
