import { DatabaseSync } from 'node:sqlite';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import { decisionIdOf } from '../../src/ledger/entry-schema';

/** What the first versions ran on conduit.db, statement by statement. A released version's never change. */
const schema = `
  CREATE TABLE entry (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms       INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('decision', 'attempt', 'observation')),
    decision_id TEXT NOT NULL,
    payload     TEXT NOT NULL
  ) STRICT;
  CREATE INDEX entry_of_decision ON entry (decision_id);
  CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;`;

/** A window of the old version, as far as its ledger goes. */
export interface FirstFileWriter {
  append(entries: readonly LedgerEntry[], atMs?: number): void;
  /** A row as it stands, such as of a kind that is new. */
  appendRaw(kind: string, decisionId: string, payload: string): void;
  forget(which: 'everything' | readonly string[]): void;
  close(): void;
}

export function firstFileWriter(file: string): FirstFileWriter {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  inTransaction(() => {
    if (database.prepare('PRAGMA user_version').get()?.['user_version'] === 1) return;
    database.exec(`${schema} PRAGMA user_version = 1`);
  });
  const insert = database.prepare(
    'INSERT INTO entry (at_ms, kind, decision_id, payload) VALUES (?, ?, ?, ?)',
  );

  function inTransaction(work: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    work();
    database.exec('COMMIT');
  }

  return {
    append: (entries, atMs = Date.now()) =>
      inTransaction(() => {
        for (const entry of entries) {
          const kind = entry.kind === 'judgement' ? 'attempt' : entry.kind;
          insert.run(atMs, kind, decisionIdOf(entry), JSON.stringify(entry));
        }
      }),
    appendRaw: (kind, decisionId, payload) => void insert.run(0, kind, decisionId, payload),
    forget: (which) => {
      database.exec('PRAGMA secure_delete = ON');
      inTransaction(() => {
        database.exec(`
          CREATE TABLE IF NOT EXISTS forgetting (times INTEGER NOT NULL) STRICT;
          INSERT INTO forgetting SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM forgetting);
          DROP TRIGGER IF EXISTS entry_is_never_deleted;`);
        if (which === 'everything') database.exec('DELETE FROM entry');
        else for (const id of which) database.prepare('DELETE FROM entry WHERE decision_id = ?').run(id);
        database.exec(`CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
          BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
          UPDATE forgetting SET times = times + 1`);
      });
      database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close: () => database.close(),
  };
}
