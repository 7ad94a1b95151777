import type { DatabaseSync } from 'node:sqlite';
import type { Forgotten } from '../core/terms/ports';

export interface Deleted {
  readonly decisions: number;
  /** Why bytes of it may be left in the files, in English; undefined: there are none. */
  readonly leftOver: string | undefined;
}

/**
 * Deletes rows, and writes the database's files anew without them. `inTransaction` runs all or nothing. Who only overwrote
 * the rows would leave what earlier versions of SQLite's pages hold of them.
 */
export function forgetIn(
  database: DatabaseSync,
  which: Forgotten,
  inTransaction: (work: () => number) => number,
): Deleted {
  database.exec('PRAGMA secure_delete = ON');
  const decisions = inTransaction(() => {
    const count = (): number =>
      Number(database.prepare("SELECT COUNT(*) AS count FROM entry WHERE kind = 'decision'").get()?.['count']);
    const before = count();
    database.exec('UPDATE forgetting SET under_way = 1');
    if (which === 'everything') database.exec('DELETE FROM entry');
    else {
      const remove = database.prepare('DELETE FROM entry WHERE decision_id = ?');
      for (const id of which) remove.run(id);
    }
    database.exec('UPDATE forgetting SET under_way = 0, times = times + 1');
    return before - count();
  });
  return { decisions, leftOver: writtenAnew(database) };
}

export function timesForgottenIn(database: DatabaseSync): number {
  return Number(database.prepare('SELECT times FROM forgetting').get()?.['times']);
}

/** Undefined where nothing of deleted rows is left: neither in the database nor in the log of its last writes. */
function writtenAnew(database: DatabaseSync): string | undefined {
  try {
    database.exec('VACUUM');
    const busy = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'];
    return busy === 0 || busy === undefined ? undefined : 'another window is reading it';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
