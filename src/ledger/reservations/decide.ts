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
): { readonly reply: Reserved; readonly scopes: readonly string[] } {
  const left = ({ scope, usd }: ScopeCap): number => leftOf(usd, moneyIn(scope));
  const seen: BudgetsSeen = {
    scopes: [...reserving.caps, ...reserving.others].map(({ scope }) => moneyIn(scope)),
    windows,
  };
  const usd = grantOf(reserving, Math.min(Infinity, ...reserving.caps.map(left)));
  if (usd === undefined) return { reply: { granted: false, seen }, scopes: [] };
  const without = reserving.others.filter((cap) => left(cap) < usd).map(({ scope }) => scope);
  const others = reserving.others.map(({ scope }) => scope).filter((scope) => !without.includes(scope));
  return { reply: { granted: true, usd, without, seen }, scopes: [...reserving.scopes, ...others] };
}
