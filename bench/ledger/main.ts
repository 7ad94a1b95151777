import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import webpack from 'webpack';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { quietLog } from '../../test/core/samples';
import { ledgerWorker } from '../../webpack.config.mjs';
import { fillLedger } from './fill-ledger';
import type { Started } from './starting-process';
import { syntheticHistory } from './synthetic-history';

/**
 * What a ledger of so many decisions costs a host that was just activated, beside an empty one: npm run bench:ledger.
 * Starts over both take turns, so that whatever else the machine does meets both.
 *   --decisions N   100,000
 *   --starts N      20
 *   --storage DIR   the ledger is generated there once, and used again
 *   --before        one start that folds all in the host, as it was before there were snapshots
 */
const { values } = parseArgs({
  options: {
    decisions: { type: 'string' },
    starts: { type: 'string' },
    storage: { type: 'string' },
    before: { type: 'boolean' },
  },
});
const decisions = Number(values.decisions ?? 100_000);
const starts = Number(values.starts ?? 20);
const folder = mkdtempSync(path.join(os.tmpdir(), 'conduit-bench-ledger-'));
/** What another window writes meanwhile: more entries than there are between two snapshots. */
const writtenMeanwhile = 1_100;

try {
  const bundle = await bundled(path.join(folder, 'bundle'));
  const full = values.storage ?? path.join(folder, 'full');
  if (!existsSync(full)) {
    const fromMs = performance.now();
    await fillLedger(full, { decisions, seed: 1, untilMs: Date.now() - 3_600_000 });
    console.log(`Generated in ${((performance.now() - fromMs) / 1e3).toFixed(0)} s`);
  }
  const megabytes = bytesIn(path.join(full, 'ledger')) / 1e6;
  console.log(`${decisions.toLocaleString('en')} decisions: ${megabytes.toFixed(1)} MB`);
  const foldedMs = performance.now();
  await run(bundle, full, 'fold');
  console.log(`Folded and kept once, in slices: ${((performance.now() - foldedMs) / 1e3).toFixed(1)} s`);
  const kept = path.join(folder, 'none');
  await sqliteLedger({ storage: kept, nowMs: Date.now, log: quietLog }).then((ledger) => ledger.close());
  const ofEmpty: Started[] = [];
  const ofFull: Started[] = [];
  for (let number = 0; number < starts; number += 1) {
    const empty = path.join(folder, 'empty');
    cpSync(kept, empty, { recursive: true });
    ofEmpty.push(await start(bundle, empty, number));
    rmSync(empty, { recursive: true });
    ofFull.push(await start(bundle, full, number));
  }
  print('empty ledger', ofEmpty);
  print('this ledger', ofFull);
  if (values.before === true) print('all folded in the host', [await run(bundle, full, 'whole')]);
  console.log(
    `Load of the machine: ${os.loadavg()[0]?.toFixed(1) ?? ''} on ${String(os.cpus().length)} cores`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** With another window that writes once the questions are answered. */
function start(bundle: string, storage: string, number: number): Promise<Started> {
  return run(bundle, storage, 'start', async () => {
    const ledger = await sqliteLedger({ storage, nowMs: Date.now, log: quietLog });
    const ids = (process.pid % 0x1_0000).toString(16).padStart(4, '0');
    const options = { decisions: writtenMeanwhile, seed: number, ids, untilMs: Date.now() };
    const entries = [];
    for (const entry of syntheticHistory(options)) if (entries.push(entry) === writtenMeanwhile) break;
    await ledger.append(entries);
    await ledger.close();
  });
}

async function run(
  bundle: string,
  storage: string,
  how: string,
  onAsked: () => Promise<void> = () => Promise.resolve(),
): Promise<Started> {
  const args = ['--no-warnings', '--expose-gc', bundle, storage, how];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let [last, written] = ['', Promise.resolve()];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'asked') written = onAsked();
    else last = line;
  }
  await written;
  return JSON.parse(last) as Started;
}

function print(name: string, all: readonly Started[]): void {
  const median = (of: (each: Started) => number): string =>
    (all.map(of).toSorted((one, other) => one - other)[all.length >> 1] ?? Number.NaN).toFixed(1);
  console.log(
    `${name} (median of ${String(all.length)}): first decision ${median((each) => each.firstDecisionMs)} ms ` +
      `(${median((each) => each.firstDecisionCpuMs)} ms of CPU), event loop p99.9 ${median((each) => each.delayP999Ms)} ms, ` +
      `longest ${median((each) => each.delayMaxMs)} ms, memory ${median((each) => each.rssMb)} MB, ` +
      `stats ${median((each) => each.statsMs)} ms, entries ${median((each) => each.sequence)}`,
  );
}

function bytesIn(of: string): number {
  return readdirSync(of).reduce((sum, name) => sum + statSync(path.join(of, name)).size, 0);
}

async function bundled(into: string): Promise<string> {
  const shipped = ledgerWorker('production', into);
  const process = fileURLToPath(new URL('./starting-process.ts', import.meta.url));
  const entry = { ...(shipped.entry as Record<string, string>), 'starting-process': process };
  const compiler = webpack({ ...shipped, entry, plugins: [], externals: { openai: 'commonjs openai' } });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
  return path.join(into, 'starting-process.js');
}
