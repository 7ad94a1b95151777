import type { Spent } from '../core/stats/spending';
import { createSpendingFold } from '../core/stats/spending';
import { parseEntry } from './entry-schema';

const entriesSince = `
  SELECT sequence, at_ms, payload FROM entry
  WHERE sequence > COALESCE((SELECT sequence FROM entry WHERE at_ms < ? ORDER BY sequence DESC LIMIT 1), 0)
  ORDER BY sequence`;

/**
 * What a ledger says was spent since a Unix time in ms, at most two days ago. Reads only what was recorded since, and
 * writes nothing: for a window that has not asked anything yet. Rejects where there is no ledger that can be read.
 */
export async function spentSince(path: string, sinceMs: number, nowMs: number): Promise<Spent> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  const fold = createSpendingFold();
  try {
    for (const row of database.prepare(entriesSince).iterate(sinceMs)) {
      const entry = parseEntry(JSON.parse(String(row['payload'])));
      if (entry !== undefined)
        fold.apply({ ...entry, sequence: Number(row['sequence']), atMs: Number(row['at_ms']) });
    }
    return fold.spent(sinceMs, nowMs);
  } finally {
    database.close();
  }
}
