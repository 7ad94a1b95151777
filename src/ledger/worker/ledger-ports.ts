import type { SalvageReport } from '../generations/salvage-report';
import type { LookAtLedger } from './look-at-ledger';
import type { BreakerBoard } from '../../core/terms/breaker-board';
import type { Facts } from '../../core/terms/facts';
import type { Reservations } from '../../core/terms/reservations';
import type { ServedLedger } from './served-ledger';

/** Tells what became of a damaged ledger, also where that was before anybody listened. */
export interface SalvagePort {
  onSalvaged(listener: (report: SalvageReport) => void): () => void;
}

/** What the worker serves, by name. One more is a line here, and its object in `worker.ts`. */
export interface LedgerPorts {
  readonly ledger: ServedLedger;
  readonly salvage: SalvagePort;
  readonly look: LookAtLedger;
  readonly breakers: BreakerBoard;
  readonly reservations: Reservations;
  readonly facts: Facts;
}
