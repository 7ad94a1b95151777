import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { ledgerContract } from '../ledger-contract';
import { windowLedger } from './open-ledger';
import { workerBundle } from './worker-bundle';

ledgerContract('a window’s, in its worker', async () => {
  const file = await workerBundle();
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-window-'));
  return {
    open: async () => {
      const { ledger, worker, close } = windowLedger(folder, file, { patienceMs: 30_000 });
      await ledger.timesForgotten();
      // Until then what is appended may wait in the queue, with numbers that mean nothing.
      await vi.waitFor(
        async () => expect((await worker.port('look').status()).soundness).toBe('sound'),
        30_000,
      );
      return { ...ledger, close };
    },
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
});
