import { mkdirSync } from 'node:fs';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { quietLog } from '../../test/core/samples';
import type { SyntheticOptions } from './synthetic-history';
import { syntheticHistory } from './synthetic-history';

/** Makes the ledger of a storage, as years of use would leave it. */
export async function fillLedger(storage: string, options: SyntheticOptions): Promise<void> {
  mkdirSync(storage, { recursive: true });
  const ledger = await sqliteLedger({ storage, nowMs: Date.now, log: quietLog });
  let number = 0;
  let batch: StoredEntry[] = [];
  const write = async (): Promise<void> => {
    const appends = batch.map((entry) => ({ number: (number += 1), atMs: entry.atMs, entries: [entry] }));
    await ledger.take('generated', appends);
    batch = [];
    // Else the log of writes grows to several times the file.
    ledger.checkpoint();
  };
  for (const entry of syntheticHistory(options)) {
    batch.push(entry);
    if (batch.length === 40_000) await write();
  }
  await write();
  await ledger.close();
}
