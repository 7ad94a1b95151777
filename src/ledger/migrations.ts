/** Taken away for the moment in which the user has something forgotten. */
export const neverDeleted = `
  CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;`;

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
  ${neverDeleted}
  `,
];
