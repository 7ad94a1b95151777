import * as l10n from '@vscode/l10n';
import type { PortableLedger } from '../core/terms/portable';
import type { Forgotten, Ledger, Log } from '../core/terms/ports';
import { forgetInFirstFile } from './migration/forget-in-first-file';
import { exportLedger } from './portable/export-ledger';
import { importLedger, previewImport } from './portable/import-ledger';
import type { Retention } from './store/retention';
import { retain } from './store/retention';
import { makePrivateFolder } from './private-files';
import { fillFromFirstFile } from './migration/migrate-first-file';
import { createTakeOver } from './migration/take-over';
import {
  currentGeneration,
  filesOf,
  firstFileOf,
  generationsIn,
  ledgerFolderOf,
} from './store/generation-files';
import type { GenerationFiles } from './store/generation-files';
import type { LedgerDamage } from './store/ledger-damage';
import { damageText } from './store/ledger-damage';
import { makeDatabase } from './store/ledger-database';
import { openStore } from './store/ledger-store';

export interface SqliteLedgerOptions {
  /** The extension's storage, which is there: the ledger has a folder of its own in it. */
  readonly storage: string;
  readonly nowMs: () => number;
  readonly log: Log;
  /** Something is wrong with the file, which takes nothing more from then on. Once for each thing. */
  readonly onDamage?: (damage: LedgerDamage) => void;
}

/** The ledger, with what only one on this machine's disk can do. */
export interface SqliteLedger extends Ledger, PortableLedger {
  /** Who folds from before this number misses what retention has dropped; 1: nothing was. */
  firstKept(): Promise<number>;
  /** Drops the oldest decisions. Resolves to how many rows went; there may be more to do where it isn't 0. */
  retain(retention: Retention): Promise<number>;
}

/**
 * The ledger in a SQLite file in WAL mode, that all windows open: the current generation's, which is made where there is
 * none. Commits are flushed (`synchronous = FULL`): a receipt is not to be lost to a power cut. That of a decision alone is
 * not, since its request waits for it: it is in the file all the same, and the flush of its receipt takes it along. Rejects
 * with an Error that names the file where it can't be opened, or is no database.
 */
export async function sqliteLedger(options: SqliteLedgerOptions): Promise<SqliteLedger> {
  const { storage, nowMs, log } = options;
  const sqlite = await import('node:sqlite');
  const files = naming(ledgerFolderOf(storage), () => readyGeneration(sqlite, storage, nowMs));
  const path = files.database;
  const store = naming(path, () =>
    openStore({
      sqlite,
      files,
      nowMs,
      onDamage: (damage) => {
        log.error(`${path} is damaged: ${damageText(damage)}. Nothing more is written to it.`);
        options.onDamage?.(damage);
      },
      onNotUnderstood: (count) =>
        log.warn(`${path}: ${String(count)} rows could not be read and were left out.`),
    }),
  );
  const takeOver = createTakeOver({ sqlite, store, file: firstFileOf(storage), nowMs });
  const takeOverNew = (): void => {
    try {
      const taken = takeOver.look();
      if (taken > 0) log.info(`${String(taken)} entries of an older window were taken over.`);
    } catch (error) {
      log.warn(`What an older window wrote was not taken over: ${String(error)}`);
    }
  };

  function forget(which: Forgotten): number {
    takeOverNew();
    const { decisions, leftOver } = store.forget(which);
    if (leftOver !== undefined)
      log.warn(
        `${path}: what was forgotten may be left in the file until all windows are closed: ${leftOver}`,
      );
    forgetInFirstFile(sqlite, firstFileOf(storage), which);
    return decisions;
  }

  return {
    append: (entries) => settled(path, () => store.append(entries)),
    readAfter: (sequence, limit) =>
      settled(path, () => {
        takeOverNew();
        return store.readAfter(sequence, limit);
      }),
    readDecision: (id) => settled(path, () => store.readDecision(id)),
    forget: (which) => settled(path, () => forget(which)),
    timesForgotten: () => settled(path, () => store.timesForgotten()),
    firstKept: () => settled(path, () => store.firstKept()),
    retain: (retention) => settled(path, () => retain(store, retention, nowMs())),
    exportTo: (file) => settled(file, () => exportLedger(sqlite, store, file)),
    previewImport: (file) => settled(file, () => previewImport(sqlite, store, file)),
    importFrom: (file) => settled(file, () => importLedger(sqlite, store, file)),
    close: () => settled(path, () => store.close()),
  };
}

/** The files of the current generation, whose database is there. */
function readyGeneration(
  sqlite: typeof import('node:sqlite'),
  storage: string,
  nowMs: () => number,
): GenerationFiles {
  makePrivateFolder(ledgerFolderOf(storage));
  const current = currentGeneration(storage);
  if (current !== undefined) return current;
  const files = filesOf(storage, (generationsIn(storage).at(-1)?.generation ?? 0) + 1);
  const fill = fillFromFirstFile(sqlite, firstFileOf(storage), nowMs);
  makeDatabase(sqlite, files.database, files.generation, files.generation === 1 ? fill : () => undefined);
  return files;
}

function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(l10n.t('Conduit’s ledger {0} could not be used: {1}.', path, detail), { cause: error });
  }
}

function settled<T>(path: string, work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(naming(path, work)));
}
