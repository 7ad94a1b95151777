import type { Configuration } from './configuration';
import type { CostCaps } from './pool/budget';
import { noCaps } from './pool/budget';
import type { Clock } from './ports';
import type { RouteRequest } from './request';
import type { Spent } from './stats/spending';

export interface BudgetParts {
  readonly clock: Clock;
  /** Unix ms of the midnight before a Unix time, where the user is. */
  readonly startOfDayMs: (nowMs: number) => number;
  /** What the ledger says was spent since a Unix time in ms. */
  readonly spentSince: (sinceMs: number) => Spent;
}

/** What may still be spent, with what this window's requests under way are expected to cost. */
export interface BudgetWatch {
  spentToday(): Spent;
  capsFor(configuration: Configuration, request: RouteRequest): CostCaps;
  /**
   * Counts `usd` as spent until the returned function is called: for decisions on their way into the ledger, and for
   * tool loops under way. Others that are made meanwhile must not spend it again.
   */
  reserve(usd: number): () => void;
}

export function createBudgetWatch({ clock, startOfDayMs, spentSince }: BudgetParts): BudgetWatch {
  let reservedUsd = 0;

  function spentToday(): Spent {
    return spentSince(startOfDayMs(clock.nowMs()));
  }

  return {
    spentToday,
    capsFor: ({ maxCostPerRequestUsd, dailyBudgetUsd }, { overBudgetAgreed }) => {
      if (overBudgetAgreed === true) return noCaps;
      const { usd, expectedUsd } = spentToday();
      const dayLeftUsd =
        dailyBudgetUsd === undefined ? undefined : dailyBudgetUsd - usd - expectedUsd - reservedUsd;
      return { requestUsd: maxCostPerRequestUsd, dayLeftUsd };
    },
    reserve: (usd) => {
      reservedUsd += usd;
      return () => {
        reservedUsd -= usd;
      };
    },
  };
}
