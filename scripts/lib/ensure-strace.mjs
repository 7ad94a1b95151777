import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

/** strace, which records what a process writes and syncs, installed when it is missing and that is possible. */
export async function ensureStrace() {
  if (onPath('strace') !== undefined) return;
  await installSystemPackages(
    ['strace'],
    'Tests of power cuts record what the ledger writes and syncs',
    'Install strace and put it on the PATH.',
  );
}
