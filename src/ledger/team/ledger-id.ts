import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/**
 * The UUID of this machine's ledger, made once: entries are known by it and by their number. All windows that ask at the
 * same time get the same.
 */
export async function ledgerIdIn(folder: string, newId: () => string): Promise<string> {
  const file = path.join(folder, 'ledger-id');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      const made = newId();
      await handle.writeFile(made);
      await handle.sync();
      return made;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return z.uuid().parse((await readFile(file, 'utf8')).trim());
  }
}
