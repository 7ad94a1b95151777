import type { DatabaseSync } from 'node:sqlite';
import { fromIdColumn, toIdColumn } from '../rows/decision-id-column';
import type { EntryRow } from '../rows/row-checksum';
import { checksumOf, isSameChecksum } from '../rows/row-checksum';
import type { DroppedRanges } from './dropped-ranges';
import { droppedRanges } from './dropped-ranges';
import type { LedgerDamage } from './ledger-damage';

/** What a read gives: the rows that are what was written, and what is wrong with the others. */
export interface CheckedRows {
  readonly rows: readonly EntryRow[];
  readonly damage: readonly LedgerDamage[];
}

/** The rows of a ledger's database. What is written and read together is one transaction of the caller's. */
export interface EntryTable {
  readonly dropped: DroppedRanges;
  /** The highest number that was ever given; 0: none. */
  head(): number;
  /** Appends a row with the next number. */
  insert(row: Omit<EntryRow, 'sequence'>): EntryRow;
  /** Writes a row with its own number, which is free: into a new ledger, before it is used. */
  insertAs(row: EntryRow): void;
  /** True where the decision itself is there. */
  isMade(decisionId: string): boolean;
  /** At most `limit` rows, good and bad; `next`: what to read after for more, undefined where there are none. */
  after(sequence: number, limit?: number): CheckedRows & { readonly next: number | undefined };
  of(decisionId: string): CheckedRows;
  /** The row of a number, where it is there. */
  at(sequence: number): CheckedRows;
  /** Takes out rows, and records that. The trigger that forbids it is the caller's matter. */
  drop(sequences: readonly number[], why: 'forgotten' | 'retained'): void;
}

const columns = 'sequence, at_ms, kind, decision_id, payload, origin, checksum';

export function entryTable(database: DatabaseSync, ledgerId: string): EntryTable {
  const dropped = droppedRanges(database, ledgerId);
  const highest = database.prepare('SELECT max(sequence) AS head FROM entry');
  const insertRow = database.prepare(`INSERT INTO entry (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const made = database.prepare("SELECT 1 FROM entry WHERE decision_id = ? AND kind = 'decision' LIMIT 1");
  const selectAfter = database.prepare(`SELECT ${columns} FROM entry WHERE sequence > ? ORDER BY sequence`);
  const selectOf = database.prepare(`SELECT ${columns} FROM entry WHERE decision_id = ? ORDER BY sequence`);
  const selectAt = database.prepare(`SELECT ${columns} FROM entry WHERE sequence = ?`);
  const remove = database.prepare('DELETE FROM entry WHERE sequence = ?');

  const head = (): number => Math.max(Number(highest.get()?.['head'] ?? 0), dropped.last());

  function insertAs(row: EntryRow): void {
    const { sequence, atMs, kind, decisionId, payload, origin } = row;
    const checksum = checksumOf(ledgerId, row);
    insertRow.run(sequence, atMs, kind, toIdColumn(decisionId), payload, origin, checksum);
  }

  function checked(found: Iterable<Record<string, unknown>>): CheckedRows {
    const rows: EntryRow[] = [];
    const damage: LedgerDamage[] = [];
    for (const each of found) {
      const row = rowOf(each);
      if (row !== undefined && isSameChecksum(checksumOf(ledgerId, row), each['checksum'])) rows.push(row);
      else damage.push({ kind: 'altered', sequence: Number(each['sequence']) });
    }
    return { rows, damage };
  }

  return {
    dropped,
    head,
    insert: (row) => {
      const numbered = { ...row, sequence: head() + 1 };
      insertAs(numbered);
      return numbered;
    },
    insertAs,
    isMade: (decisionId) => made.get(toIdColumn(decisionId)) !== undefined,
    after: (sequence, limit = Infinity) => {
      const damage: LedgerDamage[] = [];
      let next = sequence + 1;
      let count = 0;
      const inOrder = function* (): Generator<Record<string, unknown>> {
        for (const row of selectAfter.iterate(sequence)) {
          const own = Number(row['sequence']);
          if (own < next) {
            damage.push({ kind: 'disordered', sequence: own });
            continue;
          }
          if (own > next) damage.push(...dropped.missingOf(next, own - 1));
          next = own + 1;
          yield row;
          count += 1;
          if (count >= limit) break;
        }
      };
      const { rows, damage: altered } = checked(inOrder());
      if (count >= limit) return { rows, damage: [...damage, ...altered], next: next - 1 };
      const last = head();
      if (next <= last) damage.push(...dropped.missingOf(next, last));
      else if (sequence > last) damage.push({ kind: 'lost-tail', from: last + 1, to: sequence });
      return { rows, damage: [...damage, ...altered], next: undefined };
    },
    of: (decisionId) => checked(selectOf.iterate(toIdColumn(decisionId))),
    at: (sequence) => checked(selectAt.iterate(sequence)),
    drop: (sequences, why) => {
      for (const sequence of sequences) remove.run(sequence);
      dropped.add(sequences, why);
    },
  };
}

/** Undefined where a column holds what no ledger writes there. */
function rowOf(row: Record<string, unknown>): EntryRow | undefined {
  const { sequence, at_ms: atMs, kind, payload, origin } = row;
  const decisionId = fromIdColumn(row['decision_id']);
  if (typeof sequence !== 'number' || typeof atMs !== 'number' || decisionId === undefined) return undefined;
  if (typeof kind !== 'string' || typeof payload !== 'string') return undefined;
  if (origin !== null && typeof origin !== 'string') return undefined;
  return { sequence, atMs, kind, decisionId, payload, origin };
}
