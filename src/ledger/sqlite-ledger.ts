import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { BreakerBoard } from '../core/terms/breaker-board';
import type { PortableLedger } from '../core/terms/portable';
import type { Calendar, Forgotten, Log } from '../core/terms/ports';
import { sqliteBreakers } from './breakers/sqlite-breakers';
import { forgetOlder } from './generations/forget-older';
import type { SalvageReport } from './generations/salvage-report';
import type { SoundGenerationParts } from './generations/sound-generation';
import { soundGeneration } from './generations/sound-generation';
import type { FileCheck, FileSoundness, Soundness } from './generations/soundness';
import { watchSoundness } from './generations/soundness';
import { LedgerError } from './ledger-trouble';
import { forgetInFirstFile } from './migration/forget-in-first-file';
import { fillFromFirstFile } from './migration/migrate-first-file';
import { damageOfFirstFile, salvageFirstFile } from './migration/salvage-first-file';
import { createTakeOver } from './migration/take-over';
import { exportLedger } from './portable/export-ledger';
import { importLedger, previewImport } from './portable/import-ledger';
import { makeOwnFolderSync } from '../files/private-files';
import { filesOf, firstFileOf, ledgerFolderOf } from './store/generation-files';
import type { GenerationFiles } from './store/generation-files';
import type { LedgerDamage } from './store/ledger-damage';
import { checkpoint, makeDatabase } from './store/ledger-database';
import type { LedgerStore } from './store/ledger-store';
import { localCalendar } from './reservations/local-calendar';
import { meanwhileReservations } from './reservations/meanwhile-reservations';
import type { SqliteReservations } from './reservations/sqlite-reservations';
import { sqliteReservations } from './reservations/sqlite-reservations';
import type { Retention } from './store/retention';
import { retainedDecisions } from './store/retained-decisions';
import { retain } from './store/retention';
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
  /** How the file is, whoever found it: once for each change. One that is damaged is left, and the ledger opened anew. */
  readonly onSoundness?: ((soundness: Soundness) => void) | undefined;
  /** What a damaged generation was followed by. Called before it is used. */
  readonly onSalvaged?: ((report: SalvageReport) => void) | undefined;
  /** Salvages, perhaps in a thread of its own. Absent: in this one. */
  readonly makeNext?: SoundGenerationParts['makeNext'];
  /** Begins to look through the whole file. Absent: nobody does, and it is taken for sound. */
  readonly check?: ((files: GenerationFiles) => FileCheck) | undefined;
}

/** The ledger, with what its worker does with its file. */
export interface SqliteLedger extends StoredLedger, PortableLedger {
  /** The last number whose entry retention has dropped; 0: none was. */
  droppedTo(): Promise<number>;
  keptNumbersBefore(): Promise<number>;
  /** Those of the decisions that retention has dropped while what was learnt of them is kept. */
  retained(decisionIds: readonly string[]): Promise<readonly string[]>;
  /** Drops the oldest decisions. Resolves to how many rows went; there may be more to do where it isn't 0. */
  retain(retention: Retention): Promise<number>;
  readonly file: string;
  /** Of this file: the one that follows a damaged one has another. */
  readonly ledgerId: string;
  /** How its file is, as far as any window knows. */
  soundness(): Soundness;
  /** Resolves once its file has been looked through, or after `withinMs`; at once where that takes long in any case. */
  checked(withinMs: number): Promise<void>;
  /** What the windows' circuit breakers say. Throws where the file has no place for it: a newer version's may not. */
  readonly breakers: BreakerBoard;
  /** What all windows spend, and are about to. */
  readonly reservations: SqliteReservations;
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
  const files = await namingAll(ledgerFolderOf(storage), () => readyGeneration(sqlite, options));
  const path = files.database;
  const soundness = watchSoundness({ ...options, files });
  naming(path, () => assertFile(path));
  const store = naming(path, () =>
    openStore({
      sqlite,
      files,
      nowMs,
      soundness,
      onDamage: (damage) => options.onDamage?.(damage),
      calendar,
      onNotUnderstood: (count) =>
        log.warn(`${path}: ${String(count)} rows could not be read and were left out.`),
    }),
  );
  const takeOver = createTakeOver({ sqlite, store, file: firstFileOf(storage), nowMs });
  return portOf(sqlite, store, path, soundness, options, () => {
    // While the file is looked through, nothing is written to it.
    if (soundness.now() !== 'sound') return;
    try {
      const taken = takeOver.look();
      if (taken > 0) log.info(`${String(taken)} entries of an older window were taken over.`);
    } catch (error) {
      log.warn(`What an older window wrote was not taken over: ${String(error)}`);
    }
  });
}

/** The files of the current generation, whose database is there, and as far as can be seen at once is sound. */
async function readyGeneration(
  sqlite: typeof import('node:sqlite'),
  options: SqliteLedgerOptions,
): Promise<GenerationFiles> {
  const { storage, nowMs, calendar = localCalendar } = options;
  makeOwnFolderSync(ledgerFolderOf(storage));
  const current = await soundGeneration({ sqlite, ...options });
  if (current !== undefined) return current;
  const files = filesOf(storage, 1);
  const damage = damageOfFirstFile(sqlite, firstFileOf(storage));
  if (damage !== undefined) {
    const why = { why: `conduit.db: ${damage}`, atMs: nowMs() };
    options.onSalvaged?.(await salvageFirstFile(sqlite, firstFileOf(storage), files, why, calendar));
    return files;
  }
  const fill = fillFromFirstFile(sqlite, firstFileOf(storage), nowMs, calendar);
  makeDatabase(sqlite, files.database, files.generation, fill);
  return files;
}

/** SQLite opens a directory, and says later that the disk fails. */
function assertFile(path: string): void {
  if (!statSync(path).isFile()) throw new LedgerError(l10n.t('it is not a file'), 'missing');
}

function portOf(
  sqlite: typeof import('node:sqlite'),
  store: LedgerStore,
  path: string,
  soundness: FileSoundness,
  options: SqliteLedgerOptions,
  takeOver: () => void,
): SqliteLedger {
  const { storage, log, nowMs } = options;
  const numbered = numberedAppends(store);
  const window = options.window ?? randomUUID();
  const meanwhile = meanwhileReservations(sqlite, join(ledgerFolderOf(storage), 'meanwhile.db'), window);
  const reservations = named(
    path,
    sqliteReservations({
      database: store.database,
      window,
      meanwhile,
      uptimeMs: options.uptimeMs ?? machineUptimeMs,
      write: (work) => store.write(work, false),
      read: (work) => store.read(work),
    }),
  );
  let breakers: BreakerBoard | undefined;

  function forget(which: Forgotten): number {
    takeOver();
    const { decisions, leftOver } = store.forget(which);
    forgetOlder(storage, path);
    if (leftOver !== undefined)
      log.warn(
        `${path}: what was forgotten may be left in the file until all windows are closed: ${leftOver}`,
      );
    forgetInFirstFile(sqlite, firstFileOf(storage), which);
    return decisions;
  }

  return {
    file: path,
    ledgerId: store.ledgerId,
    reservations,
    get breakers() {
      // A breaker that a power cut opens again is no harm: nothing waits for the disk.
      const inTransaction = <T>(work: () => T): T => store.write(work, false);
      breakers ??= sqliteBreakers({ database: store.database, inTransaction, nowMs });
      return breakers;
    },
    dataVersion: () => Number(store.database.prepare('PRAGMA data_version').get()?.['data_version']),
    soundness: () => soundness.now(),
    checked: (withinMs) => soundness.checked(withinMs),
    checkpoint: () => soundness.now() === 'sound' && checkpoint(store.database),
    take: (writer, appends) =>
      settled(path, () => {
        reservations.takeIn();
        return numbered.take(writer, appends);
      }),
    taken: (writer) => settled(path, () => numbered.taken(writer)),
    leave: (writer) => settled(path, () => numbered.leave(writer)),
    append: (entries) => settled(path, () => store.append(entries)),
    readAfter: (sequence, limit) =>
      settled(path, () => {
        takeOver();
        return store.readAfter(sequence, limit);
      }),
    lastSequence: () => settled(path, () => store.table.head()),
    readDecision: (id) => settled(path, () => store.readDecision(id)),
    forget: (which) => settled(path, () => forget(which)),
    droppedTo: () => settled(path, () => store.firstKept() - 1),
    keptNumbersBefore: () => settled(path, () => store.keptNumbersBefore()),
    retained: (ids) => settled(path, () => ids.filter(retainedDecisions(store.database).has)),
    retain: (retention) => settled(path, () => retain(store, retention, nowMs())),
    exportTo: (file) => settled(file, () => exportLedger(sqlite, store, file)),
    previewImport: (file) => settled(file, () => previewImport(sqlite, store, file)),
    importFrom: (file) => settled(file, () => importLedger(sqlite, store, file)),
    timesForgotten: () => settled(path, () => store.timesForgotten()),
    close: () =>
      settled(path, () => {
        meanwhile.close();
        store.close();
      }),
  };
}

/** Of the machine, not of this process. */
function machineUptimeMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** Its errors name the file. */
function named(path: string, port: SqliteReservations): SqliteReservations {
  const naming = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw nameIn(path, error);
    });
  return {
    look: (scopes) => naming(() => port.look(scopes)),
    reserve: (reserving) => naming(() => port.reserve(reserving)),
    reserveMeanwhile: (reserving) => naming(() => port.reserveMeanwhile(reserving)),
    release: (id) => naming(() => port.release(id)),
    allow: (scope) => naming(() => port.allow(scope)),
    demand: (sinceDay) => naming(() => port.demand(sinceDay)),
    takeIn: () => {
      port.takeIn();
    },
  };
}

function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw nameIn(path, error);
  }
}

async function namingAll<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
