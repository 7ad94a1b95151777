import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ledgerContract } from '../ledger-contract';
import { windowLedger } from './open-ledger';
import { workerBundle } from './worker-bundle';

ledgerContract('a window’s, in its worker', async () => {
  const file = await workerBundle();
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-window-'));
  return {
    open: () => {
      const { ledger, close } = windowLedger(folder, file, { patienceMs: 30_000 });
      return Promise.resolve({ ...ledger, close });
    },
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
});
