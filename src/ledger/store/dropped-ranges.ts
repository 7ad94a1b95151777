import type { DatabaseSync } from 'node:sqlite';
import { isSameChecksum, shortHash } from '../rows/row-checksum';
import type { LedgerDamage } from './ledger-damage';

/** Why rows aren't there: the user had them forgotten, they were too old, or the file that was taken over had none. */
export type DropReason = 'forgotten' | 'retained' | 'never';

/** As it was recorded; what a version to come records is no reason that this one knows. */
export function dropReasonOf(recorded: string): DropReason {
  return recorded === 'forgotten' || recorded === 'retained' ? recorded : 'never';
}

export interface DroppedRanges {
  /** Records numbers, in rising order, of which none was recorded before. */
  add(sequences: readonly number[], why: DropReason): void;
  /** Records a range, of which none was recorded before; one that ends before it begins is none. */
  addRange(first: number, last: number, why: DropReason): void;
  /** What of a range that has no rows isn't explained by this. */
  missingOf(from: number, to: number): readonly LedgerDamage[];
  /** The highest number that was dropped, for any reason; 0: none. */
  last(): number;
  /** The highest number that retention dropped; 0: none. */
  lastRetained(): number;
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly why: string;
}

export function droppedRanges(database: DatabaseSync, ledgerId: string): DroppedRanges {
  const insert = database.prepare('INSERT INTO dropped (first, last, why, checksum) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM dropped WHERE first = ?');
  const endingAt = database.prepare(
    'SELECT * FROM dropped WHERE first <= ? AND last = ? AND why = ? ORDER BY first DESC LIMIT 1',
  );
  const startingAt = database.prepare('SELECT * FROM dropped WHERE first = ? AND why = ?');
  const overlapping = database.prepare(
    `SELECT * FROM dropped WHERE first <= ? AND last >= ? AND
       first >= coalesce((SELECT max(first) FROM dropped WHERE first <= ?), 0) ORDER BY first`,
  );
  const highest = database.prepare('SELECT last FROM dropped ORDER BY first DESC LIMIT 1');
  const highestRetained = database.prepare(
    "SELECT last FROM dropped WHERE why = 'retained' ORDER BY first DESC LIMIT 1",
  );

  function checksumOf({ first, last, why }: Range): Uint8Array {
    return shortHash([ledgerId, String(first), String(last), why]);
  }

  function addRange(range: Range): void {
    const before = rangeOf(endingAt.get(range.first - 1, range.first - 1, range.why));
    const after = rangeOf(startingAt.get(range.last + 1, range.why));
    for (const each of [before, after]) if (each !== undefined) remove.run(each.first);
    const whole = {
      first: before?.first ?? range.first,
      last: after?.last ?? range.last,
      why: range.why,
    };
    insert.run(whole.first, whole.last, whole.why, checksumOf(whole));
  }

  return {
    add: (sequences, why) => {
      for (const [first, last] of runsOf(sequences)) addRange({ first, last, why });
    },
    addRange: (first, last, why) => {
      if (first <= last) addRange({ first, last, why });
    },
    missingOf: (from, to) => {
      const damage: LedgerDamage[] = [];
      let next = from;
      for (const row of overlapping.iterate(to, from, from)) {
        const range = rangeOf(row);
        if (range === undefined) continue;
        if (!isSameChecksum(checksumOf(range), row['checksum'])) {
          damage.push({ kind: 'altered-record', first: range.first });
          continue;
        }
        if (range.first > next) damage.push({ kind: 'missing', from: next, to: range.first - 1 });
        next = Math.max(next, range.last + 1);
      }
      if (next <= to) damage.push({ kind: 'missing', from: next, to });
      return damage;
    },
    last: () => Number(highest.get()?.['last'] ?? 0),
    lastRetained: () => Number(highestRetained.get()?.['last'] ?? 0),
  };
}

function rangeOf(row: Record<string, unknown> | undefined): Range | undefined {
  if (row === undefined) return undefined;
  return { first: Number(row['first']), last: Number(row['last']), why: String(row['why']) };
}

function runsOf(sequences: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const sequence of sequences) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === sequence - 1) run[1] = sequence;
    else runs.push([sequence, sequence]);
  }
  return runs;
}
