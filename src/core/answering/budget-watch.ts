import type { Configuration } from '../terms/configuration';
import type { CostCaps } from '../terms/cost-caps';
import { noCaps } from '../terms/cost-caps';
import type { Clock } from '../terms/ports';
import type { RouteRequest } from '../terms/request';
import type { Spent } from '../stats/spending';

export interface BudgetParts {
  readonly clock: Clock;
  /** Unix ms of the midnight before a Unix time, where the user is. */
  readonly startOfDayMs: (nowMs: number) => number;
  /** What the ledger says was spent since a Unix time in ms; not for the decision `except`. */
  readonly spentSince: (sinceMs: number, except?: string) => Spent;
}

/** What may still be spent, with what this window's requests under way are expected to cost. */
export interface BudgetWatch {
  spentToday(): Spent;
  /** `except`: the decision of the request itself, where it was made already. What it spends is left out. */
  capsFor(
    configuration: Configuration,
    request: Pick<RouteRequest, 'overBudgetAgreed'>,
    except?: string,
  ): CostCaps;
  /**
   * Counts `usd` as spent until the returned function is called: for decisions on their way into the ledger, and for
   * fallbacks and tool loops under way. Others that are made meanwhile must not spend it again.
   */
  reserve(decisionId: string, usd: number): () => void;
}

export function createBudgetWatch({ clock, startOfDayMs, spentSince }: BudgetParts): BudgetWatch {
  const reserved = new Set<{ readonly decisionId: string; readonly usd: number }>();

  function spentToday(except?: string): Spent {
    return spentSince(startOfDayMs(clock.nowMs()), except);
  }

  return {
    spentToday: () => spentToday(),
    capsFor: ({ maxCostPerRequestUsd, dailyBudgetUsd }, { overBudgetAgreed }, except) => {
      if (overBudgetAgreed === true) return noCaps;
      const { usd, expectedUsd } = spentToday(except);
      const others = [...reserved].filter(({ decisionId }) => decisionId !== except);
      const reservedUsd = others.reduce((sum, each) => sum + each.usd, 0);
      const dayLeftUsd =
        dailyBudgetUsd === undefined ? undefined : dailyBudgetUsd - usd - expectedUsd - reservedUsd;
      return { requestUsd: maxCostPerRequestUsd, dayLeftUsd };
    },
    reserve: (decisionId, usd) => {
      const reservation = { decisionId, usd };
      reserved.add(reservation);
      return () => void reserved.delete(reservation);
    },
  };
}
