import { grantOf, leftOf } from '../../core/terms/reservations';
import type { BudgetsSeen, Reserved, Reserving, ScopeCap, ScopeMoney } from '../../core/terms/reservations';

/** How long a window counts as open after it was last heard of, in ms: also one that is idle keeps its share. */
export const heardMs = 10 * 60_000;

/**
 * Whether a reservation has room, from what there is in this moment: what every driver does, between reading and writing.
 */
export function decide(
  reserving: Reserving,
  moneyIn: (scope: string) => ScopeMoney,
  windows: number,
): Reserved {
  const left = ({ scope, usd }: ScopeCap): number => leftOf(usd, moneyIn(scope));
  const seen: BudgetsSeen = { scopes: reserving.caps.map(({ scope }) => moneyIn(scope)), windows };
  const usd = grantOf(reserving, Math.min(Infinity, ...reserving.caps.map(left)));
  return usd === undefined ? { granted: false, seen } : { granted: true, usd, seen };
}
