import { renameSync, rmSync } from 'node:fs';
import { syncFolderOf } from '../../files/names-on-disk';
import { draftName } from '../../files/private-files';
import type { EntryRow } from '../rows/row-checksum';
import type { EntryTable } from '../store/entry-table';
import { entryTable } from '../store/entry-table';
import { DamagedLedgerError } from '../store/ledger-damage';
import type { Filling } from '../store/ledger-database';
import { inSnapshot, inTransaction, makeDatabase, setMeta } from '../store/ledger-database';
import type { LedgerStore } from '../store/ledger-store';

/** The key in `meta` that says how many rows an exported file has: one that lost its end shows it. */
export const exportedEntries = 'exported_entries';

/** Rows that are read at a time. */
const page = 2_000;

/**
 * Writes all rows into a ledger of its own, in one file: numbered anew without a gap, with checksums and where each was.
 * Nothing else of the database goes along. Throws where a row isn't what was written, and leaves `file` as it was.
 *
 * @returns how many decisions are in it
 */
export function exportLedger(sqlite: typeof import('node:sqlite'), store: LedgerStore, file: string): number {
  const made = draftName(file);
  let decisions = 0;
  try {
    const fill: Filling = (database, ledgerId) => {
      const copy = entryTable(database, ledgerId);
      inTransaction(database, () => {
        let count = 0;
        for (const row of allRows(store.table)) {
          count += 1;
          if (row.kind === 'decision') decisions += 1;
          copy.insertAs({ ...row, sequence: count, origin: originOf(store.ledgerId, row) });
        }
        setMeta(database, exportedEntries, count);
      });
    };
    inSnapshot(store.database, () => makeDatabase(sqlite, made, 0, fill, 'DELETE'));
    renameSync(made, file);
  } finally {
    rmSync(made, { force: true });
  }
  syncFolderOf(file);
  return decisions;
}

/** By which a row is known wherever it goes. */
export function originOf(ledgerId: string, { origin, sequence }: EntryRow): string {
  return origin ?? `${ledgerId}:${String(sequence)}`;
}

/** Within a transaction. Throws at the first that isn't what was written, or is missing. */
export function* allRows(table: EntryTable): Generator<EntryRow> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const { rows, damage, next } = table.after(after, page);
    if (damage[0] !== undefined) throw new DamagedLedgerError(damage[0]);
    yield* rows;
    after = next;
  }
}
