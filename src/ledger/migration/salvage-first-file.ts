import { existsSync } from 'node:fs';
import type { Calendar } from '../../core/terms/ports';
import { foldSpending } from '../reservations/fold-spending';
import { gatherFrom } from '../salvage/gather';
import { proofByMeaning } from '../salvage/proven-rows';
import { gatherRows } from '../salvage/salvaged-rows';
import { entryTable } from '../store/entry-table';
import { inTransaction, makeDatabase } from '../store/ledger-database';
import type { GenerationFiles } from '../store/generation-files';
import { damageIn, damageText } from '../store/ledger-damage';
import type { SalvageReport } from '../generations/salvage-report';
import { writeReport } from '../generations/salvage-report';
import { inTodaysForm } from './first-file';

type Sqlite = typeof import('node:sqlite');

/** What is wrong with conduit.db; undefined: nothing, or it isn't there. Throws where it can't be read for another reason. */
export function damageOfFirstFile(sqlite: Sqlite, file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const database = new sqlite.DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const found = String(database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
    return found === 'ok' ? undefined : found;
  } catch (error) {
    const damage = damageIn(error);
    if (damage === undefined) throw error;
    return damageText(damage);
  } finally {
    database.close();
  }
}

/**
 * Makes the first generation from a damaged conduit.db, which stays as it is. Its rows have no checksums: what reads as an
 * entry of the decision that it names is one. Numbers stay; what is missing is recorded as never given. What windows of the
 * old version go on to write to it isn't taken over: by a damaged file nobody could tell what they forget.
 */
export async function salvageFirstFile(
  sqlite: Sqlite,
  file: string,
  files: GenerationFiles,
  damage: { readonly why: string; readonly atMs: number },
  calendar: Calendar,
): Promise<SalvageReport> {
  const rows = gatherRows(sqlite, files.database);
  try {
    await gatherFrom(sqlite, { database: file, trustLog: true }, proofByMeaning, undefined, rows);
    const saved = rows.count();
    // Some of the missing numbers were forgotten long ago: nothing says how many.
    const report = { generation: 0, ...damage, saved, of: undefined, fromCopies: 0 };
    makeDatabase(sqlite, files.database, files.generation, (database, ledgerId) => {
      const table = entryTable(database, ledgerId);
      inTransaction(database, () => {
        let last = 0;
        for (const row of rows.inOrder()) {
          table.dropped.addRange(last + 1, row.sequence - 1, 'never');
          table.insertAs(inTodaysForm(row));
          last = row.sequence;
        }
        foldSpending(database, ledgerId, calendar, damage.atMs);
        writeReport(database, report);
      });
    });
    return report;
  } finally {
    rows.close();
  }
}
