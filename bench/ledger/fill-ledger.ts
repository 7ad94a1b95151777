import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { entryTable } from '../../src/ledger/store/entry-table';
import { metaOf } from '../../src/ledger/store/ledger-database';
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

/** Repeats what is in a ledger so often, with ids and times of their own: rows are packed once. Takes seconds where `fillLedger` takes minutes. */
export async function repeatLedger(from: string, storage: string, times: number): Promise<void> {
  mkdirSync(storage, { recursive: true });
  const ledger = await sqliteLedger({ storage, nowMs: Date.now, log: quietLog });
  await ledger.close();
  const { DatabaseSync } = await import('node:sqlite');
  const [source, target] = [from, storage].map(
    (each) => new DatabaseSync(path.join(each, 'ledger', 'ledger-1.db')),
  );
  if (source === undefined || target === undefined) return;
  target.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN');
  const [rows, into] = [source, target].map((each) => entryTable(each, String(metaOf(each, 'ledger_id'))));
  if (rows === undefined || into === undefined) return;
  const { first, last } =
    source.prepare('SELECT min(at_ms) AS first, max(at_ms) AS last FROM entry').get() ?? {};
  const spanMs = Number(last) - Number(first);
  let sequence = 0;
  for (let time = 0; time < times; time += 1) {
    const ids = (0x8000 + time).toString(16);
    const sooner = (times - 1 - time) * spanMs;
    for (let after: number | undefined = 0; after !== undefined;) {
      const page = rows.after(after, 5_000);
      for (const row of page.rows) {
        sequence += 1;
        const decisionId = `${row.decisionId.slice(0, 19)}${ids}${row.decisionId.slice(23)}`;
        into.insertAs({ ...row, sequence, decisionId, atMs: row.atMs - sooner });
      }
      after = page.next;
    }
  }
  target.exec('COMMIT; PRAGMA journal_mode = WAL');
  source.close();
  target.close();
}
