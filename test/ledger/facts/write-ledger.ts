import { mkdirSync } from 'node:fs';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { quietLog } from '../../core/samples';
import { seededRandom } from '../../core/seeded-random';
import type { RandomLedger } from './random-ledger';
import { randomLedger } from './random-ledger';

/** Entries of one transaction. */
const batch = 2_000;

/** Writes a random ledger into a folder that has none yet. */
export async function writeRandomLedger(
  storage: string,
  seed: number,
  options: Omit<RandomLedger, 'random'>,
): Promise<void> {
  mkdirSync(storage, { recursive: true });
  let times: number[] = [];
  const ledger = await sqliteLedger({ storage, nowMs: () => times.shift() ?? 0, log: quietLog });
  let entries: LedgerEntry[] = [];
  for (const { entry, atMs } of randomLedger({ ...options, random: seededRandom(seed) })) {
    entries.push(entry);
    times.push(atMs);
    if (entries.length < batch) continue;
    await ledger.append(entries);
    [entries, times] = [[], []];
  }
  await ledger.append(entries);
  await ledger.close();
}
