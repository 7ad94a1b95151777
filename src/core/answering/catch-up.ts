import type { Clock, Ledger } from '../terms/ports';
import type { Folds } from './folds';

/** Entries that are read at a time. */
const pageLength = 250;
/** So long the process is held up at a time: a frame has 16 ms, and others want theirs too. */
export const sliceMs = 8;
/** Longer than this nobody waits for what there is to read, */
export const longestWaitMs = 200;
/** where it is more than so many entries: fewer are simply read. */
export const fewEntries = 5_000;

/** Keeps folds up to date with a ledger. */
export interface CatchUp {
  /**
   * Resolves once everything is in that the ledger had when it was called; where there is a lot, after a while all the
   * same, and reading goes on. Rejects where the ledger can't be read.
   */
  soon(): Promise<void>;
  /** As `soon`, however long it takes. */
  whole(): Promise<void>;
  /** Share of the ledger that is in, 0..1; 1 where nothing is being read, or nobody has to wait for what is. */
  share01(): number;
  /** Nothing more is taken in: something else has taken its place. */
  stop(): void;
}

export function createCatchUp(folds: Folds, ledger: Ledger, clock: Clock): CatchUp {
  let running: Promise<void> | undefined;
  /** There may be entries that the read under way doesn't see any more. */
  let again = false;
  let stopped = false;
  let read = 0;
  let last = 0;
  let impatient: { readonly sinceMs: number; readonly go: () => void }[] = [];

  async function takeIn(): Promise<void> {
    let sliceFromMs = clock.monotonicMs();
    while (again && !stopped) {
      again = false;
      last = await ledger.lastSequence();
      while (folds.to().sequence < last && !isStopped()) {
        const page = await ledger.readAfter(folds.to().sequence, pageLength);
        if (page.length === 0) break;
        for (const entry of page) {
          const decisionId = folds.needsEarlier(entry);
          const before = decisionId === undefined ? undefined : await ledger.readDecision(decisionId);
          while (folds.held() !== undefined) await folds.held();
          if (isStopped()) return;
          folds.apply(
            entry,
            before?.filter(({ sequence }) => sequence < entry.sequence),
          );
          read += 1;
          if (clock.monotonicMs() - sliceFromMs < sliceMs) continue;
          letGo();
          await clock.pause?.();
          if (isStopped()) return;
          sliceFromMs = clock.monotonicMs();
        }
      }
    }
  }

  /** It may have been stopped while something was waited for. */
  const isStopped = (): boolean => stopped;

  function letGo(): void {
    if (last - folds.to().sequence + read <= fewEntries) return;
    const nowMs = clock.monotonicMs();
    const still = impatient.filter(({ sinceMs }) => nowMs - sinceMs < longestWaitMs);
    for (const each of impatient) if (!still.includes(each)) each.go();
    impatient = still;
  }

  function whole(): Promise<void> {
    again = true;
    running ??= takeIn().finally(() => {
      running = undefined;
      impatient = [];
      read = 0;
    });
    return running;
  }

  return {
    whole,
    soon: () => {
      const all = whole();
      const waited = new Promise<void>((go) => impatient.push({ sinceMs: clock.monotonicMs(), go }));
      return Promise.race([all, waited]);
    },
    share01: () => {
      const { sequence } = folds.to();
      return running === undefined || last - sequence <= fewEntries ? 1 : sequence / last;
    },
    stop: () => {
      stopped = true;
    },
  };
}
