import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { attemptWith, decisionWith } from '../../core/samples';
import { windowLedger } from '../worker/open-ledger';

/**
 * A process of its own that appends to the ledger in a storage as a window does: a decision, then its receipt with what
 * it tells. It says `d N` and `r N` once they are acknowledged, at last the longest block of its event loop in ms, and
 * ends when nothing waits any more. Arguments: storage, name, pairs, bytes after which the log of writes is moved, and how
 * long it waits for the ledger in ms.
 */
const [storage = '', name = '', pairs = '0', checkpointBytes, patienceMs] = process.argv.slice(2);
const delay = monitorEventLoopDelay({ resolution: 1 });
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const alive = setInterval(() => undefined, 60_000);
const { ledger, close } = windowLedger(storage, path.join(__dirname, 'ledger-worker.js'), {
  writer: name,
  ...(patienceMs !== undefined && { patienceMs: Number(patienceMs) }),
  ...(checkpointBytes !== undefined && { checkpointBytes: Number(checkpointBytes) }),
});
await ledger.timesForgotten();
delay.enable();
for (let index = 0; index < Number(pairs); index += 1) {
  const decisionId = `${name}-${String(index)}`;
  await ledger.append([{ kind: 'decision', decision: decisionWith({ id: decisionId }) }]);
  say(`d ${String(index)}`);
  const { deploymentId } = decisionWith();
  await ledger.append([
    { kind: 'attempt', attempt: attemptWith({ decisionId }) },
    { kind: 'observation', observation: { decisionId, deploymentId, signal: { kind: 'completed' } } },
  ]);
  say(`r ${String(index)}`);
}
say(`block ${(delay.max / 1e6).toFixed(1)}`);
while (ledger.state().waiting > 0) await new Promise((resolve) => void setTimeout(resolve, 50));
await close();
clearInterval(alive);
