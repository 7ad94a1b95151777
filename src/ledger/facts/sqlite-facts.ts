import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Fact } from '../../core/stats/fact-of';
import { factOf } from '../../core/stats/fact-of';
import { fewestEffective } from '../../core/stats/savings/measured-quality';
import { qualitySaved } from '../../core/stats/savings/quality-saved';
import type { Facts, FactsExtent, FactsFilter } from '../../core/terms/facts';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Ledger, Log } from '../../core/terms/ports';
import type { SignalTable } from '../../core/terms/signals';
import { signalNames } from '../../core/reward/signal-table';
import { decisionIdOf } from '../entry-schema';
import { createFactWriter } from './fill-facts';
import { conditionOf, namesOf } from './filter';
import { modelsOf, overviewOf } from './overview';
import { decisionOf, pageOf } from './facts-page';
import { qualityFactsOf } from './quality-facts';
import { factsSchema, factsVersion } from './schema';
import { usageGroupsOf } from './usage-groups';

/** What facts read of a ledger. */
export type FactsSource = Pick<Ledger, 'readAfter' | 'readDecision' | 'timesForgotten'>;

export interface SqliteFactsOptions {
  /** File of the facts; its folder exists. ':memory:' for a database of its own in memory. */
  readonly path: string;
  readonly ledger: FactsSource;
  /** Tells one ledger from another, such as after one was damaged and begun anew. */
  readonly ledgerName: string;
  readonly log: Log;
}

/** Entries of one page: few enough that nobody waits for them. */
const pageSize = 500;
const busyTimeoutMs = 5_000;

/**
 * The facts in a SQLite file of their own, which all windows fill and read. All of it can be made again from the ledger:
 * a file that is damaged, or of another version, is deleted. Rejects with an Error that names it where that fails too.
 */
export async function sqliteFacts(options: SqliteFactsOptions): Promise<Facts> {
  const { ledger, ledgerName, log, path } = options;
  const sqlite = await import('node:sqlite');
  const database = naming(path, () => opened(sqlite, path, log));
  const writer = createFactWriter(database);
  const getMeta = database.prepare('SELECT value FROM meta WHERE key = ?');
  const setMeta = database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  const cursor = (): number => Number(getMeta.get('cursor')?.['value'] ?? 0);
  let refreshing: Promise<unknown> = Promise.resolve();

  /** Deletes all facts where they are of other entries, or were judged by another table. */
  function beginAnew(fingerprint: string): boolean {
    const known = getMeta.get('fingerprint')?.['value'];
    if (known === fingerprint) return false;
    inTransaction(database, () => {
      for (const table of ['fact', 'pull', 'failed_call', 'used', 'rival', 'duel', 'name', 'meta'])
        database.exec(`DELETE FROM ${table}`);
      setMeta.run('fingerprint', fingerprint);
    });
    // Nothing of what was forgotten stays in the file.
    if (known !== undefined) database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
    return known !== undefined;
  }

  async function takeIn(entries: readonly StoredEntry[], after: number, table: SignalTable): Promise<void> {
    const touched = new Map<string, StoredEntry[]>();
    for (const entry of entries) {
      const id = decisionIdOf(entry);
      touched.set(id, [...(touched.get(id) ?? []), entry]);
    }
    const facts: Fact[] = [];
    for (const [id, own] of touched) {
      // Nothing of a decision is older than itself.
      const whole = own[0]?.kind === 'decision' ? own : await ledger.readDecision(id);
      const fact = factOf(whole, table);
      if (fact !== undefined) facts.push(fact);
    }
    inTransaction(database, () => {
      // Another window was quicker: what it wrote may be newer.
      if (cursor() !== after) return;
      writer.write(facts);
      setMeta.run('cursor', entries.at(-1)?.sequence ?? after);
    });
  }

  async function refresh(
    table: SignalTable,
    pages: number,
  ): Promise<{ changed: boolean; complete: boolean }> {
    // Before the entries are read: what is forgotten in between is noticed the next time.
    const forgotten = await ledger.timesForgotten();
    const rules = signalNames.map((name) => [name, table[name]]);
    let changed = beginAnew(JSON.stringify([factsVersion, ledgerName, forgotten, rules]));
    for (let page = 0; page < pages; page += 1) {
      const after = cursor();
      const entries = await ledger.readAfter(after, pageSize);
      if (entries.length === 0) return { changed, complete: true };
      changed = true;
      await takeIn(entries, after, table);
      // Whoever else waits for this thread goes first.
      await setImmediate();
    }
    return { changed, complete: false };
  }

  const answering = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(naming(path, work)));

  return {
    refresh: (table, pages = Infinity) => {
      const next = refreshing.catch(() => undefined).then(() => refresh(table, pages));
      refreshing = next;
      return next.catch((error: unknown) =>
        naming(path, () => {
          throw error;
        }),
      );
    },
    extent: (filter) => answering(() => extentOf(database, filter)),
    overview: (filter, edges) => answering(() => overviewOf(database, filter, edges)),
    models: (filter) => answering(() => modelsOf(database, filter)),
    quality: (filter, question) =>
      answering(() => qualitySaved(question, qualityFactsOf(database, filter, question, fewestEffective))),
    usage: (filter, thresholds) => answering(() => usageGroupsOf(database, filter, thresholds)),
    page: (query) => answering(() => pageOf(database, query)),
    decision: (id) => answering(() => decisionOf(database, id)),
    close: async () => {
      await refreshing.catch(() => undefined);
      if (database.isOpen) database.close();
    },
  };
}

function extentOf(database: DatabaseSync, filter: FactsFilter): FactsExtent {
  const { sql, values } = conditionOf(filter, namesOf(database));
  const own = database
    .prepare(
      `SELECT COUNT(*) AS count, MIN(at_ms) AS first, MAX(at_ms) AS last FROM fact INDEXED BY fact_time WHERE ${sql}`,
    )
    .get(...values);
  const decisions = Number(database.prepare('SELECT COUNT(*) AS count FROM fact').get()?.['count']);
  const filtered = Number(own?.['count']);
  return filtered === 0
    ? { decisions, filtered, firstMs: undefined, lastMs: undefined }
    : { decisions, filtered, firstMs: Number(own?.['first']), lastMs: Number(own?.['last']) };
}

function opened(sqlite: typeof import('node:sqlite'), path: string, log: Log): DatabaseSync {
  try {
    return open(sqlite, path);
  } catch (error) {
    if (path === ':memory:') throw error;
    log.info(
      `${path} is made anew from the ledger: ${error instanceof Error ? error.message : String(error)}`,
    );
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return open(sqlite, path);
  }
}

function open({ DatabaseSync }: typeof import('node:sqlite'), path: string): DatabaseSync {
  if (path !== ':memory:') {
    // Made before SQLite makes it: its own files get the rights of this one.
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
  }
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    // It can be made again: a power cut may cost it its last transactions.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
    inTransaction(database, () => {
      const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
      if (version === factsVersion) return;
      if (version !== 0) throw new Error(`it has version ${String(version)}`);
      database.exec(factsSchema);
      database.exec(`PRAGMA user_version = ${String(factsVersion)}`);
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(l10n.t('The figures in {0} could not be read: {1}.', path, detail), { cause: error });
  }
}
