import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import webpack from 'webpack';
import { encoder } from '../../webpack.config.mjs';

/** Bundles the worker into a new temporary folder, as it is in the VSIX but for its size. The path of its entry. */
export async function bundleEncoder(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-encoder-'));
  const compiler = webpack({ ...encoder('none', folder), devtool: false });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
  return path.join(folder, 'worker.js');
}
