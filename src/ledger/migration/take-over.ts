import type { DatabaseSync } from 'node:sqlite';
import { fromIdColumn } from '../rows/decision-id-column';
import type { LedgerStore } from '../store/ledger-store';
import {
  inTodaysForm,
  readFirstFile,
  rowsOfFirstFile,
  timesForgottenInFirstFile,
  traceOf,
} from './first-file';
import { firstFileName } from './migrate-first-file';

/** For so long a window of the old version may stay open beside ones of this version. */
const takenOverForMs = 30 * 24 * 60 * 60 * 1_000;
/** A file system may not tell apart two writes that are closer than this. */
const settledAfterMs = 2_000;

export interface TakeOverParts {
  readonly sqlite: typeof import('node:sqlite');
  readonly store: LedgerStore;
  /** conduit.db. */
  readonly file: string;
  readonly nowMs: () => number;
}

/**
 * Takes over what windows of the old version still write to conduit.db, each row once, whichever window does it: it gets
 * the next number here, which is its place in every fold, and its origin is kept. What they forget is forgotten here.
 */
export interface TakeOver {
  /** Looks whether there is anything new; cheap where there isn't. Returns how many rows came. Throws what SQLite does. */
  look(): number;
}

interface Progress {
  readonly fromLedger: string;
  readonly intoLedger: string;
  readonly sameUntil: number;
  readonly last: number;
  readonly sinceMs: number;
  readonly forgotten: number;
}

export function createTakeOver({ sqlite, store, file, nowMs }: TakeOverParts): TakeOver {
  const { database, table } = store;
  const selectProgress = database.prepare('SELECT * FROM taken_over WHERE from_path = ?');
  let seen: string | undefined;

  function progress(): Progress | undefined {
    const row = selectProgress.get(firstFileName);
    return (
      row && {
        fromLedger: String(row['from_ledger']),
        intoLedger: String(row['into_ledger']),
        sameUntil: Number(row['same_until']),
        last: Number(row['last_sequence']),
        sinceMs: Number(row['since_ms']),
        forgotten: Number(row['forgotten']),
      }
    );
  }

  /** Within the transaction in which the progress is read again: another window may be taking the same rows. */
  function takeRows(first: DatabaseSync): number {
    return store.write(() => {
      const known = progress();
      if (known === undefined) return 0;
      let { last } = known;
      let taken = 0;
      for (const row of rowsOfFirstFile(first, last)) {
        last = row.sequence;
        const { sequence: _before, ...today } = inTodaysForm(row);
        // What belongs to a decision that was forgotten here doesn't come back.
        if (today.kind !== 'decision' && !table.isMade(today.decisionId)) continue;
        store.count(table.insert({ ...today, origin: `${known.fromLedger}:${String(row.sequence)}` }));
        taken += 1;
      }
      database
        .prepare('UPDATE taken_over SET last_sequence = ? WHERE from_path = ?')
        .run(last, firstFileName);
      return taken;
    });
  }

  /** Decisions that came from there and aren't there any more. */
  function forgottenIn(first: DatabaseSync, known: Progress): readonly string[] {
    const there = first.prepare("SELECT 1 FROM entry WHERE decision_id = ? AND kind = 'decision' LIMIT 1");
    const decisions = database.prepare("SELECT sequence, decision_id, origin FROM entry WHERE kind = 'd'");
    return decisions.all().flatMap(({ sequence, decision_id: column, origin }) => {
      const id = fromIdColumn(column);
      const [ledger, number] = String(origin ?? `${store.ledgerId}:${String(sequence)}`).split(':');
      const came =
        ledger === known.fromLedger || (ledger === known.intoLedger && Number(number) <= known.sameUntil);
      return came && id !== undefined && there.get(id) === undefined ? [id] : [];
    });
  }

  function takeIn(first: DatabaseSync, known: Progress): number {
    const newer = first.prepare('SELECT 1 FROM entry WHERE sequence > ? LIMIT 1').get(known.last);
    const taken = newer === undefined ? 0 : takeRows(first);
    const times = timesForgottenInFirstFile(first);
    if (times === known.forgotten) return taken;
    const gone = forgottenIn(first, known);
    if (gone.length > 0) store.forget(gone);
    store.write(() =>
      database.prepare('UPDATE taken_over SET forgotten = ? WHERE from_path = ?').run(times, firstFileName),
    );
    return taken;
  }

  return {
    look: () => {
      if (store.newerSchema() !== undefined) return 0;
      const { trace, writtenMs } = traceOf(file);
      if (trace === seen) return 0;
      const known = progress();
      if (known === undefined || nowMs() - known.sinceMs > takenOverForMs) return 0;
      const taken = readFirstFile(sqlite, file, (first) => takeIn(first, known)) ?? 0;
      if (nowMs() - writtenMs > settledAfterMs) seen = trace;
      return taken;
    },
  };
}
