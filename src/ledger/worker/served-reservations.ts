import type { Reservations } from '../../core/terms/reservations';
import { troubleOf } from '../ledger-trouble';
import type { LedgerAccess } from './served-ledger';

/** Reservations as a worker serves them, in whichever file the ledger is now. */
export function servedReservations({ reading, writing }: LedgerAccess): Reservations {
  return {
    look: (scopes) => reading(({ reservations }) => reservations.look(scopes)),
    // A request that meets a file that is still being looked through reserves beside it, which is as good.
    reserve: (reserving) =>
      writing(({ reservations }) => reservations.reserve(reserving)).catch((error: unknown) => {
        if (troubleOf(error) !== 'checking') throw error;
        return reading(({ reservations }) => reservations.reserveMeanwhile(reserving));
      }),
    release: (id) => writing(({ reservations }) => reservations.release(id)),
    allow: (scope) => writing(({ reservations }) => reservations.allow(scope)),
    demand: (sinceDay) => reading(({ reservations }) => reservations.demand(sinceDay)),
  };
}
