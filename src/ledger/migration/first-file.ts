import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../rows/row-checksum';

/** conduit.db, the one file of the first versions: rows without checksums, whose payloads are whole entries. */

/** Rows with a number above `sequence`, in order. Ones that aren't of the types of a ledger are left out. */
export function* rowsOfFirstFile(database: DatabaseSync, sequence: number): Generator<EntryRow> {
  const select = database.prepare(
    'SELECT sequence, at_ms, kind, decision_id, payload FROM entry WHERE sequence > ? ORDER BY sequence',
  );
  for (const row of select.iterate(sequence)) {
    const { sequence: own, at_ms: atMs, kind, decision_id: decisionId, payload } = row;
    if (typeof own !== 'number' || typeof atMs !== 'number' || typeof kind !== 'string') continue;
    if (typeof decisionId !== 'string' || typeof payload !== 'string') continue;
    yield { sequence: own, atMs, kind, decisionId, payload, origin: null };
  }
}
