import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import webpack from 'webpack';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { quietLog } from '../../test/core/samples';
import { ledgerWorker } from '../../webpack.config.mjs';
import type { Started } from './starting-process';
import { syntheticHistory } from './synthetic-history';

/**
 * What a ledger of so many decisions costs a host that was just activated, beside an empty one: npm run bench:ledger.
 *   --decisions N   100,000
 *   --starts N      20
 */
const { values } = parseArgs({ options: { decisions: { type: 'string' }, starts: { type: 'string' } } });
const decisions = Number(values.decisions ?? 100_000);
const starts = Number(values.starts ?? 20);
const folder = mkdtempSync(path.join(tmpdir(), 'conduit-bench-ledger-'));

try {
  const bundle = await bundled(path.join(folder, 'bundle'));
  const [empty, full] = [path.join(folder, 'empty'), path.join(folder, 'full')];
  const filledMs = performance.now();
  await fill(full);
  console.log(
    `${decisions.toLocaleString('en')} decisions: ${(bytesIn(path.join(full, 'ledger')) / 1e6).toFixed(1)} MB, ` +
      `written in ${((performance.now() - filledMs) / 1e3).toFixed(0)} s`,
  );
  await sqliteLedger({ storage: empty, nowMs: Date.now, log: quietLog }).then((ledger) => ledger.close());
  print(
    'empty ledger',
    Array.from({ length: starts }, () => start(bundle, empty)),
  );
  print('first start, no snapshot', [start(bundle, full)]);
  print(
    'later starts',
    Array.from({ length: starts }, () => start(bundle, full)),
  );
} finally {
  rmSync(folder, { recursive: true });
}

function start(bundle: string, storage: string): Started {
  const output = execFileSync(process.execPath, ['--no-warnings', '--expose-gc', bundle, storage], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.toString()) as Started;
}

function print(name: string, all: readonly Started[]): void {
  const median = (of: (each: Started) => number): string =>
    (all.map(of).toSorted((one, other) => one - other)[all.length >> 1] ?? Number.NaN).toFixed(1);
  console.log(
    `${name} (median of ${String(all.length)}): first decision ${median((each) => each.firstDecisionMs)} ms, ` +
      `event loop p99.9 ${median((each) => each.delayP999Ms)} ms, longest ${median((each) => each.delayMaxMs)} ms, ` +
      `memory ${median((each) => each.rssMb)} MB, stats ${median((each) => each.statsMs)} ms`,
  );
}

/** The ledger as years of use would leave it. */
async function fill(storage: string): Promise<void> {
  const ledger = await sqliteLedger({ storage, nowMs: Date.now, log: quietLog });
  let [number, batch] = [0, [] as StoredEntry[]];
  const write = async (): Promise<void> => {
    const appends = batch.map(({ sequence: _, atMs, ...entry }) => ({
      number: ++number,
      atMs,
      entries: [entry],
    }));
    await ledger.take('bench', appends);
    batch = [];
  };
  for (const entry of syntheticHistory({ decisions, seed: 1, untilMs: Date.now() - 3_600_000 })) {
    batch.push(entry);
    if (batch.length === 10_000) await write();
  }
  await write();
  ledger.checkpoint();
  await ledger.close();
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
