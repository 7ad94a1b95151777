import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { WaitingAppend } from '../queue/queue-lines';
import { forgetTaken, takeNew, takenOf } from '../queue/taken';
import type { StoredLedger } from '../stored-ledger';
import type { LedgerStore } from './ledger-store';

/** The numbered appends of windows into a store: each is there once, whatever is asked again. */
export function numberedAppends(store: LedgerStore): {
  readonly [Method in 'take' | 'taken' | 'leave']: (
    ...args: Parameters<StoredLedger[Method]>
  ) => Awaited<ReturnType<StoredLedger[Method]>>;
} {
  const { database } = store;

  function rowsBetween(first: number, last: number): readonly StoredEntry[] {
    return store.readAfter(first - 1, last - first + 1).filter(({ sequence }) => sequence <= last);
  }

  /** A decision alone isn't flushed: the receipt that follows it takes it along. */
  function isFlushed(appends: readonly WaitingAppend[]): boolean {
    return appends.some(({ entries }) => entries.some(({ kind }) => kind !== 'decision'));
  }

  return {
    take: (writer, appends) => {
      let there: readonly [number, number] | undefined;
      const added = store.write(() => {
        const taken = takeNew(database, writer, appends, ({ entries, atMs }) =>
          store.add(entries, atMs, writer),
        );
        there = taken.there;
        return taken.added;
      }, isFlushed(appends));
      return there === undefined ? added : [...rowsBetween(...there), ...added];
    },
    taken: (writer) => takenOf(database, writer)?.lines ?? 0,
    leave: (writer) => store.write(() => forgetTaken(database, writer), false),
  };
}
