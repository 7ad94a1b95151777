import type { Spent } from '../../core/stats/spending';
import type { LedgerStatus } from '../ledger-status';
import { ledgerStatus } from '../ledger-status';
import { spentSince } from '../spent-since';

/** What is seen of a ledger from outside, also where it can't be used. Nothing is written. */
export interface LookAtLedger {
  /** Rejects where there is none that can be read. */
  spentSince(sinceMs: number, nowMs: number): Promise<Spent>;
  /** Rejects where there is none. */
  status(): Promise<LedgerStatus>;
}

export function lookAtLedger(storage: string): LookAtLedger {
  return {
    spentSince: (sinceMs, nowMs) => spentSince(storage, sinceMs, nowMs),
    status: () => ledgerStatus(storage),
  };
}
