import type { DatabaseSync } from 'node:sqlite';
import type { Spent } from '../core/stats/spending';
import { createSpendingFold } from '../core/stats/spending';
import { rowsOfFirstFile } from './migration/first-file';
import type { EntryRow } from './rows/row-checksum';
import { entryTable } from './store/entry-table';
import { ledgerFileOf } from './store/generation-files';
import { DamagedLedgerError } from './store/ledger-damage';
import { metaOf } from './store/ledger-database';
import { storedEntryOf } from './store/ledger-store';
import { firstSchema, schemaOf } from './store/schema';

const lastBefore = 'SELECT sequence FROM entry WHERE at_ms < ? ORDER BY sequence DESC LIMIT 1';

/**
 * What a ledger says was spent since a Unix time in ms, at most two days ago. Reads only what was recorded since, and
 * writes nothing: for a window that has not asked anything yet. Rejects where there is no ledger that can be read.
 */
export async function spentSince(storage: string, sinceMs: number, nowMs: number): Promise<Spent> {
  const path = ledgerFileOf(storage);
  if (path === undefined) throw new Error(`There is no ledger in ${storage}.`);
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  const fold = createSpendingFold();
  try {
    const from = Number(database.prepare(lastBefore).get(sinceMs)?.['sequence'] ?? 0);
    for (const row of schemaOf(database) === firstSchema
      ? rowsOfFirstFile(database, from)
      : checkedRows(database, from)) {
      const entry = storedEntryOf(row);
      if (entry !== undefined) fold.apply(entry);
    }
    return fold.spent(sinceMs, nowMs);
  } finally {
    database.close();
  }
}

function checkedRows(database: DatabaseSync, after: number): readonly EntryRow[] {
  const { rows, damage } = entryTable(database, String(metaOf(database, 'ledger_id'))).after(after);
  if (damage[0] !== undefined) throw new DamagedLedgerError(damage[0]);
  return rows;
}
