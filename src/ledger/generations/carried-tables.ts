import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type Row = Record<string, SQLInputValue>;

/** Finds the new number of the last row up to an old one; 0: none of them is left. */
export type NewSequenceOf = (sequence: number) => number;

/**
 * Tables beside the entries that go on in the next generation, with what becomes of a row; undefined: it stays behind. One
 * that isn't named begins empty.
 */
const carried: Readonly<
  Record<string, (row: Row, newSequenceOf: NewSequenceOf, to: DatabaseSync) => Row | undefined>
> = {
  taken_over: (row) => row,
  breaker: (row) => row,
  allowance: (row) => row,
  budget_window: (row) => row,
  demand: (row) => row,
  retained: (row) => (typeof row['id_hash'] === 'number' ? row : undefined),
  reservation: (row) => (isMoney(row['usd']) && isJson(row['scopes']) ? row : undefined),
  // What the rows say has been counted: whichever is more was spent, for rows may be lost, and so may sums.
  spent: (row, _, to) => {
    const { scope = null, usd } = row;
    if (!isMoney(usd)) return undefined;
    const counted = Number(to.prepare('SELECT usd FROM spent WHERE scope = ?').get(scope)?.['usd'] ?? 0);
    return { ...row, usd: Math.max(counted, usd) };
  },
  queue_taken: (row, newSequenceOf) => {
    const [first, last] = [Number(row['first']), Number(row['last'])];
    return { ...row, first: newSequenceOf(first - 1) + 1, last: newSequenceOf(last) };
  },
};

/** Copies what can be read of these tables. */
export function carryTables(from: DatabaseSync, to: DatabaseSync, newSequenceOf: NewSequenceOf): void {
  for (const [table, rowFor] of Object.entries(carried)) {
    try {
      if (has(to, table) && has(from, table)) carry(table, from, to, (row) => rowFor(row, newSequenceOf, to));
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

/** Nothing proves these rows: a sum that nobody can have spent would keep everybody from spending. */
const mostUsd = 1_000_000;

function isMoney(usd: unknown): usd is number {
  return typeof usd === 'number' && usd >= 0 && usd <= mostUsd;
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text));
    return true;
  } catch {
    return false;
  }
}

function has(database: DatabaseSync, table: string): boolean {
  return (
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined
  );
}
