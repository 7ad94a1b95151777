import type { Reservations } from '../../core/terms/reservations';
import { troubleOf } from '../ledger-trouble';
import { patiently } from '../patient';
import type { LedgerAccess } from './served-ledger';

/** A small file is looked through by then. A request that meets a large one reserves beside it, which is as good. */
const checkPatienceMs = 40;

/** Reservations as a worker serves them, in whichever file the ledger is now. */
export function servedReservations({ reading, writing }: LedgerAccess): Reservations {
  return {
    look: (scopes) => reading(({ reservations }) => reservations.look(scopes)),
    // Waited for out of turn: what is to be recorded meanwhile goes into the queue at once.
    reserve: (reserving) =>
      patiently(
        () => writing(({ reservations }) => reservations.reserve(reserving)),
        checkPatienceMs,
        'checking',
      ).catch((error: unknown) => {
        if (troubleOf(error) !== 'checking') throw error;
        return reading(({ reservations }) => reservations.reserveMeanwhile(reserving));
      }),
    release: (id) => writing(({ reservations }) => reservations.release(id)),
    allow: (scope) => writing(({ reservations }) => reservations.allow(scope)),
    demand: (sinceDay) => reading(({ reservations }) => reservations.demand(sinceDay)),
  };
}
