import type { DatabaseSync } from 'node:sqlite';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { WaitingAppend } from './queue-lines';

/**
 * Which appends of a window the ledger has: the number of the last one, with the rows that it became. It is written in the
 * transaction that writes the rows, and so tells for certain whether an append that nobody heard of again was made.
 */
export interface Taken {
  /** Number of the last append. */
  readonly lines: number;
  /** Sequence numbers of its rows; `last` is below `first` where it had none. */
  readonly first: number;
  readonly last: number;
}

export function takenOf(database: DatabaseSync, queue: string): Taken | undefined {
  const row = database.prepare('SELECT lines, first, last FROM queue_taken WHERE queue = ?').get(queue);
  if (row === undefined) return undefined;
  return { lines: Number(row['lines']), first: Number(row['first']), last: Number(row['last']) };
}

export function setTaken(database: DatabaseSync, queue: string, { lines, first, last }: Taken): void {
  database
    .prepare(
      `INSERT INTO queue_taken (queue, lines, first, last) VALUES (?, ?, ?, ?)
       ON CONFLICT (queue) DO UPDATE SET lines = excluded.lines, first = excluded.first, last = excluded.last`,
    )
    .run(queue, lines, first, last);
}

/** A window that is gone appends no more. */
export function forgetTaken(database: DatabaseSync, queue: string): void {
  database.prepare('DELETE FROM queue_taken WHERE queue = ?').run(queue);
}

export interface TakenNow {
  /** Rows of the appends that were new. */
  readonly added: readonly StoredEntry[];
  /** First and last row of an append that was there already, where it is the last that was taken: no other is in doubt. */
  readonly there: readonly [number, number] | undefined;
}

/** Within a transaction: writes those of a window's appends that were not taken yet, by `add`, and remembers the last. */
export function takeNew(
  database: DatabaseSync,
  writer: string,
  appends: readonly WaitingAppend[],
  add: (append: WaitingAppend) => readonly StoredEntry[],
): TakenNow {
  const before = takenOf(database, writer);
  const isNew = ({ number }: WaitingAppend): boolean => before === undefined || number > before.lines;
  const added: StoredEntry[] = [];
  let taken: Taken | undefined;
  for (const append of appends.filter(isNew)) {
    const rows = add(append);
    added.push(...rows);
    const [first, last] = [rows.at(0)?.sequence ?? 1, rows.at(-1)?.sequence ?? 0];
    taken = { lines: append.number, first, last };
  }
  if (taken !== undefined) setTaken(database, writer, taken);
  const isLast = appends.some(({ number }) => number === before?.lines);
  const there = isLast && before !== undefined && before.last >= before.first;
  return { added, there: there ? [before.first, before.last] : undefined };
}
