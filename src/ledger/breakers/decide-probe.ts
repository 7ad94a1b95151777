import type { BreakerRow } from '../../core/terms/breaker-board';

/** A breaker stays open no longer than this; a time further ahead is of a clock that was set back since. In ms. */
const longestOpenMs = 5 * 60 * 1_000;

/** Whether a window may try the deployment now, by what its row says: what every driver does between reading and writing. */
export function mayProbe(row: BreakerRow | undefined, window: string, nowMs: number): boolean {
  if (row === undefined || row.state === 'closed') return true;
  const heldBy = row.untilMs > nowMs && row.untilMs <= nowMs + longestOpenMs;
  return !heldBy || (row.state === 'probing' && row.window === window);
}
