import type { Configuration } from '../core/terms/configuration';
import type { Log } from '../core/terms/ports';
import type { Retention } from '../ledger/store/retention';

export interface RetentionParts {
  readonly configuration: () => Promise<Pick<Configuration, 'ledger'>>;
  /** Entries with a lower sequence number are in two snapshots. */
  readonly coveredUpTo: () => Promise<number>;
  /** Drops some, and says how many; 0: there is nothing to be dropped. */
  readonly retain: (retention: Retention) => Promise<number>;
  readonly log: Log;
  /** How long to wait with it, for there is always something more urgent. */
  readonly idleMs?: number;
}

export interface RetentionRound {
  /** Drops what need not be kept, in a while; of many calls meanwhile one counts. */
  soon(): void;
  dispose(): void;
}

/** Between two transactions, in which other windows have their turn. */
const pauseMs = 200;

/** Drops the oldest decisions once what was learnt from them is kept. Windows that do so at once do each other no harm. */
export function createRetention(parts: RetentionParts): RetentionRound {
  const { configuration, coveredUpTo, retain, log, idleMs = 60_000 } = parts;
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  function again(afterMs: number, dropped: number): void {
    if (disposed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void round(dropped);
    }, afterMs).unref();
  }

  async function round(before: number): Promise<void> {
    try {
      const { ledger } = await configuration();
      // The entry of that number stays: by it, a snapshot knows its ledger.
      const lastCovered = (await coveredUpTo()) - 1;
      const dropped = lastCovered > 0 ? await retain({ ...ledger, coveredUpTo: lastCovered }) : 0;
      if (dropped > 0) again(pauseMs, before + dropped);
      else if (before > 0)
        log.info(
          `${String(before)} old entries were dropped from the ledger; what was learnt from them is kept.`,
        );
    } catch (error) {
      log.debug(`Nothing was dropped from the ledger for now: ${String(error)}`);
    }
  }

  return {
    soon: () => again(idleMs, 0),
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
