import type { StoredEntry } from '../terms/ledger-entry';
import type { Spent } from './spending';
import { createSpendingFold } from './spending';

/** What was spent with what the ledger could not take yet: a budget must not wait for it. */
export function withWaiting(
  spent: Spent,
  waiting: readonly StoredEntry[],
  { sinceMs, nowMs }: { readonly sinceMs: number; readonly nowMs: number },
): Spent {
  if (waiting.length === 0) return spent;
  const fold = createSpendingFold();
  for (const entry of waiting) fold.apply(entry);
  const more = fold.spent(sinceMs, nowMs);
  const judgingUsd = (spent.judgingUsd ?? 0) + (more.judgingUsd ?? 0);
  return {
    usd: spent.usd + more.usd,
    expectedUsd: spent.expectedUsd + more.expectedUsd,
    unknownAttempts: spent.unknownAttempts + more.unknownAttempts,
    ...((spent.judgingUsd ?? more.judgingUsd) !== undefined && { judgingUsd }),
  };
}
