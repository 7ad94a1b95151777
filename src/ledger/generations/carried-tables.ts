import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type Row = Record<string, SQLInputValue>;

/** Finds the new number of the last row up to an old one; 0: none of them is left. */
export type NewSequenceOf = (sequence: number) => number;

/**
 * Tables beside the entries that go on in the next generation, with what becomes of a row; undefined: it stays behind. One
 * that isn't named begins empty.
 */
const carried: Readonly<Record<string, (row: Row, newSequenceOf: NewSequenceOf) => Row | undefined>> = {
  taken_over: (row) => row,
  queue_taken: (row, newSequenceOf) => {
    const [first, last] = [Number(row['first']), Number(row['last'])];
    return { ...row, first: newSequenceOf(first - 1) + 1, last: newSequenceOf(last) };
  },
};

/** Copies what can be read of these tables. */
export function carryTables(from: DatabaseSync, to: DatabaseSync, newSequenceOf: NewSequenceOf): void {
  for (const [table, rowFor] of Object.entries(carried)) {
    try {
      if (has(to, table) && has(from, table)) carry(table, from, to, (row) => rowFor(row, newSequenceOf));
    } catch {
      // A part of it is better than nothing.
    }
  }
}

function carry(
  table: string,
  from: DatabaseSync,
  to: DatabaseSync,
  rowFor: (row: Row) => Row | undefined,
): void {
  for (const row of from.prepare(`SELECT * FROM ${table}`).iterate()) {
    const kept = rowFor(row);
    if (kept === undefined) continue;
    const names = Object.keys(kept);
    const marks = names.map(() => '?').join(', ');
    to.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${marks})`).run(
      ...Object.values(kept),
    );
  }
}

function has(database: DatabaseSync, table: string): boolean {
  return (
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined
  );
}
