import { mkdirSync } from 'node:fs';
import type { WaitingAppend } from '../../../src/ledger/queue/queue-lines';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { quietLog } from '../../core/samples';
import { seededRandom } from '../../core/seeded-random';
import type { RandomLedger } from './random-ledger';
import { randomLedger } from './random-ledger';

/** Entries of one transaction. */
const batch = 2_000;
const writer = 'generated';

/** Writes a random ledger into a folder that has none yet, each entry with its own time. */
export async function writeRandomLedger(
  storage: string,
  seed: number,
  options: Omit<RandomLedger, 'random'>,
): Promise<void> {
  mkdirSync(storage, { recursive: true });
  const ledger = await sqliteLedger({ storage, nowMs: () => options.untilMs, log: quietLog });
  let appends: WaitingAppend[] = [];
  let number = 0;
  for (const { entry, atMs } of randomLedger({ ...options, random: seededRandom(seed) })) {
    appends.push({ number: (number += 1), atMs, entries: [entry] });
    if (appends.length < batch) continue;
    await ledger.take(writer, appends);
    appends = [];
  }
  if (appends.length > 0) await ledger.take(writer, appends);
  await ledger.leave(writer);
  await ledger.close();
}
