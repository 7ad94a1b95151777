import type { DatabaseSync } from 'node:sqlite';
import * as l10n from '@vscode/l10n';
import { idOfFirstFile, inTodaysForm, rowsOfFirstFile } from '../migration/first-file';
import type { EntryRow } from '../rows/row-checksum';
import { entryTable } from '../store/entry-table';
import { metaOf } from '../store/ledger-database';
import { firstSchema, NewerLedgerError, schemaOf, schemaVersion } from '../store/schema';
import { allRows, exportedEntries, originOf } from './export-ledger';

/**
 * Reads a ledger from elsewhere, row after row with its origin, once it has been found whole: an exported one, the file of
 * another machine, or conduit.db of a version before. `file` isn't written to. Throws where it is none, or is damaged.
 */
export function readForeign<T>(
  { DatabaseSync }: typeof import('node:sqlite'),
  file: string,
  read: (rows: () => Iterable<EntryRow>) => T,
): T {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    database.exec('BEGIN');
    const rows = rowsIn(database);
    checkWhole(database, rows);
    return read(rows);
  } finally {
    database.close();
  }
}

function rowsIn(database: DatabaseSync): () => Iterable<EntryRow> {
  const schema = schemaOf(database);
  if (schema > schemaVersion) throw new NewerLedgerError(schema);
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").get() === undefined)
    throw new Error(l10n.t('it is no ledger'));
  const first = schema === firstSchema;
  const id = first ? idOfFirstFile(database) : String(metaOf(database, 'ledger_id'));
  const withOrigin = (row: EntryRow): EntryRow => ({ ...row, origin: originOf(id, row) });
  return function* () {
    if (first) for (const row of rowsOfFirstFile(database, 0)) yield withOrigin(inTodaysForm(row));
    else for (const row of allRows(entryTable(database, id))) yield withOrigin(row);
  };
}

/** Reads all of it once: pages that SQLite finds wrong, rows that aren't what was written, an end that is missing. */
function checkWhole(database: DatabaseSync, rows: () => Iterable<EntryRow>): void {
  const [found] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
  if (found !== 'ok') throw new Error(l10n.t('it is damaged ({0})', String(found)));
  let count = 0;
  for (const _row of rows()) count += 1;
  const expected = schemaOf(database) === firstSchema ? undefined : metaOf(database, exportedEntries);
  if (expected !== undefined && expected !== count)
    throw new Error(l10n.t('it is damaged ({0})', `${String(count)} of ${String(Number(expected))} rows`));
}
