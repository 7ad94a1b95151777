import { existsSync } from 'node:fs';
import type { Forgotten } from '../../core/terms/ports';
import { firstSchema, schemaOf } from '../store/schema';

/**
 * What the user has forgotten goes from conduit.db too, as its own windows would delete it: otherwise it would only have
 * become invisible. All else in that file stays. Throws what SQLite does.
 */
export function forgetInFirstFile(
  { DatabaseSync }: typeof import('node:sqlite'),
  file: string,
  which: Forgotten,
): void {
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    if (schemaOf(database) !== firstSchema) return;
    database.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
    database.exec(`
      CREATE TABLE IF NOT EXISTS forgetting (times INTEGER NOT NULL) STRICT;
      INSERT INTO forgetting SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM forgetting);
      DROP TRIGGER IF EXISTS entry_is_never_deleted`);
    if (which === 'everything') database.exec('DELETE FROM entry');
    else {
      const remove = database.prepare('DELETE FROM entry WHERE decision_id = ?');
      for (const id of which) remove.run(id);
    }
    database.exec(`
      CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
      UPDATE forgetting SET times = times + 1;
      COMMIT;
      VACUUM;
      PRAGMA wal_checkpoint(TRUNCATE)`);
  } finally {
    database.close();
  }
}
