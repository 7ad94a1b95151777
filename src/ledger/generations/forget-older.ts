import { rmSync } from 'node:fs';
import { deleteCopies } from './copies';
import { tracesIn } from './traces';

/**
 * Deletes what else holds rows that were forgotten in the current generation's database: its copies, of which new ones are
 * made within a day, and the databases of damaged generations before it, which are salvaged. Throws where one can't be.
 */
export function forgetOlder(storage: string, current: string): void {
  deleteCopies(storage);
  for (const { database } of tracesIn(storage)) {
    if (database === current) continue;
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${database}${end}`, { force: true });
  }
}
