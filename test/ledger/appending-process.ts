import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import { attemptWith, decisionWith } from '../core/samples';
import { patiently } from '../../src/ledger/patient';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';

/**
 * A process of its own that appends pairs (a decision and its attempt) to the ledger in `storage`, and says the number
 * of each pair once it is acknowledged. Arguments: storage, name of the process, number of pairs.
 */
const [storage = '', name = '', pairs = '0'] = process.argv.slice(2);
const quiet = (): undefined => undefined;
/** As the worker does: the ledger itself waits for another process's lock for no longer than a thread may be held. */
const patienceMs = 30_000;
const options = {
  storage,
  nowMs: Date.now,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
};
const ledger = await patiently(() => sqliteLedger(options), patienceMs);
for (let index = 0; index < Number(pairs); index += 1) {
  const id = `${name}-${String(index)}`;
  const pair: readonly LedgerEntry[] = [
    { kind: 'decision', decision: decisionWith({ id }) },
    { kind: 'attempt', attempt: attemptWith({ decisionId: id }) },
  ];
  await patiently(() => ledger.append(pair), patienceMs);
  process.stdout.write(`${String(index)}\n`);
}
await ledger.close();
