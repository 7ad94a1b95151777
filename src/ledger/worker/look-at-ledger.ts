import type { Spent } from '../../core/stats/spending';
import type { Soundness } from '../generations/soundness';
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

/** `soundness`: of the file that is open now, as far as is known. */
export function lookAtLedger(storage: string, soundness: () => Soundness | undefined): LookAtLedger {
  return {
    spentSince: (sinceMs, nowMs) => spentSince(storage, sinceMs, nowMs),
    status: () => ledgerStatus(storage, soundness()),
  };
}
