import { pathToFileURL } from 'node:url';
import type { DatabaseSync } from 'node:sqlite';

type Sqlite = typeof import('node:sqlite');

/**
 * Opens a database that must not be changed. `withLog`: with what its log has committed, as a window would see it; else the
 * file alone, as if there were no log. Neither changes, not even on close: only who has a file open for writing may empty
 * its log. Undefined where SQLite can't open it.
 */
export function openReadOnly(
  { DatabaseSync }: Sqlite,
  file: string,
  withLog: boolean,
): DatabaseSync | undefined {
  try {
    const name = withLog ? file : `${pathToFileURL(file).href}?immutable=1`;
    return new DatabaseSync(name, { readOnly: true, timeout: patienceMs });
  } catch {
    return undefined;
  }
}

/** Somebody may be writing to a file that isn't known to be damaged yet. */
const patienceMs = 500;

/** What a short read comes to; undefined where it, or opening the file, fails. */
export function readFrom<Result>(
  sqlite: Sqlite,
  file: string,
  withLog: boolean,
  read: (database: DatabaseSync) => Result,
): Result | undefined {
  const database = openReadOnly(sqlite, file, withLog);
  try {
    return database && read(database);
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}
