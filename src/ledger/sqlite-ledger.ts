import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { Calendar, Log } from '../core/terms/ports';
import type { Reservations } from '../core/terms/reservations';
import { localCalendar } from './reservations/local-calendar';
import { sqliteReservations } from './reservations/sqlite-reservations';
import { makePrivateFolder } from './private-files';
import { currentGeneration, filesOf, generationsIn, ledgerFolderOf } from './store/generation-files';
import type { GenerationFiles } from './store/generation-files';
import type { LedgerDamage } from './store/ledger-damage';
import { damageText } from './store/ledger-damage';
import { checkpoint, makeDatabase } from './store/ledger-database';
import type { LedgerStore } from './store/ledger-store';
import { openStore } from './store/ledger-store';
import { numberedAppends } from './store/numbered-appends';
import type { StoredLedger } from './stored-ledger';

export interface SqliteLedgerOptions {
  /** The extension's storage, which is there: the ledger has a folder of its own in it. */
  readonly storage: string;
  readonly nowMs: () => number;
  readonly log: Log;
  /** A name of this window that no other has: as its numbered appends have it. Absent: a new one. */
  readonly window?: string;
  /** Absent: that of this machine. */
  readonly calendar?: Calendar;
  /** See `SqliteReservationsParts`. Absent: that of this machine. */
  readonly uptimeMs?: () => number;
  /** Something is wrong with the file, which takes nothing more from then on. Once for each thing. */
  readonly onDamage?: (damage: LedgerDamage) => void;
}

/** The ledger, with what its worker does with its file. */
export interface SqliteLedger extends StoredLedger {
  readonly file: string;
  /** What all windows spend, and are about to. */
  readonly reservations: Reservations;
  /** Another number after another connection wrote. */
  dataVersion(): number;
  /** Moves the log of writes into the file; false where others were at it. */
  checkpoint(): boolean;
}

/**
 * The ledger in a SQLite file in WAL mode, that all windows open: the current generation's, which is made where there is
 * none. Commits are flushed (`synchronous = FULL`): a receipt is not to be lost to a power cut. That of a decision alone is
 * not, since its request waits for it: it is in the file all the same, and the flush of its receipt takes it along. Rejects
 * with an Error that names the file where it can't be opened, or is no database.
 */
export async function sqliteLedger(options: SqliteLedgerOptions): Promise<SqliteLedger> {
  const { storage, nowMs, log, calendar = localCalendar } = options;
  const sqlite = await import('node:sqlite');
  const files = naming(ledgerFolderOf(storage), () => readyGeneration(sqlite, storage));
  const path = files.database;
  const store = naming(path, () =>
    openStore({
      sqlite,
      files,
      nowMs,
      calendar,
      onDamage: (damage) => {
        log.error(`${path} is damaged: ${damageText(damage)}. Nothing more is written to it.`);
        options.onDamage?.(damage);
      },
      onNotUnderstood: (count) =>
        log.warn(`${path}: ${String(count)} rows could not be read and were left out.`),
    }),
  );
  const reservations = named(
    path,
    sqliteReservations({
      database: store.database,
      window: options.window ?? randomUUID(),
      uptimeMs: options.uptimeMs ?? machineUptimeMs,
      write: (work) => store.write(work, false),
      read: (work) => store.read(work),
    }),
  );
  return { ...portOf(store, path, log), reservations };
}

/** Of the machine, not of this process. */
function machineUptimeMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** Its errors name the file. */
function named(path: string, port: Reservations): Reservations {
  const naming = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw nameIn(path, error);
    });
  return {
    look: (scopes) => naming(() => port.look(scopes)),
    reserve: (reserving) => naming(() => port.reserve(reserving)),
    release: (id) => naming(() => port.release(id)),
    allow: (scope) => naming(() => port.allow(scope)),
    demand: (sinceDay) => naming(() => port.demand(sinceDay)),
  };
}

/** The files of the current generation, whose database is there. */
function readyGeneration(sqlite: typeof import('node:sqlite'), storage: string): GenerationFiles {
  makePrivateFolder(ledgerFolderOf(storage));
  const current = currentGeneration(storage);
  if (current !== undefined) return current;
  const files = filesOf(storage, (generationsIn(storage).at(-1)?.generation ?? 0) + 1);
  makeDatabase(sqlite, files.database, files.generation, () => undefined);
  return files;
}

function portOf(store: LedgerStore, path: string, log: Log): Omit<SqliteLedger, 'reservations'> {
  const numbered = numberedAppends(store);
  return {
    file: path,
    dataVersion: () => Number(store.database.prepare('PRAGMA data_version').get()?.['data_version']),
    checkpoint: () => checkpoint(store.database),
    take: (writer, appends) => settled(path, () => numbered.take(writer, appends)),
    taken: (writer) => settled(path, () => numbered.taken(writer)),
    leave: (writer) => settled(path, () => numbered.leave(writer)),
    append: (entries) => settled(path, () => store.append(entries)),
    readAfter: (sequence, limit) => settled(path, () => store.readAfter(sequence, limit)),
    readDecision: (id) => settled(path, () => store.readDecision(id)),
    forget: (which) =>
      settled(path, () => {
        const { decisions, leftOver } = store.forget(which);
        if (leftOver !== undefined)
          log.warn(
            `${path}: what was forgotten may be left in the file until all windows are closed: ${leftOver}`,
          );
        return decisions;
      }),
    timesForgotten: () => settled(path, () => store.timesForgotten()),
    close: () => settled(path, () => store.close()),
  };
}

function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw nameIn(path, error);
  }
}

function nameIn(path: string, error: unknown): Error {
  const detail = error instanceof Error ? error.message : String(error);
  return new Error(l10n.t('Conduit’s ledger {0} could not be used: {1}.', path, detail), { cause: error });
}

function settled<T>(path: string, work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(naming(path, work)));
}
