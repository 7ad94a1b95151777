/** What a request may cost at most, in USD. An absent cap is none. */
export interface CostCaps {
  /** `max_cost_per_request_usd`, ≥ 0. */
  readonly requestUsd: number | undefined;
  /** What is left of `daily_budget_usd`; below 0 where the day is over it. */
  readonly dayLeftUsd: number | undefined;
}

export const noCaps: CostCaps = { requestUsd: undefined, dayLeftUsd: undefined };
