import type { DatabaseSync } from 'node:sqlite';
import type { Calendar } from '../../core/terms/ports';
import { entryTable } from '../store/entry-table';
import { storedEntryOf } from '../store/ledger-store';
import { createSpendingWriter } from './spending-writer';

/** The longest time that a budget is for, and a day for clocks and time zones. */
const countedMs = 32 * 86_400_000;
const pageRows = 1_000;

/**
 * Counts what the rows of a new ledger say of money that a budget may still be held to. Sessions are over: their windows
 * are not known. Within a transaction.
 */
export function foldSpending(
  database: DatabaseSync,
  ledgerId: string,
  calendar: Calendar,
  nowMs: number,
): void {
  const table = entryTable(database, ledgerId);
  const writer = createSpendingWriter({
    database,
    calendar,
    decisionOf: (id) => {
      const entries = table.of(id).rows.map(storedEntryOf);
      return entries.find((entry) => entry?.kind === 'decision')?.decision;
    },
  });
  for (let after: number | undefined = 0; after !== undefined;) {
    const { rows, next } = table.after(after, pageRows);
    for (const row of rows) {
      const entry = row.atMs > nowMs - countedMs ? storedEntryOf(row) : undefined;
      if (entry !== undefined) writer.apply(entry, undefined);
    }
    after = next;
  }
}
