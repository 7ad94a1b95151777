import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { busyTimeoutMs } from '../patient';
import { claimName } from '../../files/names-on-disk';
import { draftName, keepPrivateSync, makePrivateFileSync } from '../../files/private-files';
import { NewerLedgerError, schemaOf, schemaVersion, stepsFrom } from './schema';

type Sqlite = typeof import('node:sqlite');

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly ledgerId: string;
  /** The schema of a newer version: nothing is written. Undefined: this version's. */
  readonly newerSchema: number | undefined;
}

/**
 * Opens a generation's database, and brings its schema up to date; one of a newer version is opened for reading alone.
 * Commits are flushed until `setFlushing` says otherwise. Throws what SQLite says where it is none.
 */
export function openDatabase(sqlite: Sqlite, file: string): OpenedDatabase {
  // Before anything else: the first write to a newer database would be one too many.
  const newerSchema = newerSchemaOf(sqlite, file);
  const readOnly = newerSchema !== undefined;
  if (!readOnly) keepPrivateSync(file);
  const database = new sqlite.DatabaseSync(file, { timeout: busyTimeoutMs, readOnly });
  try {
    if (!readOnly) {
      // One window at a time moves the log of writes: SQLite by itself never does.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;');
      migrate(database);
    }
    return { database, ledgerId: String(metaOf(database, 'ledger_id')), newerSchema };
  } catch (error) {
    database.close();
    throw error;
  }
}

function newerSchemaOf({ DatabaseSync }: Sqlite, file: string): number | undefined {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs, readOnly: true });
  try {
    const schema = schemaOf(database);
    return schema > schemaVersion ? schema : undefined;
  } finally {
    database.close();
  }
}

/** Windows that open it at the same time wait for each other. */
function migrate(database: DatabaseSync): void {
  if (schemaOf(database) === schemaVersion) return;
  inTransaction(database, () => {
    const version = schemaOf(database);
    if (version > schemaVersion) throw new NewerLedgerError(version);
    for (const statements of stepsFrom(version)) database.exec(statements);
    database.exec(`PRAGMA user_version = ${String(schemaVersion)}`);
  });
}

/** Of pages of the usual 4 kB an eighth would stay empty, for a decision's rows don't fit in their ends. */
const pageBytes = 8_192;

/** What fills a new ledger before anybody sees it. */
export type Filling = (database: DatabaseSync, ledgerId: string) => void;

/**
 * Makes a generation's database, or with the generation 0 one that is handed on: filled and whole in a file of another name, which then gets this one. Returns false
 * where another window was first; then that one's is there, and ours is gone.
 */
export function makeDatabase(
  sqlite: Sqlite,
  file: string,
  generation: number,
  fill: Filling,
  journal: 'WAL' | 'DELETE' = 'WAL',
): boolean {
  if (existsSync(file)) return false;
  const temporary = draftName(file);
  makePrivateFileSync(temporary);
  try {
    const database = new sqlite.DatabaseSync(temporary);
    try {
      // Nobody else has it open, and it is synced as a whole: no journal and no flushes on the way.
      database.exec(
        `PRAGMA page_size = ${String(pageBytes)}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;`,
      );
      migrate(database);
      const ledgerId = randomBytes(8).toString('hex');
      setMeta(database, 'ledger_id', ledgerId);
      setMeta(database, 'generation', generation);
      fill(database, ledgerId);
      database.exec(`PRAGMA synchronous = FULL; PRAGMA journal_mode = ${journal};`);
    } finally {
      database.close();
    }
    return claimName(temporary, file);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${temporary}${end}`, { force: true });
  }
}

export function metaOf(database: DatabaseSync, key: string): unknown {
  return database.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.['value'];
}

export function setMeta(database: DatabaseSync, key: string, value: string | number): void {
  database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
}

/** All or nothing. Takes the write lock at once, so that it can't fail half way for want of it. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  return within(database, 'BEGIN IMMEDIATE', work);
}

/** Reads that belong together see one state of the database. */
export function inSnapshot<T>(database: DatabaseSync, work: () => T): T {
  return within(database, 'BEGIN', work);
}

function within<T>(database: DatabaseSync, begin: string, work: () => T): T {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk, for one, has already ended it: then a rollback would hide the reason.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Moves what is in the write-ahead log into the database, and empties the log where nobody reads it.
 *
 * @returns false where another window was reading, so that some of it is left in the log
 */
export function checkpoint(database: DatabaseSync): boolean {
  const busy = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'];
  return busy === 0 || busy === undefined;
}
