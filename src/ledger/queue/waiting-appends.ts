import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Log } from '../../core/terms/ports';
import type { QueueFile } from './queue-file';
import type { WaitingAppend } from './queue-lines';

/** What a window has recorded and its ledger hasn't, on the disk where that takes it, else in memory. */
export interface WaitingAppends {
  /** Keeps an append; never rejects. Its entries as they are shown meanwhile. */
  add(append: WaitingAppend): Promise<readonly StoredEntry[]>;
  /** The first of those that wait. */
  first(count: number): readonly WaitingAppend[];
  /** The ledger has the first `count`, as `stored`, as far as it says. */
  taken(count: number, stored: readonly StoredEntry[]): Promise<void>;
  /** Entries up to a sequence number were read from the ledger: they are shown there. */
  seen(sequence: number): void;
  /** How many appends wait. */
  count(): number;
  /** How many of them are in memory alone, and would be lost with the window. */
  inMemory(): number;
  /** Tries again to get onto the disk what is in memory alone. */
  keep(): Promise<void>;
  /** Entries that nobody can read from the ledger yet, with sequence numbers of no meaning. */
  entries(): readonly StoredEntry[];
  /** Leaves what is left to others. */
  release(): Promise<void>;
}

export function waitingAppends(file: QueueFile, log: Log): WaitingAppends {
  interface Waiting {
    readonly append: WaitingAppend;
    readonly shown: readonly StoredEntry[];
    onDisk: boolean;
  }
  let waiting: readonly Waiting[] = [];
  /** In the ledger, and perhaps not read from it yet. */
  let settling: readonly StoredEntry[] = [];
  let files: Promise<unknown> = Promise.resolve();
  let told = '';

  /** One thing after the other is done to the file. */
  function next(work: () => Promise<void>): Promise<void> {
    const done = files.then(work);
    files = done.catch(() => undefined);
    return done;
  }

  const keep = (): Promise<void> =>
    next(async () => {
      const unkept = waiting.filter(({ onDisk }) => !onDisk);
      if (unkept.length === 0) return;
      try {
        await file.add(unkept.map(({ append }) => append));
        for (const each of unkept) each.onDisk = true;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (why !== told) log.error(`What waits for the ledger can't be kept on the disk: ${why}`);
        told = why;
      }
    });

  return {
    add: async (append) => {
      const { atMs, entries } = append;
      const shown = entries.map((entry, index): StoredEntry => {
        return { ...entry, atMs, sequence: append.number + index };
      });
      waiting = [...waiting, { append, shown, onDisk: false }];
      await keep();
      return shown;
    },
    first: (count) => waiting.slice(0, count).map(({ append }) => append),
    taken: (count, stored) => {
      waiting = waiting.slice(count);
      settling = [...settling, ...stored];
      return next(async () => {
        if (waiting.length === 0) await file.clear();
      }).catch((error: unknown) => {
        // What is in it already is known by its numbers, and not written again.
        log.warn(`The queue could not be emptied: ${String(error)}`);
      });
    },
    seen: (sequence) => {
      if (settling.length > 0) settling = settling.filter((entry) => entry.sequence > sequence);
    },
    count: () => waiting.length,
    inMemory: () => waiting.filter(({ onDisk }) => !onDisk).length,
    keep,
    entries: () => [...settling, ...waiting.flatMap(({ shown }) => shown)],
    release: () => next(() => Promise.resolve(file.release())),
  };
}
