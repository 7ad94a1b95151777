import path from 'node:path';
import { makeOwnFolderSync } from '../../files/private-files';
import { gatherFrom, possibleLedgerIds } from '../salvage/gather';
import { proofByChecksum } from '../salvage/proven-rows';
import { readFrom } from '../salvage/read-only';
import type { SalvagedRows } from '../salvage/salvaged-rows';
import { gatherRows } from '../salvage/salvaged-rows';
import type { EntryRow } from '../rows/row-checksum';
import { foldSpending } from '../reservations/fold-spending';
import { localCalendar } from '../reservations/local-calendar';
import { dropReasonOf } from '../store/dropped-ranges';
import type { EntryTable } from '../store/entry-table';
import { entryTable } from '../store/entry-table';
import type { GenerationFiles } from '../store/generation-files';
import { filesOf, ledgerFolderOf } from '../store/generation-files';
import { lastAcknowledged } from '../store/last-acknowledged';
import { inTransaction, makeDatabase, setMeta } from '../store/ledger-database';
import { retainedDecisions } from '../store/retained-decisions';
import { carryTables } from './carried-tables';
import { logBelongs } from './check-before-write';
import { underLock } from './under-lock';
import type { SalvageReport } from './salvage-report';
import { writeReport } from './salvage-report';
import { copiesIn, isMarked, markerOf, tracesIn } from './traces';

type Sqlite = typeof import('node:sqlite');

/** Another window that salvages a ledger of a million decisions takes minutes. */
const patienceMs = 600_000;

/**
 * Makes the generation that follows the newest one, where that is damaged or its database is gone, with all that can be
 * salvaged. One window does, under a lock; the others find it there. The old files stay as they are. Undefined: there was
 * nothing to do any more. Rejects where the folder can't be written.
 */
export async function makeNextGeneration(
  sqlite: Sqlite,
  storage: string,
  nowMs: () => number,
): Promise<SalvageReport | undefined> {
  makeOwnFolderSync(ledgerFolderOf(storage));
  const lock = path.join(ledgerFolderOf(storage), 'generations.lock');
  const locked = await underLock(lock, patienceMs, async () => {
    const traces = tracesIn(storage);
    const newest = traces.at(-1);
    if (newest === undefined || !isMarked(newest)) return undefined;
    const next = filesOf(storage, newest.generation + 1);
    const why = markerOf(newest)?.why ?? '';
    for (const from of traces.toReversed()) {
      const report = await salvaged(sqlite, storage, { from, next, why, atMs: nowMs() });
      if (report !== undefined) return report;
    }
    return salvaged(sqlite, storage, { from: newest, next, why, atMs: nowMs() }, true);
  });
  return locked?.result;
}

interface Step {
  readonly from: GenerationFiles;
  readonly next: GenerationFiles;
  readonly why: string;
  /** Unix ms. */
  readonly atMs: number;
}

/** Undefined where there is nothing to be salvaged, and `anyway` isn't set: an older generation may have more. */
async function salvaged(
  sqlite: Sqlite,
  storage: string,
  step: Step,
  anyway = false,
): Promise<SalvageReport | undefined> {
  const { from, next } = step;
  const copies = copiesIn(storage, from.generation).map(({ file }) => file);
  const ids = await possibleLedgerIds(sqlite, from, copies);
  const rows = gatherRows(sqlite, next.database);
  try {
    let [ledgerId, last] = [ids[0] ?? '', 0];
    for (const id of ids) {
      [ledgerId, last] = [id, lastAcknowledged(from.last, id).read()];
      const file = { database: from.database, trustLog: logBelongs(from.database, id) };
      const most = last === 0 ? undefined : last + unacknowledged;
      await gatherFrom(sqlite, file, proofByChecksum(id), most, rows);
      if (rows.count() > 0) break;
    }
    const ofFile = rows.count();
    for (const copy of copies) {
      // It is looked at as the damaged file is: the disk that spoilt one may have spoilt the other.
      const file = { database: copy, trustLog: false };
      await gatherFrom(sqlite, file, proofByChecksum(ledgerId), undefined, rows);
    }
    if (rows.count() === 0 && !anyway) return undefined;
    const fromCopies = rows.count() - ofFile;
    return fillNext(sqlite, { ...step, ledgerId, last, rows, fromCopies });
  } finally {
    rows.close();
  }
}

/** What a window may have written before it could say so. */
const unacknowledged = 10_000;

interface Filling extends Step {
  readonly ledgerId: string;
  /** The highest number that was acknowledged, as far as that is known. */
  readonly last: number;
  readonly rows: SalvagedRows;
  readonly fromCopies: number;
}

function fillNext(sqlite: Sqlite, filling: Filling): SalvageReport {
  const { from, next, why, atMs, ledgerId, rows, fromCopies } = filling;
  const saved = rows.keptUpTo(Infinity);
  const report = { generation: next.generation - 1, atMs, why, saved, of: thereWere(filling), fromCopies };
  makeDatabase(sqlite, next.database, next.generation, (database, newId) => {
    const table = entryTable(database, newId);
    inTransaction(database, () => {
      const keepNumbers = rows.ranges().some(({ why }) => why === 'retained');
      if (keepNumbers) insertUnderTheirNumbers(table, filling);
      else insertAnew(table, filling);
      foldSpending(database, newId, localCalendar, atMs);
      readFrom(sqlite, from.database, logBelongs(from.database, ledgerId), (old) =>
        carryTables(old, database, (old) => (keepNumbers ? old : rows.keptUpTo(old))),
      );
      // What was learnt of rows that were dropped is known by numbers alone.
      if (!keepNumbers) retainedDecisions(database).clear();
      // Rows are gone, and numbers are others: whoever has folded them begins anew, as where something was forgotten.
      const timesForgotten = next.generation * forgottenPerGeneration;
      setMeta(database, 'times_forgotten', timesForgotten);
      if (keepNumbers) setMeta(database, 'kept_numbers_before', timesForgotten);
      writeReport(database, report);
    });
  });
  return report;
}

function insertAnew(table: EntryTable, { rows, ledgerId }: Filling): void {
  let sequence = 0;
  for (const row of rows.inOrder()) {
    sequence += 1;
    table.insertAs({ ...row, sequence, origin: originOf(row, ledgerId) });
  }
}

/** What retention has dropped is in snapshots alone, and those know the ledger by its numbers. */
function insertUnderTheirNumbers(table: EntryTable, { rows, ledgerId, last }: Filling): void {
  const ranges = [...rows.ranges()];
  let next = 1;
  const explain = (to: number): void => {
    for (let range = ranges[0]; range !== undefined && range.first <= to; range = ranges[0]) {
      table.dropped.addRange(next, range.first - 1, 'never');
      table.dropped.addRange(range.first, range.last, dropReasonOf(range.why));
      next = range.last + 1;
      ranges.shift();
    }
    table.dropped.addRange(next, to, 'never');
    next = Math.max(next, to + 1);
  };
  for (const row of rows.inOrder()) {
    explain(row.sequence - 1);
    table.insertAs({ ...row, origin: originOf(row, ledgerId) });
    next = row.sequence + 1;
  }
  explain(Math.max(next - 1, last, ...ranges.map((range) => range.last)));
}

function originOf({ origin, sequence }: EntryRow, ledgerId: string): string {
  return origin ?? `${ledgerId}:${String(sequence)}`;
}

/** More than anybody forgets in one. */
const forgottenPerGeneration = 1_000_000;

/** Rows that the damaged generation had and that nobody took out; undefined where nothing says how many. */
function thereWere({ last, rows }: Filling): number | undefined {
  const highest = Math.max(last, rows.highest());
  if (highest === 0) return undefined;
  const ranges = rows.ranges().map((range) => Math.min(range.last, highest) - range.first + 1);
  return ranges.reduce((left, count) => left - Math.max(0, count), highest);
}
