import type { DatabaseSync } from 'node:sqlite';
import { fromIdColumn } from '../rows/decision-id-column';
import { dropRows } from './forget-rows';
import type { LedgerStore } from './ledger-store';
import { retainedDecisions } from './retained-decisions';

/** How much of the ledger is kept. */
export interface Retention {
  /** Decisions that are older are dropped, by the ledger's own clock; undefined: age alone drops none. */
  readonly keepDays: number | undefined;
  /** The oldest decisions are dropped where the ledger takes more; in bytes. */
  readonly mostBytes: number;
  /** Nothing with a higher number is dropped: up to here all is in a snapshot that is on the disk. */
  readonly coveredUpTo: number;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** Down to this share of `mostBytes`, so that not every decision drops another one. */
const keptShare = 0.9;
/** Rows of one transaction: other windows wait for no longer than it takes. */
const mostRows = 5_000;

/**
 * Drops the oldest decisions, each with all that belongs to it; one of which something was told later than what may be
 * dropped stays whole. What is told of a dropped one afterwards is not stored. The file doesn't shrink: what is free in
 * it is written to next.
 *
 * @returns how many rows went; there may be more to do where it isn't 0
 */
export function retain(store: LedgerStore, retention: Retention, nowMs: number): number {
  const upTo = Math.min(
    retention.coveredUpTo,
    Math.max(tooOld(store, retention, nowMs), tooMuch(store, retention)),
  );
  if (upTo <= 0) return 0;
  return store.write(() => {
    const rows = wholeUpTo(store.database, upTo);
    retainedDecisions(store.database).add([...new Set(rows.flatMap(({ decisionId }) => decisionId ?? []))]);
    const sequences = rows.map(({ sequence }) => sequence);
    dropRows(store.database, store.table, sequences, 'retained');
    return sequences.length;
  });
}

/** The last number before the first decision that is young enough; a clock that jumped changes no order. */
function tooOld({ database, table }: LedgerStore, { keepDays }: Retention, nowMs: number): number {
  if (keepDays === undefined) return 0;
  const first = database
    .prepare("SELECT sequence FROM entry WHERE kind = 'd' AND at_ms >= ? ORDER BY sequence LIMIT 1")
    .get(nowMs - keepDays * dayMs);
  return first === undefined ? table.head() : Number(first['sequence']) - 1;
}

function tooMuch({ database }: LedgerStore, { mostBytes }: Retention): number {
  const value = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  const used = (value('page_count') - value('freelist_count')) * value('page_size');
  if (used <= mostBytes) return 0;
  const rows = Number(database.prepare('SELECT count(*) AS count FROM entry').get()?.['count']);
  const surplus = Math.ceil(rows * (1 - (keptShare * mostBytes) / used));
  const last = database
    .prepare('SELECT sequence FROM entry ORDER BY sequence LIMIT 1 OFFSET ?')
    .get(surplus - 1);
  return Number(last?.['sequence'] ?? 0);
}

/** Rows of decisions that have none with a higher number, in order. */
function wholeUpTo(
  database: DatabaseSync,
  upTo: number,
): readonly { readonly sequence: number; readonly decisionId: string | undefined }[] {
  return database
    .prepare(
      `SELECT sequence, decision_id FROM entry AS old WHERE sequence <= ?1 AND NOT EXISTS (
         SELECT 1 FROM entry WHERE id_hash = old.id_hash AND decision_id = old.decision_id AND sequence > ?1)
       ORDER BY sequence LIMIT ?2`,
    )
    .all(upTo, mostRows)
    .map((row) => ({ sequence: Number(row['sequence']), decisionId: fromIdColumn(row['decision_id']) }));
}
