import type { DatabaseSync } from 'node:sqlite';
import * as l10n from '@vscode/l10n';
import type { LedgerEntry, StoredEntry } from '../../core/terms/ledger-entry';
import type { FileSoundness } from '../generations/soundness';
import { CheckingLedgerError } from '../generations/soundness';
import type { Calendar, Forgotten } from '../../core/terms/ports';
import type { SpendingWriter } from '../reservations/spending-writer';
import { createSpendingWriter } from '../reservations/spending-writer';
import type { PackedEntry } from '../rows/packed-entry';
import { packEntry, unpackEntry } from '../rows/packed-entry';
import type { EntryRow } from '../rows/row-checksum';
import type { CheckedRows, EntryTable } from './entry-table';
import { entryTable } from './entry-table';
import { inodeOf } from '../inode';
import type { Deleted } from './forget-rows';
import { forgetIn, timesForgottenIn } from './forget-rows';
import type { GenerationFiles } from './generation-files';
import { lastAcknowledged } from './last-acknowledged';
import type { LedgerDamage } from './ledger-damage';
import { DamagedLedgerError, damageIn, damageText } from './ledger-damage';
import type { OpenedDatabase } from './ledger-database';
import { inSnapshot, inTransaction, metaOf, openDatabase } from './ledger-database';
import { NewerLedgerError, schemaOf, schemaVersion } from './schema';

export interface StoreParts {
  readonly sqlite: typeof import('node:sqlite');
  readonly files: Pick<GenerationFiles, 'database' | 'last'>;
  readonly nowMs: () => number;
  readonly calendar: Calendar;
  /** Something is wrong with the file; once for each thing. From then on nothing is written to it. */
  readonly onDamage: (damage: LedgerDamage) => void;
  /** So many rows are whole and say something that this version doesn't understand. They were left out. */
  readonly onNotUnderstood: (count: number) => void;
  /** What is known of the file. Absent: nobody but this window looks after it. */
  readonly soundness?: FileSoundness | undefined;
}

/** One generation of the ledger, in one SQLite file that all windows open. Every method may throw what SQLite does. */
export interface LedgerStore {
  readonly database: DatabaseSync;
  readonly ledgerId: string;
  readonly table: EntryTable;
  /** Undefined: this version's schema. Else the file is read, and nothing is written. */
  newerSchema(): number | undefined;
  append(entries: readonly LedgerEntry[]): readonly StoredEntry[];
  /**
   * Does `work` in one transaction, which is flushed where it isn't said otherwise; not within another one. It may `add`
   * entries, or rows to `table`.
   */
  write<T>(work: () => T, flushed?: boolean): T;
  /** Appends entries of a window and of a moment within the transaction that is open. */
  add(entries: readonly LedgerEntry[], atMs: number, window: string | undefined): readonly StoredEntry[];
  /** Counts what a row that was inserted from elsewhere says of money, within the transaction that is open. */
  count(row: EntryRow): void;
  /** Reads one state of the database. */
  read<T>(work: () => T): T;
  /** At most `limit` entries. Rows that aren't what was written are left out, and told. */
  readAfter(sequence: number, limit?: number): readonly StoredEntry[];
  readDecision(id: string): readonly StoredEntry[];
  forget(which: Forgotten): Deleted;
  timesForgotten(): number;
  /** Who folds from before this number misses what retention has dropped; 1: nothing was. */
  firstKept(): number;
  /** See the port. */
  keptNumbersBefore(): number;
  close(): void;
}

export function openStore(parts: StoreParts): LedgerStore {
  const beside = readingBeside(parts.sqlite, parts.files.database);
  let opened: OpenedDatabase | undefined;
  try {
    opened = openDatabase(parts.sqlite, parts.files.database);
    return storeOn(parts, opened, beside);
  } catch (error) {
    const damage = damageIn(error);
    if (damage !== undefined) parts.soundness?.foundDamaged(damageText(damage));
    opened?.database.close();
    beside.close();
    throw error;
  }
}

function storeOn(parts: StoreParts, opened: OpenedDatabase, beside: { close(): void }): LedgerStore {
  const { files, nowMs } = parts;
  const { database, ledgerId } = opened;
  let { newerSchema } = opened;
  const inode = inodeOf(files.database);
  const table = entryTable(database, ledgerId);
  const last = lastAcknowledged(files.last, ledgerId);
  let acknowledged = last.read();
  let damaged: LedgerDamage | undefined;
  const told = new Set<string>();
  let toldNotUnderstood = 0;
  let flushing = true;

  function setFlushing(wanted: boolean): void {
    if (wanted === flushing) return;
    database.exec(`PRAGMA synchronous = ${wanted ? 'FULL' : 'NORMAL'}`);
    flushing = wanted;
  }

  function report(damage: LedgerDamage): void {
    damaged ??= damage;
    const key = JSON.stringify(damage);
    if (told.has(key)) return;
    told.add(key);
    parts.soundness?.foundDamaged(damageText(damage));
    parts.onDamage(damage);
  }

  /** What SQLite finds damaged is told, too. */
  function watched<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const damage = damageIn(error);
      if (damage !== undefined) report(damage);
      throw error;
    }
  }

  /** Other windows, and the check of the whole file, may have found what this one hasn't met. */
  function checkSoundness(): void {
    if (damaged !== undefined) throw new DamagedLedgerError(damaged);
    const soundness = parts.soundness?.now();
    if (soundness === 'checking') throw new CheckingLedgerError();
    if (soundness === 'damaged')
      throw new DamagedLedgerError({ kind: 'unreadable', detail: 'another window found it damaged' });
  }

  /** A tail that was there is gone: what is appended would get the numbers of what was lost. */
  function checkTail(): void {
    const head = table.head();
    if (head < acknowledged) report({ kind: 'lost-tail', from: head + 1, to: acknowledged });
  }

  function write<T>(work: () => T): T {
    return watched(() => {
      if (newerSchema !== undefined) throw new NewerLedgerError(newerSchema);
      const { result, head } = inTransaction(database, () => {
        const schema = schemaOf(database);
        // A newer window has brought the file up to date meanwhile.
        if (schema > schemaVersion) newerSchema = schema;
        if (newerSchema !== undefined) throw new NewerLedgerError(newerSchema);
        checkTail();
        checkSoundness();
        return { result: work(), head: table.head() };
      });
      // Marked in this very moment: the next generation may be made without this, so it isn't acknowledged.
      checkSoundness();
      // What isn't flushed isn't acknowledged for good.
      if (flushing) {
        acknowledged = head;
        last.write(head);
      }
      return result;
    });
  }

  /** Undefined where the file is of a newer version, to which nothing is written. */
  const spending = newerSchema === undefined ? spendingIn() : undefined;

  function spendingIn(): SpendingWriter {
    return createSpendingWriter({
      database,
      calendar: parts.calendar,
      decisionOf: (id) => {
        const entries = table.of(id).rows.map(storedEntryOf);
        return entries.find((entry) => entry?.kind === 'decision')?.decision;
      },
    });
  }

  function add(
    entries: readonly LedgerEntry[],
    atMs: number,
    window: string | undefined,
  ): readonly StoredEntry[] {
    return entries.flatMap((given) => {
      const row = packEntry(given, true);
      const entry = unpackEntry(row);
      // Throws for what `readAfter` would leave out, such as a number that isn't finite: it must not be lost in silence.
      if (entry === undefined)
        throw new Error(
          l10n.t("an entry of kind '{0}' could not be read back, and is not stored", given.kind),
        );
      // Its decision was forgotten: nothing of it comes back.
      if (row.kind !== 'decision' && !table.isMade(row.decisionId)) return [];
      const { sequence } = table.insert({ ...row, atMs, origin: null });
      const stored = { ...entry, sequence, atMs };
      spending?.apply(stored, window);
      return [stored];
    });
  }

  function append(entries: readonly LedgerEntry[]): readonly StoredEntry[] {
    setFlushing(entries.some(({ kind }) => kind !== 'decision'));
    return write(() => add(entries, nowMs(), undefined));
  }

  /** Rows that nobody understands are no end of a page: what is behind them is read too. */
  function readAfter(sequence: number, limit: number): readonly StoredEntry[] {
    for (let after = sequence; ;) {
      const found = table.after(after, limit);
      const entries = entriesOf(found);
      if (entries.length > 0 || found.next === undefined) return entries;
      after = found.next;
    }
  }

  /** Rows that nobody understands are left out, and told once. */
  function entriesOf({ rows, damage }: CheckedRows): readonly StoredEntry[] {
    for (const each of damage) report(each);
    const notUnderstood: number[] = [];
    const entries = rows.flatMap((row) => {
      const entry = storedEntryOf(row);
      if (entry === undefined && row.sequence > toldNotUnderstood) notUnderstood.push(row.sequence);
      return entry ?? [];
    });
    toldNotUnderstood = notUnderstood.at(-1) ?? toldNotUnderstood;
    if (notUnderstood.length > 0) parts.onNotUnderstood(notUnderstood.length);
    return entries;
  }

  watched(checkTail);
  return {
    database,
    ledgerId,
    table,
    newerSchema: () => newerSchema,
    append,
    add,
    write: (work, flushed = true) => {
      setFlushing(flushed);
      return write(work);
    },
    count: (row) => {
      const entry = storedEntryOf(row);
      if (entry !== undefined) spending?.apply(entry, undefined);
    },
    read: (work) => watched(() => inSnapshot(database, work)),
    readAfter: (sequence, limit = Infinity) =>
      watched(() =>
        inSnapshot(database, () => {
          checkTail();
          return readAfter(sequence, limit);
        }),
      ),
    readDecision: (id) => watched(() => entriesOf(inSnapshot(database, () => table.of(id)))),
    forget: (which) =>
      watched(() => {
        if (newerSchema !== undefined) throw new NewerLedgerError(newerSchema);
        checkSoundness();
        return forgetIn(database, table, which, () => spending?.forget(which));
      }),
    timesForgotten: () => watched(() => timesForgottenIn(database)),
    keptNumbersBefore: () => watched(() => Number(metaOf(database, 'kept_numbers_before') ?? 0)),
    firstKept: () => watched(() => table.dropped.lastRetained() + 1),
    close: () => {
      last.close();
      // Who closes last empties the log into the database, unless somebody still reads it: a damaged file stays as it is, and of one that is gone
      // the log, in which rows are.
      const isThere = inodeOf(files.database) === inode;
      const leftAsItIs = damaged !== undefined || parts.soundness?.now() === 'damaged' || !isThere;
      if (!leftAsItIs) beside.close();
      if (database.isOpen) database.close();
      if (leftAsItIs) beside.close();
    },
  };
}

/** A connection that only keeps the file's log from being emptied by the one that closes: it holds the lock of readers. */
function readingBeside({ DatabaseSync }: StoreParts['sqlite'], file: string): { close(): void } {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    database.prepare('PRAGMA schema_version').get();
  } catch {
    // Then it isn't opened for writing either.
  }
  return {
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** A row as an entry; undefined where this version doesn't understand it. */
export function storedEntryOf(
  row: PackedEntry & Pick<EntryRow, 'sequence' | 'atMs'>,
): StoredEntry | undefined {
  const entry = unpackEntry(row);
  return entry && { ...entry, sequence: row.sequence, atMs: row.atMs };
}
