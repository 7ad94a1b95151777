import type { BreakerBoard } from '../../core/terms/breaker-board';
import type { LedgerAccess } from './served-ledger';

/** The board as a worker serves it, in whichever file the ledger is now. */
export function servedBreakers({ reading, writing }: LedgerAccess): BreakerBoard {
  return {
    read: () => reading(async ({ breakers }) => breakers.read()),
    open: (...opened) => writing(async ({ breakers }) => breakers.open(...opened)),
    close: (...closed) => writing(async ({ breakers }) => breakers.close(...closed)),
    probe: (...probed) => writing(async ({ breakers }) => breakers.probe(...probed)),
    release: (...released) => writing(async ({ breakers }) => breakers.release(...released)),
  };
}
