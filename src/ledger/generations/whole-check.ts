import type { GenerationFiles } from '../store/generation-files';
import { damageIn } from '../store/ledger-damage';

/**
 * Reads the whole database and finds what is wrong with its trees, its pages and its index; undefined: nothing. It takes
 * about two seconds for 100 MB and holds the thread as long: for one that has nothing else to do. Rejects where the file
 * can't be read for another reason.
 */
export async function wholeCheck({
  database: file,
}: Pick<GenerationFiles, 'database'>): Promise<string | undefined> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file, { readOnly: true, timeout: patienceMs });
  try {
    const found = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    // SQLite names the database before what it says of it, which is this one.
    return found === 'ok' ? undefined : String(found).replace(/^\*\*\* in database \w+ \*\*\*\s*/, '');
  } catch (error) {
    const damage = damageIn(error);
    if (damage?.kind !== 'unreadable') throw error;
    return damage.detail;
  } finally {
    database.close();
  }
}

const patienceMs = 5_000;
