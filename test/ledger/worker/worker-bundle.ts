import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import webpack from 'webpack';
import { ledgerWorker } from '../../../webpack.config.mjs';

let building: Promise<string> | undefined;

/** The ledger's worker as it is shipped, in a temporary folder: its file. Built once for each process. */
export function workerBundle(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conduit-ledger-worker-'));
  const compiler = webpack({ ...ledgerWorker('none', folder), devtool: false });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
  return path.join(folder, 'ledger-worker.js');
}
