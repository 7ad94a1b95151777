/**
 * One list of statements for each schema version, from 1. A released one never changes: the next change of the
 * schema is one more item.
 */
export const migrations: readonly string[] = [
  `
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
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  `,
  // Only who forgets on the user's word may delete, and says so within the same transaction.
  `
  CREATE TABLE forgetting (times INTEGER NOT NULL, under_way INTEGER NOT NULL) STRICT;
  INSERT INTO forgetting VALUES (0, 0);
  DROP TRIGGER entry_is_never_deleted;
  CREATE TRIGGER entry_is_deleted_by_forgetting_alone BEFORE DELETE ON entry
    WHEN (SELECT under_way FROM forgetting) = 0
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  `,
];
