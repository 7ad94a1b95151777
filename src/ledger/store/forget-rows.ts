import type { DatabaseSync } from 'node:sqlite';
import type { Forgotten } from '../../core/terms/ports';
import type { EntryTable } from './entry-table';
import { decisionKey, ofDecision } from './entry-table';
import { checkpoint, inTransaction, metaOf, setMeta } from './ledger-database';
import { retainedDecisions } from './retained-decisions';
import { neverDeleted } from './schema';

export interface Deleted {
  readonly decisions: number;
  /** Why bytes of it may be left in the files, in English; undefined: there are none. */
  readonly leftOver: string | undefined;
}

/**
 * Deletes rows, and writes the database's files anew without them: overwriting them would leave copies where SQLite had
 * moved them from page to page. `before` does the rest of it, while the rows are there.
 */
export function forgetIn(
  database: DatabaseSync,
  table: EntryTable,
  which: Forgotten,
  before: () => void,
): Deleted {
  database.exec('PRAGMA secure_delete = ON');
  const decisions = inTransaction(database, () => {
    before();
    const count = decisionsIn(database);
    dropRows(database, table, sequencesOf(database, which), 'forgotten');
    // What was learnt of these goes too: a file that has them may be imported again.
    retainedDecisions(database).clear();
    setMeta(database, 'times_forgotten', timesForgottenIn(database) + 1);
    return count - decisionsIn(database);
  });
  return { decisions, leftOver: writtenAnew(database) };
}

export function timesForgottenIn(database: DatabaseSync): number {
  return Number(metaOf(database, 'times_forgotten') ?? 0);
}

/** Within a transaction. The trigger is away for as long. */
export function dropRows(
  database: DatabaseSync,
  table: EntryTable,
  sequences: readonly number[],
  why: 'forgotten' | 'retained',
): void {
  database.exec('DROP TRIGGER IF EXISTS entry_is_never_deleted');
  table.drop(sequences, why);
  database.exec(neverDeleted);
}

function decisionsIn(database: DatabaseSync): number {
  const counted = database.prepare("SELECT count(*) AS count FROM entry WHERE kind = 'd'").get();
  return Number(counted?.['count']);
}

/** In rising order. */
function sequencesOf(database: DatabaseSync, which: Forgotten): readonly number[] {
  const numbers = (rows: readonly Record<string, unknown>[]): readonly number[] =>
    rows.map(({ sequence }) => Number(sequence));
  if (which === 'everything')
    return numbers(database.prepare('SELECT sequence FROM entry ORDER BY sequence').all());
  const of = database.prepare(`SELECT sequence FROM entry WHERE ${ofDecision}`);
  return [...new Set(which)]
    .flatMap((id) => numbers(of.all(...decisionKey(id))))
    .toSorted((one, other) => one - other);
}

/** Undefined where nothing of deleted rows is left: neither in the database nor in the log of its last writes. */
function writtenAnew(database: DatabaseSync): string | undefined {
  try {
    database.exec('VACUUM');
    return checkpoint(database) ? undefined : 'another window is reading it';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
