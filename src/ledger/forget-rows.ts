import type { DatabaseSync } from 'node:sqlite';
import type { Forgotten } from '../core/terms/ports';
import { neverDeleted } from './migrations';

export interface Deleted {
  readonly decisions: number;
  /** Why bytes of it may be left in the files, in English; undefined: there are none. */
  readonly leftOver: string | undefined;
}

/**
 * Deletes rows, and writes the database's files anew without them: overwriting them would leave copies where SQLite had
 * moved them from page to page. `inTransaction` runs all or nothing.
 */
export function forgetIn(
  database: DatabaseSync,
  which: Forgotten,
  inTransaction: (work: () => number) => number,
): Deleted {
  database.exec('PRAGMA secure_delete = ON');
  const decisions = inTransaction(() => {
    const count = (): number =>
      Number(
        database.prepare("SELECT COUNT(*) AS count FROM entry WHERE kind = 'decision'").get()?.['count'],
      );
    const before = count();
    // A table of its own, made when it is first needed: a schema of another version would lock older windows out.
    database.exec(`
      CREATE TABLE IF NOT EXISTS forgetting (times INTEGER NOT NULL) STRICT;
      INSERT INTO forgetting SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM forgetting);
      DROP TRIGGER IF EXISTS entry_is_never_deleted;
    `);
    if (which === 'everything') database.exec('DELETE FROM entry');
    else {
      const remove = database.prepare('DELETE FROM entry WHERE decision_id = ?');
      for (const id of which) remove.run(id);
    }
    database.exec(`${neverDeleted} UPDATE forgetting SET times = times + 1`);
    return before - count();
  });
  return { decisions, leftOver: writtenAnew(database) };
}

export function timesForgottenIn(database: DatabaseSync): number {
  const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'forgetting'").get();
  return made === undefined ? 0 : Number(database.prepare('SELECT times FROM forgetting').get()?.['times']);
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
