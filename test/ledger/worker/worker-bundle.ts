import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import { ledgerWorker } from '../../../webpack.config.mjs';

let building: Promise<string> | undefined;

/** The ledger's worker as it is shipped, but for its size, in a temporary folder: its file. Built once for each process. */
export async function workerBundle(): Promise<string> {
  building ??= bundle();
  return path.join(await building, 'ledger-worker.js');
}

/** A process of test/ledger/campaigns that writes by such a worker, which is beside it. It runs in any Node. */
export async function writerBundle(): Promise<string> {
  await workerBundle();
  return path.join((await building) ?? '', 'writing-process.js');
}

async function bundle(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-ledger-worker-'));
  const shipped = ledgerWorker('none', folder);
  const writer = fileURLToPath(new URL('../campaigns/writing-process.ts', import.meta.url));
  const entry = { ...(shipped.entry as Record<string, string>), 'writing-process': writer };
  const compiler = webpack({ ...shipped, entry, plugins: [], devtool: false });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
  return folder;
}
