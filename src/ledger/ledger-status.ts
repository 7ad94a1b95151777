import { stat } from 'node:fs/promises';
import type { SalvageReport } from './generations/salvage-report';
import { reportIn } from './generations/salvage-report';
import type { Soundness } from './generations/soundness';
import { ledgerFileOf } from './store/generation-files';
import { firstSchema, schemaOf, schemaVersion } from './store/schema';

/** What is known of the ledger's file without reading its entries. */
export interface LedgerStatus {
  readonly path: string;
  readonly entries: number;
  /** Of the file and of what the database keeps beside it. */
  readonly bytes: number;
  readonly schema: number;
  /** A newer version wrote it: it is read, and not written. */
  readonly newer: boolean;
  /** As far as the window knows; undefined: it hasn't opened it. */
  readonly soundness: Soundness | undefined;
  /** What the damaged file before it was followed by; undefined: there was none. */
  readonly salvaged: SalvageReport | undefined;
}

/** Looks at a ledger without writing to it, also one that this version can't use. Rejects where there is none. */
export async function ledgerStatus(storage: string, soundness?: Soundness): Promise<LedgerStatus> {
  const path = ledgerFileOf(storage);
  if (path === undefined) throw new Error(`There is no ledger in ${storage}.`);
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const schema = schemaOf(database);
    const entries = Number(database.prepare('SELECT COUNT(*) AS count FROM entry').get()?.['count']);
    const sizes = await Promise.all([path, `${path}-wal`].map(sizeOf));
    return {
      path,
      entries,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      schema,
      newer: schema > schemaVersion,
      soundness,
      // Where a newer version keeps it nobody knows.
      salvaged: schema > firstSchema && schema <= schemaVersion ? reportIn(database) : undefined,
    };
  } finally {
    database.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
