import type { DatabaseSync } from 'node:sqlite';
import { rmSync } from 'node:fs';
import { draftName, makePrivateFileSync } from '../../files/private-files';
import { fromIdColumn, toIdColumn } from '../rows/decision-id-column';
import type { EntryRow } from '../rows/row-checksum';
import type { DroppedRange } from './proven-rows';

/** Where salvaged rows are gathered, each number once: the first that is found stays. A file, for there may be millions. */
export interface SalvagedRows {
  has(sequence: number): boolean;
  /** False where the number was there already. */
  add(row: EntryRow): boolean;
  addRange(range: DroppedRange): void;
  /** Ascending, none of them over another. */
  ranges(): readonly DroppedRange[];
  /** How many rows, also such as were taken out on purpose. */
  count(): number;
  /** How many of `inOrder` have a number up to this one. */
  keptUpTo(sequence: number): number;
  /** The highest number of a row; 0: none. */
  highest(): number;
  /** In the order of their numbers, without those that were taken out on purpose. */
  inOrder(): Iterable<EntryRow>;
  close(): void;
}

/** In a temporary file beside `file`, that is gone when it is closed. */
export function gatherRows({ DatabaseSync }: typeof import('node:sqlite'), file: string): SalvagedRows {
  const temporary = draftName(file);
  makePrivateFileSync(temporary);
  const database: DatabaseSync = new DatabaseSync(temporary);
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    CREATE TABLE entry (sequence INTEGER PRIMARY KEY, at_ms, kind, decision_id, payload, deflated, origin);
    BEGIN`);
  const insert = database.prepare('INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)');
  const isThere = database.prepare('SELECT 1 FROM entry WHERE sequence = ?');
  const dropped = new Map<number, DroppedRange>();
  const sorted = (): readonly DroppedRange[] => apart([...dropped.values()]);
  const counted = database.prepare('SELECT count(*) AS count FROM entry WHERE sequence BETWEEN ? AND ?');
  const between = (first: number, last: number): number => Number(counted.get(first, last)?.['count']);
  return {
    has: (sequence) => isThere.get(sequence) !== undefined,
    add: ({ sequence, atMs, kind, decisionId, payload, deflated, origin }) =>
      Number(insert.run(sequence, atMs, kind, toIdColumn(decisionId), payload, deflated, origin).changes) > 0,
    addRange: (range) => {
      // Ranges grow together: an older version of a page has a shorter one.
      const known = dropped.get(range.first);
      if (known === undefined || known.last < range.last) dropped.set(range.first, range);
    },
    ranges: sorted,
    count: () => Number(database.prepare('SELECT count(*) AS count FROM entry').get()?.['count']),
    keptUpTo: (sequence) =>
      sorted().reduce(
        (kept, { first, last }) => kept - between(first, Math.min(last, sequence)),
        between(0, sequence),
      ),
    highest: () => Number(database.prepare('SELECT max(sequence) AS last FROM entry').get()?.['last'] ?? 0),
    *inOrder() {
      const ranges = [...sorted()];
      for (const row of database.prepare('SELECT * FROM entry ORDER BY sequence').iterate()) {
        const sequence = Number(row['sequence']);
        while ((ranges[0]?.last ?? Infinity) < sequence) ranges.shift();
        if ((ranges[0]?.first ?? Infinity) <= sequence) continue;
        yield {
          sequence,
          atMs: Number(row['at_ms']),
          kind: String(row['kind']),
          decisionId: fromIdColumn(row['decision_id']) ?? '',
          payload: String(row['payload']),
          deflated: row['deflated'] instanceof Uint8Array ? row['deflated'] : null,
          origin: row['origin'] === null ? null : String(row['origin']),
        };
      }
    },
    close: () => {
      database.close();
      rmSync(temporary, { force: true });
    },
  };
}

/** Ascending, and without overlaps: older versions of a page have parts of what has become one range. */
function apart(ranges: readonly DroppedRange[]): readonly DroppedRange[] {
  const ascending = ranges.toSorted((one, other) => one.first - other.first);
  let end = 0;
  return ascending.flatMap(({ first, last, why }) => {
    const from = Math.max(first, end + 1);
    if (from > last) return [];
    end = last;
    return [{ first: from, last, why }];
  });
}
