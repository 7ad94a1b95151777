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
 * A host that was just activated: it asks its first question over the ledger in a storage (first argument), and says, as
 * JSON, how long that took until its decision was recorded, and what it did to the event loop and to memory. With `whole`
 * as the second argument all of the ledger is folded in the host before anything is decided, and nothing is kept of it: as
 * it was before there were snapshots.
 */
const [storage = '', how] = process.argv.slice(2);
const isWhole = how === 'whole';
const watchedForMs = 4_000;

export interface Started {
  readonly firstDecisionMs: number;
  /** What the host's own thread worked until then: the same however busy the machine is. */
  readonly firstDecisionCpuMs: number;
  readonly delayP999Ms: number;
  readonly delayMaxMs: number;
  readonly rssMb: number;
  readonly statsMs: number;
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
const conduit = createConduit({
  ...quietParts,
  configuration: () => Promise.resolve(configurationWith([{ ...simulatedPool, name: 'default' }])),
  ledger,
  reservations: worker.port('reservations'),
  snapshots: isWhole
    ? undefined
    : {
        store: fileSnapshots({ folder: path.join(storage, 'learnt'), ledger: 'ledger', log: quietLog }),
        parse: parseEntry,
      },
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
if (isWhole) while (await conduit.refresh());
let [firstDecisionMs, firstDecisionCpuMs] = [Number.NaN, Number.NaN];
for await (const event of conduit.answer(question, new AbortController().signal)) {
  if (event.type !== 'decided') continue;
  firstDecisionMs = performance.now() - startedMs;
  const { user, system } = process.threadCpuUsage(startedCpu);
  firstDecisionCpuMs = (user + system) / 1e3;
}
await setTimeout(watchedForMs);
await conduit.refresh();
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
};
process.stdout.write(`${JSON.stringify(started)}\n`);
if (process.env['MEM']) { process.stderr.write(JSON.stringify({ ...process.memoryUsage(), max: process.resourceUsage().maxRSS }) + '\n'); }
await conduit.close();
await close();
clearInterval(alive);
