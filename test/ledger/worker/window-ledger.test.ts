import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ledgerContract } from '../ledger-contract';
import { windowLedger } from './open-ledger';

ledgerContract('a window’s, in its worker', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-window-'));
  return Promise.resolve({
    open: () => {
      const { ledger, close } = windowLedger(folder, { patienceMs: 30_000 });
      return Promise.resolve({ ...ledger, close });
    },
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
});
