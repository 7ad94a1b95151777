import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Breathe } from './breathe';
import type { Proof } from './proven-rows';
import type { SalvagedRows } from './salvaged-rows';

/** Ranges that can't be read before the rest is left to the scan of the pages: a lost page costs about twenty. */
const mostFailures = 4_000;

/**
 * Gathers what SQLite itself can still read, and that proves itself: all at once, then in halves around what fails.
 * `database` is open for reading alone. `last`: the highest number that there may be.
 */
export async function salvageBySql(
  database: DatabaseSync,
  proof: Proof,
  last: number,
  into: SalvagedRows,
  breathe: Breathe,
): Promise<void> {
  gatherRanges(database, proof, into);
  const select = prepared(
    database,
    `SELECT ${proof.columns.join(', ')} FROM entry WHERE sequence > ? AND sequence <= ? ORDER BY sequence`,
  );
  if (select === undefined) return;
  let failures = 0;
  const waiting: [after: number, last: number][] = [[0, last]];
  for (let range = waiting.pop(); range !== undefined && failures < mostFailures; range = waiting.pop()) {
    const [after, end] = range;
    let reached = after;
    try {
      for (const row of select.iterate(after, end)) {
        const sequence = Number(row['sequence']);
        const proven = proof.entry(
          sequence,
          proof.columns.map((column) => row[column]),
        );
        if (proven !== undefined) into.add(proven);
        reached = Math.max(reached, sequence);
        await breathe();
      }
    } catch {
      failures += 1;
      if (end - reached <= 1) continue;
      const middle = reached + Math.floor((end - reached) / 2);
      waiting.push([middle, end], [reached, middle]);
    }
  }
}

function gatherRanges(database: DatabaseSync, proof: Proof, into: SalvagedRows): void {
  try {
    const rows = prepared(database, 'SELECT first, last, why, checksum FROM dropped')?.iterate() ?? [];
    for (const { first, last, why, checksum } of rows) {
      const range = proof.range([first, last, why, checksum]);
      if (range !== undefined) into.addRange(range);
    }
  } catch {
    // The scan of the pages looks for them, too.
  }
}

function prepared(database: DatabaseSync, sql: string): StatementSync | undefined {
  try {
    return database.prepare(sql);
  } catch {
    return undefined;
  }
}
