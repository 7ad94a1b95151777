import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as l10n from '@vscode/l10n';
import type { LedgerEntry, StoredEntry } from '../core/terms/ledger-entry';
import type { Ledger, Log } from '../core/terms/ports';
import { decisionIdOf, parseEntry } from './entry-schema';
import { forgetIn, timesForgottenIn } from './forget-rows';
import { migrations } from './migrations';

export interface SqliteLedgerOptions {
  /** File of the database; its folder exists. ':memory:' for a database of its own in memory. */
  readonly path: string;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** How long a window waits for another one's write. */
const busyTimeoutMs = 5_000;

/**
 * The ledger in one SQLite file in WAL mode, that all windows open. Commits are flushed (`synchronous = FULL`): a
 * receipt is not to be lost to a power cut. That of a decision alone is not, since its request waits for it: it is in
 * the file all the same, and the flush of its receipt takes it along. Rejects with an Error that names the file where
 * it can't be opened, is no database, or was written by a newer version.
 */
export async function sqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
  const { path, nowMs, log } = options;
  const sqlite = await import('node:sqlite');
  const { database, insert, isMade, selectAfter, selectDecision } = naming(path, () => open(sqlite, path));
  let toldUnreadable = 0;
  let flushing = true;

  function setFlushing(wanted: boolean): void {
    if (wanted === flushing) return;
    database.exec(`PRAGMA synchronous = ${wanted ? 'FULL' : 'NORMAL'}`);
    flushing = wanted;
  }

  function append(entries: readonly LedgerEntry[]): readonly StoredEntry[] {
    setFlushing(entries.some(({ kind }) => kind !== 'decision'));
    return inTransaction(database, () =>
      entries.flatMap((entry) => {
        const atMs = nowMs();
        const [id, payload] = [decisionIdOf(entry), payloadOf(entry)];
        // Its decision was forgotten: nothing of it comes back.
        if (entry.kind !== 'decision' && isMade.get(id) === undefined) return [];
        const { lastInsertRowid } = insert.run(atMs, rowKindOf(entry), id, payload);
        return [{ ...entry, sequence: Number(lastInsertRowid), atMs }];
      }),
    );
  }

  /** Rows that nobody understands are left out, and told once. */
  function entriesFrom(rows: Iterable<Record<string, unknown>>, limit = Infinity): readonly StoredEntry[] {
    const entries: StoredEntry[] = [];
    const unreadable: number[] = [];
    for (const row of rows) {
      const sequence = Number(row['sequence']);
      const entry = parseEntry(parseJson(row['payload']));
      if (entry !== undefined) entries.push({ ...entry, sequence, atMs: Number(row['at_ms']) });
      else if (sequence > toldUnreadable) unreadable.push(sequence);
      if (entries.length === limit) break;
    }
    toldUnreadable = unreadable.at(-1) ?? toldUnreadable;
    if (unreadable.length > 0) {
      log.warn(`${path}: ${String(unreadable.length)} rows could not be read and were left out.`);
    }
    return entries;
  }

  return {
    append: (entries) => settled(path, () => append(entries)),
    readAfter: (sequence, limit) => settled(path, () => entriesFrom(selectAfter.iterate(sequence), limit)),
    readDecision: (id) => settled(path, () => entriesFrom(selectDecision.iterate(id))),
    forget: (which) =>
      settled(path, () => {
        const { decisions, leftOver } = forgetIn(database, which, (work) => inTransaction(database, work));
        if (leftOver !== undefined)
          log.warn(
            `${path}: what was forgotten may be left in the file until all windows are closed: ${leftOver}`,
          );
        return decisions;
      }),
    timesForgotten: () => settled(path, () => timesForgottenIn(database)),
    close: () =>
      settled(path, () => {
        if (database.isOpen) database.close();
      }),
  };
}

interface Opened {
  readonly database: DatabaseSync;
  readonly insert: StatementSync;
  readonly isMade: StatementSync;
  readonly selectAfter: StatementSync;
  readonly selectDecision: StatementSync;
}

function open({ DatabaseSync }: typeof import('node:sqlite'), path: string): Opened {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    // Before anything else: the first write to a newer database would be one too many.
    refuseNewer(versionOf(database));
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database);
    return {
      database,
      insert: database.prepare('INSERT INTO entry (at_ms, kind, decision_id, payload) VALUES (?, ?, ?, ?)'),
      isMade: database.prepare("SELECT 1 FROM entry WHERE decision_id = ? AND kind = 'decision' LIMIT 1"),
      selectAfter: database.prepare(
        'SELECT sequence, at_ms, payload FROM entry WHERE sequence > ? ORDER BY sequence',
      ),
      selectDecision: database.prepare(
        'SELECT sequence, at_ms, payload FROM entry WHERE decision_id = ? ORDER BY sequence',
      ),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Brings the schema up to date. Windows that open at the same time wait for each other. */
function migrate(database: DatabaseSync): void {
  if (versionOf(database) === migrations.length) return;
  inTransaction(database, () => {
    const version = versionOf(database);
    refuseNewer(version);
    for (const statements of migrations.slice(version)) database.exec(statements);
    database.exec(`PRAGMA user_version = ${String(migrations.length)}`);
  });
}

function refuseNewer(version: number): void {
  if (version <= migrations.length) return;
  throw new Error(
    l10n.t(
      'it was written by a newer Conduit (schema {0}, this one knows {1}). Update Conduit',
      version,
      migrations.length,
    ),
  );
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

/** All or nothing. Takes the write lock at once, so that it can't fail half way for want of it. */
function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk, for one, has already ended it: then a rollback would hide the reason.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * What the column of kinds says. It knows those of the first version alone, and another schema would lock every window
 * of an older version out: what an entry is, its payload says, and a version that doesn't know it leaves it out.
 */
function rowKindOf({ kind }: LedgerEntry): string {
  return kind === 'judgement' ? 'attempt' : kind;
}

/** Throws for what `readAfter` would leave out, such as a number that isn't finite: it must not be lost in silence. */
function payloadOf(entry: LedgerEntry): string {
  const payload = JSON.stringify(entry);
  if (parseEntry(parseJson(payload)) === undefined)
    throw new Error(l10n.t("an entry of kind '{0}' could not be read back, and is not stored", entry.kind));
  return payload;
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

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
