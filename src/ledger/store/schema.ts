import * as l10n from '@vscode/l10n';
import type { DatabaseSync } from 'node:sqlite';
import { breakerTable } from '../breakers/schema';
import { reservationTables } from '../reservations/schema';

/** The schema of the first versions' one file, conduit.db. */
export const firstSchema = 1;

/** Taken away for the moment in which rows are dropped. */
export const neverDeleted = `
  CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;`;

/** A decision's id as text: a UUID is 16 bytes. */
const idText = `
  CASE typeof(decision_id) WHEN 'text' THEN decision_id ELSE
    lower(substr(hex(decision_id), 1, 8) || '-' || substr(hex(decision_id), 9, 4) || '-' ||
      substr(hex(decision_id), 13, 4) || '-' || substr(hex(decision_id), 17, 4) || '-' ||
      substr(hex(decision_id), 21)) END`;

/**
 * One list of statements for each schema version of a generation's file, from 2. A released one never changes: the next
 * change of the schema is one more item.
 *
 * - `entry` numbers its rows without a gap. `checksum`: `checksumOf`. `origin`: where an imported or salvaged row was.
 *   `deflated` is the rest of the payload. The kinds are the letters of
 *   `toColumns`; `id_hash`: `idHashOf`.
 * - `dropped` has the ranges of numbers whose rows went, and why: `forgotten` by the user, `retained` no longer, or
 *   `never` given, in a ledger that was taken over. Its checksum is as that of a row.
 * - `queue_taken`: `Taken`, for each window that appends or has left a queue.
 * - `retained`: `RetainedDecisions`.
 * - `taken_over` has, for a file of before that older windows may still write to: up to which number its rows kept theirs,
 *   and in which ledger; up to where they are here, since when it is continued, and how often something had been forgotten.
 * - `meta`: `ledger_id`, `generation`, `times_forgotten`.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE entry (
    sequence    INTEGER PRIMARY KEY,
    at_ms       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    decision_id ANY NOT NULL,
    payload     TEXT NOT NULL,
    origin      TEXT,
    checksum    BLOB NOT NULL,
    deflated    BLOB,
    id_hash     INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX entry_of_decision ON entry (id_hash);
  CREATE TABLE dropped (
    first    INTEGER PRIMARY KEY,
    last     INTEGER NOT NULL,
    why      TEXT NOT NULL,
    checksum BLOB NOT NULL
  ) STRICT;
  CREATE TABLE taken_over (
    from_path     TEXT PRIMARY KEY,
    from_ledger   TEXT NOT NULL,
    into_ledger   TEXT NOT NULL,
    same_until    INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    since_ms      INTEGER NOT NULL,
    forgotten     INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  ${neverDeleted}
  CREATE VIEW decision AS SELECT sequence, at_ms, ${idText} AS id,
      coalesce(payload ->> '$.p', 'default') AS pool, coalesce(payload ->> '$.o', 'chat') AS origin, payload ->> '$.d' AS deployment_id, payload ->> '$.pr' AS probability,
      coalesce(payload ->> '$.x', 0) AS explored, payload ->> '$.n' AS pool_sequence,
      coalesce(payload ->> '$.ph', 'lin-ucb') AS phase, coalesce(payload ->> '$.ps', 'balanced') AS preset,
      payload ->> '$.i' AS input_tokens, payload ->> '$.t' AS task, payload ->> '$.dm' AS domain
    FROM entry WHERE kind = 'd';
  CREATE VIEW attempt AS SELECT sequence, at_ms, ${idText} AS decision_id, payload ->> '$.d' AS deployment_id,
      coalesce(payload ->> '$.n', 0) AS attempt_index, coalesce(payload ->> '$.o', 'completed') AS outcome,
      payload ->> '$.f.reason' AS failure, payload ->> '$.r.u.i' AS input_tokens, payload ->> '$.r.u.o' AS output_tokens,
      coalesce(payload ->> '$.r.c.k', 'exact') AS cost_kind, payload ->> '$.r.c.u' AS cost_usd,
      payload ->> '$.r.f' AS time_to_first_token_ms, payload ->> '$.r.t' AS total_ms
    FROM entry WHERE kind = 'a';
  CREATE VIEW observation AS SELECT sequence, at_ms, ${idText} AS decision_id, payload ->> '$.d' AS deployment_id,
      coalesce(payload ->> '$.s.kind', 'completed') AS signal, payload -> '$.s' AS details
    FROM entry WHERE kind = 'o';
  `,
  `
  CREATE TABLE queue_taken (
    queue TEXT PRIMARY KEY,
    lines INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  breakerTable,
  reservationTables,
  'CREATE TABLE retained (id_hash INTEGER PRIMARY KEY) STRICT;',
];

/** The schema that this version writes. */
export const schemaVersion = firstSchema + steps.length;

export function schemaOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

/** What is to be run on a file of `version` (0: a new one), without those of conduit.db. */
export function stepsFrom(version: number): readonly string[] {
  return steps.slice(Math.max(0, version - firstSchema));
}

/** Written by a newer version: this one may read it, as far as it understands it, and writes nothing. */
export class NewerLedgerError extends Error {
  readonly code = 'newer';
  readonly schema: number;

  constructor(schema: number) {
    super(
      l10n.t(
        'it was written by a newer Conduit (schema {0}, this one knows {1}). Update Conduit',
        schema,
        schemaVersion,
      ),
    );
    this.name = 'NewerLedgerError';
    this.schema = schema;
  }
}
