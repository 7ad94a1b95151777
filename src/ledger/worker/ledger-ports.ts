import type { Reservations } from '../../core/terms/reservations';
import type { ServedLedger } from './served-ledger';

/** What the worker serves, by name. One more is a line here, and its object in `worker.ts`. */
export interface LedgerPorts {
  readonly ledger: ServedLedger;
  readonly reservations: Reservations;
}
