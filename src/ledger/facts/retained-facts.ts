import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';

const pageSize = 500;
const tables = ['fact', 'pull', 'failed_call', 'used', 'rival', 'duel'];

/** Those of the decisions that retention has dropped while what was learnt of them is kept. */
export type Retained = (decisionIds: readonly string[]) => Promise<readonly string[]>;

/** The numbers of decisions whose facts can't be made again: retention has dropped them, and nobody had them forgotten. */
export async function retainedFacts(
  database: DatabaseSync,
  retained: Retained | undefined,
): Promise<readonly number[]> {
  if (retained === undefined) return [];
  const page = database.prepare(
    'SELECT sequence, decision_id FROM fact WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const kept: number[] = [];
  for (let after = 0; ;) {
    const rows = page.all(after, pageSize);
    if (rows.length === 0) return kept;
    const ids = new Set(await retained(rows.map((row) => String(row['decision_id']))));
    for (const row of rows) {
      after = Number(row['sequence']);
      if (ids.has(String(row['decision_id']))) kept.push(after);
    }
    await setImmediate();
  }
}

/** Deletes all other facts, and how far they went. Within a transaction. */
export function deleteFactsBut(database: DatabaseSync, sequences: readonly number[]): void {
  database.exec('DELETE FROM meta');
  if (sequences.length === 0) {
    for (const table of [...tables, 'name']) database.exec(`DELETE FROM ${table}`);
    return;
  }
  database.exec('CREATE TEMP TABLE kept (sequence INTEGER PRIMARY KEY)');
  const insert = database.prepare('INSERT INTO kept VALUES (?)');
  for (const sequence of sequences) insert.run(sequence);
  for (const table of tables)
    database.exec(`DELETE FROM ${table} WHERE sequence NOT IN (SELECT sequence FROM kept)`);
  database.exec('DROP TABLE kept');
}
