import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { SqliteLedger } from '../../src/ledger/sqlite-ledger';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import type { LedgerDamage } from '../../src/ledger/store/ledger-damage';
import { quietLog } from '../core/samples';

/** A storage of its own for each test of a file, with the ledgers that are opened in it. */
export interface StorageFolder {
  readonly path: string;
  /** What any of them found. */
  readonly damage: LedgerDamage[];
  nowMs: number;
  /** `storage`: another one than this, in it. */
  open(storage?: string): Promise<SqliteLedger>;
}

export function storageForEach(): StorageFolder {
  const opened: SqliteLedger[] = [];
  const folder = { path: '', damage: [] as LedgerDamage[], nowMs: 0 };
  beforeEach(() => {
    folder.path = mkdtempSync(path.join(tmpdir(), 'conduit-storage-'));
    folder.damage.length = 0;
    folder.nowMs = Date.now();
  });
  afterEach(async () => {
    for (const ledger of opened.splice(0)) await ledger.close();
    rmSync(folder.path, { recursive: true, force: true });
  });
  return Object.assign(folder, {
    open: async (storage = folder.path) => {
      const ledger = await sqliteLedger({
        storage,
        nowMs: () => folder.nowMs,
        log: quietLog,
        onDamage: (found) => void folder.damage.push(found),
      });
      opened.push(ledger);
      return ledger;
    },
  });
}
