import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { simulatedPool } from '../../src/config/models/simulated-pool';
import { createConduit } from '../../src/core/conduit';
import { noEmbedder } from '../../src/embedding/embedder';
import { parseEntry } from '../../src/ledger/entry-schema';
import { fileSnapshots } from '../../src/ledger/file-snapshots';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { createSimulatedClient } from '../../src/providers/protocols/simulated';
import { configurationWith, quietLog, quietParts } from '../../test/core/samples';
import { windowLedger } from '../../test/ledger/worker/open-ledger';

/**
 * A host that was just activated, over the ledger in a storage (first argument). Even the ledger's worker isn't started. It
 * asks its first question, rates the
 * answer, asks another one, and says `asked`; then another window may write, and what it wrote is learnt and kept in a
 * snapshot. Its last line says, as JSON, how long the first decision took until it was recorded, and what all of it did to the event
 * loop and to memory. The second argument: `fold`: folds all of the ledger, keeps it and ends. `whole`: folds all of it
 * before anything is decided, and keeps nothing: as it was before there were snapshots.
 */
const [storage = '', how = 'start'] = process.argv.slice(2);
const watchedForMs = 3_000;

export interface Started {
  readonly firstDecisionMs: number;
  /** What the host's own thread worked until then: a busy machine changes it less. */
  readonly firstDecisionCpuMs: number;
  readonly delayP999Ms: number;
  readonly delayMaxMs: number;
  readonly rssMb: number;
  readonly statsMs: number;
  /** Entries that are learnt at the end. */
  readonly sequence: number;
}

const alive = setInterval(() => undefined, 60_000);
await setTimeout(300);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedMs = performance.now();
const startedCpu = process.threadCpuUsage();
const { ledger, worker, close } = windowLedger(storage, path.join(__dirname, 'ledger-worker.js'));
const [breakers, prices] = [createBreakers(), createPriceBook()];
const clock = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  pause: async () => {
    await setImmediate();
  },
};
const random = Math.random;
const snapshots = fileSnapshots({ folder: path.join(storage, 'learnt'), ledger: 'ledger', log: quietLog });
const conduit = createConduit({
  ...quietParts,
  configuration: () => Promise.resolve(configurationWith([{ ...simulatedPool, name: 'default' }])),
  ledger,
  reservations: worker.port('reservations'),
  snapshots: how === 'whole' ? undefined : { store: snapshots, parse: parseEntry },
  dispatcher: createDispatcher({
    client: createSimulatedClient({ sleep: () => Promise.resolve() }),
    prices,
    clock,
    breakers,
    random,
  }),
  keys: { keyFor: () => Promise.resolve('') },
  newId: () => crypto.randomUUID(),
  ...{ breakers, prices, clock, random, embedder: noEmbedder, log: quietLog, onRecorded: () => undefined },
});
const question = {
  pool: 'default',
  origin: 'chat',
  conversationId: 'bench',
  messages: [{ role: 'user', text: 'Why is the sky blue?' }],
} as const;

let [firstDecisionMs, firstDecisionCpuMs] = [Number.NaN, Number.NaN];

async function ask(): Promise<{ readonly decisionId: string; readonly deploymentId: string } | undefined> {
  let asked;
  for await (const event of conduit.answer(question, new AbortController().signal)) {
    if (event.type !== 'decided') continue;
    const { id: decisionId, deploymentId } = event.decision;
    asked ??= { decisionId, deploymentId };
    if (!Number.isNaN(firstDecisionMs)) continue;
    firstDecisionMs = performance.now() - startedMs;
    const { user, system } = process.threadCpuUsage(startedCpu);
    firstDecisionCpuMs = (user + system) / 1e3;
  }
  return asked;
}

if (how !== 'start') while (await conduit.refresh()) await setTimeout(50);
if (how !== 'fold') {
  const first = await ask();
  if (first !== undefined) await conduit.rate(first.decisionId, first.deploymentId, 'up');
  await setTimeout(200);
  await ask();
  process.stdout.write('asked\n');
  await setTimeout(watchedForMs);
  await conduit.refresh();
}
delay.disable();
const statsAtMs = performance.now();
conduit.stats();
const statsMs = performance.now() - statsAtMs;
globalThis.gc?.();
const started: Started = {
  firstDecisionMs,
  firstDecisionCpuMs,
  delayP999Ms: delay.percentile(99.9) / 1e6,
  delayMaxMs: delay.max / 1e6,
  rssMb: process.memoryUsage().rss / 1e6,
  statsMs,
  sequence: await ledger.lastSequence(),
};
process.stdout.write(`${JSON.stringify(started)}\n`);
await conduit.close();
await close();
clearInterval(alive);
