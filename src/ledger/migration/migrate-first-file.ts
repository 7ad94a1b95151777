import type { DatabaseSync } from 'node:sqlite';
import type { Calendar } from '../../core/terms/ports';
import { foldSpending } from '../reservations/fold-spending';
import { entryTable } from '../store/entry-table';
import type { Filling } from '../store/ledger-database';
import { inTransaction, setMeta } from '../store/ledger-database';
import {
  idOfEmptyFile,
  idOfFirstFile,
  inTodaysForm,
  readFirstFile,
  rowsOfFirstFile,
  timesForgottenInFirstFile,
} from './first-file';

/** By which `taken_over` knows conduit.db: the storage may be moved with all that is in it. */
export const firstFileName = 'conduit.db';

/**
 * Fills a new ledger with all that is in conduit.db, under the same numbers, so that every fold comes to the same
 * figures; that file stays as it is. What isn't there to be taken over leaves it empty.
 */
export function fillFromFirstFile(
  sqlite: typeof import('node:sqlite'),
  file: string,
  nowMs: () => number,
  calendar: Calendar,
): Filling {
  return (database, ledgerId) =>
    inTransaction(database, () => {
      const copied = readFirstFile(sqlite, file, (first) => ({
        last: copyRows(first, database, ledgerId),
        forgotten: timesForgottenInFirstFile(first),
        id: idOfFirstFile(first),
      }));
      // An old window may make that file later.
      const { last, forgotten, id } = copied ?? { last: 0, forgotten: 0, id: idOfEmptyFile };
      setMeta(database, 'times_forgotten', forgotten);
      foldSpending(database, ledgerId, calendar, nowMs());
      database
        .prepare(
          `INSERT INTO taken_over
             (from_path, from_ledger, into_ledger, same_until, last_sequence, since_ms, forgotten)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(firstFileName, id, ledgerId, last, last, nowMs(), forgotten);
    });
}

/** Returns the last number. */
function copyRows(first: DatabaseSync, database: DatabaseSync, ledgerId: string): number {
  const table = entryTable(database, ledgerId);
  let last = 0;
  for (const row of rowsOfFirstFile(first, 0)) {
    // Forgotten, or never used: that file didn't say which.
    table.dropped.addRange(last + 1, row.sequence - 1, 'never');
    table.insertAs(inTodaysForm(row));
    last = row.sequence;
  }
  return last;
}
