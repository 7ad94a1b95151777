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
    const from = await lastBefore(database, sinceMs);
    if (schemaOf(database) === firstSchema) take(rowsOfFirstFile(database, from));
    else for await (const rows of checkedPages(database, from)) take(rows);
    return fold.spent(sinceMs, nowMs);
  } finally {
    database.close();
  }
}

/**
 * The number behind which there is all that is of that time. Rows are in the order in which they were written, which isn't
 * that of their times: an import brings old ones, and others waited. There is no index of times: so all rows are looked
 * at, some at a time, for others of this thread to have their turns.
 */
async function lastBefore(database: DatabaseSync, sinceMs: number): Promise<number> {
  const first = database.prepare(
    'SELECT min(sequence) AS sequence FROM entry WHERE sequence > ? AND sequence <= ? AND at_ms >= ?',
  );
  const last = Number(database.prepare('SELECT max(sequence) AS last FROM entry').get()?.['last'] ?? 0);
  for (let after = 0; after < last; after += lookLength) {
    const sequence = first.get(after, after + lookLength, sinceMs)?.['sequence'];
    if (typeof sequence === 'number') return sequence - 1;
    await setImmediate();
  }
  return last;
}

const lookLength = 5_000;

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
