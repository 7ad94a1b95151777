import { DatabaseSync } from 'node:sqlite';
import type { EntryTable } from '../../src/ledger/store/entry-table';
import { entryTable } from '../../src/ledger/store/entry-table';
import { metaOf } from '../../src/ledger/store/ledger-database';

/** A generation's database as another program would open it. */
export function withTable<T>(file: string, work: (table: EntryTable, database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    return work(entryTable(database, String(metaOf(database, 'ledger_id'))), database);
  } finally {
    database.close();
  }
}

/** Appends rows that are whole, with payloads as a version of tomorrow might write them. */
export function appendRaw(file: string, kind: string, decisionId: string, payloads: readonly string[]): void {
  withTable(file, (table) => {
    for (const payload of payloads) table.insert({ atMs: 0, kind, decisionId, payload, origin: null });
  });
}
