import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
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

/**
 * Behind what can be of that time: rows are in the order in which they were written, and one that waited, or was written by
 * another clock, isn't in that of its time.
 */
const lastBefore = `
  SELECT coalesce((SELECT min(sequence) FROM entry WHERE at_ms >= ?), (SELECT max(sequence) + 1 FROM entry), 1) - 1
    AS sequence`;

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
  const take = (rows: Iterable<Parameters<typeof storedEntryOf>[0]>): void => {
    for (const row of rows) {
      const entry = storedEntryOf(row);
      if (entry !== undefined) fold.apply(entry);
    }
  };
  try {
    const from = Number(database.prepare(lastBefore).get(sinceMs)?.['sequence'] ?? 0);
    if (schemaOf(database) === firstSchema) take(rowsOfFirstFile(database, from));
    else for await (const rows of checkedPages(database, from)) take(rows);
    return fold.spent(sinceMs, nowMs);
  } finally {
    database.close();
  }
}

/** A page at a time: a question that comes meanwhile is answered in between. */
async function* checkedPages(database: DatabaseSync, from: number): AsyncGenerator<readonly EntryRow[]> {
  const table = entryTable(database, String(metaOf(database, 'ledger_id')));
  for (let after: number | undefined = from; after !== undefined;) {
    const { rows, damage, next } = table.after(after, pageLength);
    if (damage[0] !== undefined) throw new DamagedLedgerError(damage[0]);
    yield rows;
    after = next;
    if (next !== undefined) await setImmediate();
  }
}

const pageLength = 250;
