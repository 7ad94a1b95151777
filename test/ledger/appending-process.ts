import { attemptWith, decisionWith } from '../core/samples';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';

/**
 * A process of its own that appends pairs (a decision and its attempt) to the ledger in `storage`, and says the number
 * of each pair once it is acknowledged. Arguments: storage, name of the process, number of pairs.
 */
const [storage = '', name = '', pairs = '0'] = process.argv.slice(2);
const quiet = (): undefined => undefined;
const ledger = await sqliteLedger({
  storage,
  nowMs: Date.now,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
for (let index = 0; index < Number(pairs); index += 1) {
  const id = `${name}-${String(index)}`;
  await ledger.append([
    { kind: 'decision', decision: decisionWith({ id }) },
    { kind: 'attempt', attempt: attemptWith({ decisionId: id }) },
  ]);
  process.stdout.write(`${String(index)}\n`);
}
await ledger.close();
