import type { DatabaseSync } from 'node:sqlite';
import { existsSync, statSync } from 'node:fs';
import { shortHash } from '../rows/row-checksum';
import type { EntryRow } from '../rows/row-checksum';
import { packEntry } from '../rows/packed-entry';
import { storedEntryOf } from '../store/ledger-store';
import { firstSchema, schemaOf } from '../store/schema';

/** conduit.db, the one file of the first versions: rows without checksums, whose payloads are whole entries. */

type Sqlite = typeof import('node:sqlite');

/**
 * Reads it as it is at one moment, and writes nothing to it. Undefined where it isn't there, or isn't a ledger of a
 * version before. Throws what SQLite does where it can't be read.
 */
export function readFirstFile<T>(
  { DatabaseSync }: Sqlite,
  file: string,
  read: (database: DatabaseSync) => T,
): T | undefined {
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    database.exec('BEGIN');
    return schemaOf(database) === firstSchema ? read(database) : undefined;
  } finally {
    database.close();
  }
}

/** Rows with a number above `sequence`, in order. Ones that aren't of the types of a ledger are left out. */
export function* rowsOfFirstFile(database: DatabaseSync, sequence: number): Generator<EntryRow> {
  const select = database.prepare(
    'SELECT sequence, at_ms, kind, decision_id, payload FROM entry WHERE sequence > ? ORDER BY sequence',
  );
  for (const row of select.iterate(sequence)) {
    const { sequence: own, at_ms: atMs, kind, decision_id: decisionId, payload } = row;
    if (typeof own !== 'number' || typeof atMs !== 'number' || typeof kind !== 'string') continue;
    if (typeof decisionId !== 'string' || typeof payload !== 'string') continue;
    yield { sequence: own, atMs, kind, decisionId, payload, deflated: null, origin: null };
  }
}

/**
 * The same row in today's form, to the last digit: what it said it says. One that this version doesn't understand stays
 * as it was, for another that does.
 */
export function inTodaysForm(row: EntryRow): EntryRow {
  const entry = storedEntryOf(row);
  return entry === undefined ? row : { ...row, ...packEntry(entry, false) };
}

/** How often something was forgotten in it. The table was made when that was first done. */
export function timesForgottenInFirstFile(database: DatabaseSync): number {
  const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'forgetting'").get();
  return made === undefined ? 0 : Number(database.prepare('SELECT times FROM forgetting').get()?.['times']);
}

/** It has no id of its own. That of its first row is one: whoever takes the same file over calls it the same. */
export function idOfFirstFile(database: DatabaseSync): string {
  const row = database.prepare('SELECT sequence, at_ms, payload FROM entry ORDER BY sequence LIMIT 1').get();
  if (row === undefined) return idOfEmptyFile;
  const parts = [row['sequence'], row['at_ms'], row['payload']].map(String);
  return `first-${Buffer.from(shortHash(parts)).toString('hex')}`;
}

export const idOfEmptyFile = 'first';

/** What shows that something was written to it: another text. `writtenMs`: the last time, by the disk's clock; 0: never. */
export function traceOf(file: string): { readonly trace: string; readonly writtenMs: number } {
  const found = [file, `${file}-wal`].map((each) => statSync(each, { throwIfNoEntry: false }));
  return {
    trace: found
      .map((stat) => (stat === undefined ? '-' : `${String(stat.size)} ${String(stat.mtimeMs)}`))
      .join(' '),
    writtenMs: Math.max(...found.map((stat) => stat?.mtimeMs ?? 0)),
  };
}
