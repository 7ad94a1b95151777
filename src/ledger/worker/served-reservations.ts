import type { Reservations } from '../../core/terms/reservations';
import type { LedgerAccess } from './served-ledger';

/** Reservations as a worker serves them, in whichever file the ledger is now. */
export function servedReservations({ reading, writing }: LedgerAccess): Reservations {
  return {
    look: (scopes) => reading(({ reservations }) => reservations.look(scopes)),
    reserve: (reserving) => writing(({ reservations }) => reservations.reserve(reserving)),
    release: (id) => writing(({ reservations }) => reservations.release(id)),
    allow: (scope) => writing(({ reservations }) => reservations.allow(scope)),
    demand: (sinceDay) => reading(({ reservations }) => reservations.demand(sinceDay)),
  };
}
