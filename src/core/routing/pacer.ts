/** How much of a budget, and of what is asked in its time, has passed. Both 0 and above; `demand01` at most 1. */
export interface PaceReading {
  /** Of the budget's money: what is spent or reserved. */
  readonly spent01: number;
  /** Of all requests that are expected in its time. */
  readonly demand01: number;
}

/** The constants of the pacer. Chosen on half a of the routing corpora: docs/decisions/0042-budgets.md. */
export interface PacerSettings {
  /** How sharply the price of cost rises as money runs ahead of demand, > 0. */
  readonly gain: number;
  /** So far money may run ahead before anything happens, as the logarithm of the ratio below, ≥ 0. */
  readonly slack: number;
  readonly mostMultiplier: number;
}

export const shippedPacer: PacerSettings = { gain: 24, slack: 0.02, mostMultiplier: 1_000 };

/** Keeps the ratio finite where nothing is left of either. */
const least01 = 0.005;

/**
 * What the weight of cost is multiplied with, from 1 to `mostMultiplier`:
 *
 *   exp(gain · max(0, ln((1 − demand) / (1 − spent)) − slack))
 *
 * A dual price of the budget, as in Balseiro and Gur, "Learning in repeated auctions with budgets" (2019), and in the
 * pacer of ParetoBandit (arXiv 2604.00136), which raise it while money goes faster than planned and lower it while it
 * goes slower. Here it follows from the state alone, so that all windows have the same price without keeping one: while
 * the price is steady, what is left of the money is in proportion to what is left of the demand, and both end together.
 */
export function paceMultiplier(
  { spent01, demand01 }: PaceReading,
  { gain, slack, mostMultiplier }: PacerSettings = shippedPacer,
): number {
  const left = (share: number): number => Math.max(0, 1 - share) + least01;
  const ahead = Math.log(left(demand01) / left(spent01)) - slack;
  return ahead <= 0 ? 1 : Math.min(mostMultiplier, Math.exp(gain * ahead));
}
