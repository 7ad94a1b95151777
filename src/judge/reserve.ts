import type { Configuration } from '../core/terms/configuration';
import type { Judgement } from '../core/terms/judgement';
import type { JudgeDoor } from '../core/terms/judging';

/** Sums of prices have rounding errors. */
const tolerance = 1e-12;

/**
 * Reserves what a call may cost at most, so that no two windows spend the same money: the row is in the ledger before
 * anything is sent, and the one whose row came first has it. Resolves to false where a budget has no place for it: then
 * nothing may be sent, and nothing stays reserved. Rejects where the ledger can't be written.
 *
 * All windows see the rows in one order. So whatever the windows do at once, what was let through before a row and the
 * row itself never come to more than the budget.
 */
export async function reserve(
  door: JudgeDoor,
  judgement: Pick<Judgement, 'id' | 'decisionId' | 'judge' | 'mostUsd'>,
  configuration: Configuration,
  sinceMs: number,
): Promise<boolean> {
  const { id, mostUsd } = judgement;
  const fits = (before?: string): boolean =>
    mostUsd === 0 ||
    door.judgingUsd(sinceMs, before) + mostUsd <= configuration.judge.dailyBudgetUsd + tolerance;
  if (!fits() || !dayHas(door, configuration, mostUsd)) return false;
  await door.record([{ kind: 'judgement', judgement: { ...judgement, outcome: 'reserved' } }]);
  // It is in the day's expected spending by now.
  if (fits(id) && dayHas(door, configuration, 0, mostUsd)) return true;
  await door.record([{ kind: 'judgement', judgement: { ...judgement, outcome: 'not-asked', mostUsd: 0 } }]);
  return false;
}

/** Whether the day's budget has `usd` left; what costs nothing (`of` is 0) is always allowed. */
function dayHas(door: JudgeDoor, configuration: Configuration, usd: number, of = usd): boolean {
  const left = door.dayLeftUsd(configuration);
  return of === 0 || left === undefined || usd <= left + tolerance;
}
