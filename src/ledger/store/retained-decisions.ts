import type { DatabaseSync } from 'node:sqlite';
import { shortHash } from '../rows/row-checksum';

/** Decisions that retention dropped while what was learnt of them stays: nothing of them is to be learnt a second time. */
export interface RetainedDecisions {
  /** Of ids that retention drops. Within a transaction. */
  add(decisionIds: readonly string[]): void;
  has(decisionId: string): boolean;
  /** What was learnt of them is gone, as after something was forgotten. Within a transaction. */
  clear(): void;
}

/** In a file of this version's schema, or a newer one's. Throws what SQLite does. */
export function retainedDecisions(database: DatabaseSync): RetainedDecisions {
  const insert = database.prepare('INSERT OR IGNORE INTO retained (id_hash) VALUES (?)');
  const select = database.prepare('SELECT 1 FROM retained WHERE id_hash = ?');
  const clear = database.prepare('DELETE FROM retained');
  return {
    add: (decisionIds) => {
      for (const id of decisionIds) insert.run(longHashOf(id));
    },
    has: (decisionId) => select.get(longHashOf(decisionId)) !== undefined,
    clear: () => void clear.run(),
  };
}

/**
 * 48 bits, which are a number: of 100,000 that were dropped, one in 2.8·10⁹ others is taken for one of them by chance. By
 * ranges of rows' origins it would be smaller, but two machines that went on with a copied storage have other rows under the
 * same origins.
 */
function longHashOf(decisionId: string): number {
  return Buffer.from(shortHash([decisionId])).readUIntBE(0, 6);
}
