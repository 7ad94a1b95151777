/** Tokens as the provider reports them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that was read from the provider's prompt cache. */
  readonly cachedInputTokens: number;
  /** Part of `inputTokens` that was written to it; absent: none, or not reported. */
  readonly cacheWriteTokens?: number | undefined;
  /** Part of `cacheWriteTokens` that is kept for an hour, which costs more; absent: none, or not reported. */
  readonly cacheWriteHourTokens?: number | undefined;
  /** Part of `outputTokens` that the model thought with; absent: not reported. */
  readonly reasoningTokens?: number | undefined;
  /** True where the report can't be true, or can't be told apart: what follows from it is an estimate. */
  readonly uncertain?: true | undefined;
}

/**
 * What an attempt cost. `exact`: the provider's own usage times a known price, or the cost that it reported.
 * `estimated`: usage or price had to be estimated. `simulated`: a pretended price, nobody was billed.
 */
export type Cost =
  { readonly kind: 'exact' | 'estimated' | 'simulated'; readonly usd: number } | { readonly kind: 'unknown' };

/** What one attempt used and cost. */
export interface Receipt {
  readonly usage: Usage | undefined;
  readonly cost: Cost;
  /** Undefined where no token arrived. */
  readonly timeToFirstTokenMs: number | undefined;
  readonly totalMs: number;
  /** The model that the reply names, where it is another one than was asked for. */
  readonly servedModel: string | undefined;
}

/** The cost of both together: as inexact as the less exact of the two. */
export function sumOfCosts(a: Cost, b: Cost): Cost {
  if (a.kind === 'unknown' || b.kind === 'unknown') return { kind: 'unknown' };
  return { kind: a.kind === 'exact' ? b.kind : a.kind, usd: a.usd + b.usd };
}

/** The cost in USD, or undefined where it is unknown. */
export function usdOf(cost: Cost): number | undefined {
  return cost.kind === 'unknown' ? undefined : cost.usd;
}
