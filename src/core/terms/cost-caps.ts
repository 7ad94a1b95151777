import type { Budget } from './budgets';

/** What a request may cost at most, in USD. An absent cap is none. */
export interface CostCaps {
  /** Of one request, whatever it is: `max_cost_per_request_usd`, ≥ 0. */
  readonly requestUsd: number | undefined;
  /** What is left of the day's budget for all; below 0 where the day is over it. */
  readonly dayLeftUsd: number | undefined;
  /** What is left of further budgets; those of a model hold for that model alone. Absent: there are none. */
  readonly others?: readonly BudgetLeft[] | undefined;
  /**
   * True where the ledger can't be reached: what is left is then this window's share of what was left when it was last
   * seen. Absent: it can.
   */
  readonly unreachable?: true | undefined;
}

export interface BudgetLeft {
  readonly budget: Budget;
  /** Below 0 where it is exceeded. */
  readonly leftUsd: number;
}

export const noCaps: CostCaps = { requestUsd: undefined, dayLeftUsd: undefined };
