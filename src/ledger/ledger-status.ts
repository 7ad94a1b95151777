import { stat } from 'node:fs/promises';
import { ledgerFileOf } from './store/generation-files';
import { schemaOf } from './store/schema';

/** What is known of the ledger's file without reading its entries. */
export interface LedgerStatus {
  readonly path: string;
  readonly entries: number;
  /** Of the file and of what the database keeps beside it. */
  readonly bytes: number;
  readonly schema: number;
}

/** Looks at a ledger without writing to it, also one that this version can't use. Rejects where there is none. */
export async function ledgerStatus(storage: string): Promise<LedgerStatus> {
  const path = ledgerFileOf(storage);
  if (path === undefined) throw new Error(`There is no ledger in ${storage}.`);
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const schema = schemaOf(database);
    const entries = Number(database.prepare('SELECT COUNT(*) AS count FROM entry').get()?.['count']);
    const sizes = await Promise.all([path, `${path}-wal`].map(sizeOf));
    return { path, entries, bytes: sizes.reduce((sum, size) => sum + size, 0), schema };
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
