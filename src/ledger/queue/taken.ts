import type { DatabaseSync } from 'node:sqlite';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { WaitingAppend } from './queue-lines';

/**
 * Which appends of each window the ledger has: the number of the last one, with the rows that it became. It is written in
 * the transaction that writes the rows, and so tells for certain whether an append that nobody heard of again was made.
 */
export const takenTable = `
  CREATE TABLE IF NOT EXISTS queue_taken (
    queue TEXT PRIMARY KEY,
    lines INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;

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

/**
 * Within a transaction: writes those of a window's appends that it has not taken yet, by `add`, and remembers the last. The
 * rows of one that is there already come from `rows`, where it is the last that was taken: no other is in doubt.
 */
export function takeNew(
  database: DatabaseSync,
  writer: string,
  appends: readonly WaitingAppend[],
  add: (append: WaitingAppend) => readonly StoredEntry[],
  rows: (first: number, last: number) => readonly StoredEntry[],
): readonly StoredEntry[] {
  const before = takenOf(database, writer);
  const found: StoredEntry[] = [];
  let taken = before;
  for (const append of appends) {
    if (before !== undefined && append.number <= before.lines) {
      if (append.number === before.lines && before.last >= before.first)
        found.push(...rows(before.first, before.last));
      continue;
    }
    const added = add(append);
    found.push(...added);
    const [first, last] = [added.at(0)?.sequence ?? 1, added.at(-1)?.sequence ?? 0];
    taken = { lines: append.number, first, last };
  }
  if (taken !== undefined && taken !== before) setTaken(database, writer, taken);
  return found;
}
