import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createLearntState } from '../../src/core/answering/learnt-state';
import { shippedSignals } from '../../src/core/reward/signal-table';
import { parseEntry } from '../../src/ledger/entry-schema';
import { fileSnapshots } from '../../src/ledger/file-snapshots';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { quietLog } from '../../test/core/samples';
import { fillLedger } from './fill-ledger';
import { syntheticPools } from './synthetic-history';

/**
 * What it takes to have the policy's state at a start, with so many decisions in the ledger (first argument, 100,000),
 * without and with snapshots: the time to the first state, the longest hold-up of the event loop, and memory.
 *   npm run bench:learnt -- 100000
 */
const decisions = Number(process.argv[2] ?? 100_000);
const encoderDimensions = 24;
const clock = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

const folder = mkdtempSync(path.join(tmpdir(), 'conduit-bench-'));
try {
  await fillLedger(folder, { decisions, seed: 1, encoderDimensions });
  const { size } = statSync(path.join(folder, 'ledger', 'ledger-1.db'));
  console.log(`${String(decisions)} decisions, ${megabytes(size)} MB`);
  await start('no snapshot');
  for (const time of [1, 2, 3, 4, 5]) await start(`start ${String(time)}`);
} finally {
  rmSync(folder, { recursive: true });
}

async function start(name: string): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const ledger = await sqliteLedger({ storage: folder, nowMs: Date.now, log: quietLog });
  await delay(20);
  delays.enable();
  const fromMs = performance.now();
  const fromCpu = process.cpuUsage();
  const learnt = createLearntState({
    ledger,
    clock,
    embedder: {
      space: () => 'synthetic',
      dimensions: encoderDimensions,
      embed: () => Promise.resolve(undefined),
    },
    log: { ...quietLog, warn: console.warn },
    signals: () => Promise.resolve(shippedSignals),
    snapshots: {
      store: fileSnapshots({ folder: path.join(folder, 'learnt'), ledger: 'conduit', log: quietLog }),
      parse: parseEntry,
    },
  });
  await learnt.refresh();
  const first = performance.now() - fromMs;
  const share = learnt.learnt01();
  for (const pool of syntheticPools) learnt.pool(pool);
  const asked = performance.now() - fromMs;
  const { user, system } = process.cpuUsage(fromCpu);
  await learnt.refreshWhole();
  const whole = performance.now() - fromMs;
  for (const pool of syntheticPools) learnt.pool(pool);
  await delay(20);
  delays.disable();
  globalThis.gc?.();
  const after = process.memoryUsage();
  const closing = performance.now();
  await learnt.close();
  await ledger.close();
  console.log(
    `${name}: first state ${first.toFixed(0)} ms (${(100 * share).toFixed(0)} % read), pools ${asked.toFixed(0)} ms (${((user + system) / 1e3).toFixed(0)} ms of CPU), whole ` +
      `${whole.toFixed(0)} ms, longest hold-up ${(delays.max / 1e6).toFixed(0)} ms, heap +${megabytes(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers)} MB, ` +
      `RSS ${megabytes(after.rss)} MB, closed in ${(performance.now() - closing).toFixed(0)} ms`,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
