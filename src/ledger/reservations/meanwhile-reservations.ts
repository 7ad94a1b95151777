import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Reserving } from '../../core/terms/reservations';
import { makePrivateFileSync } from '../../files/private-files';
import { troubleOf } from '../ledger-trouble';
import { busyTimeoutMs } from '../patient';
import { inTransaction } from '../store/ledger-database';

/** What is reserved, and for what. */
export interface ReservedMoney {
  readonly usd: number;
  readonly scopes: readonly string[];
}

/** A row of the ledger's own table. */
export interface ReservedRow extends ReservedMoney {
  readonly id: string;
  readonly decisionId: string | undefined;
  readonly untilMs: number;
}

/** No request may take longer than a day: what was to last longer is of before the machine started anew. */
export const longestMs = 25 * 3_600_000;

/**
 * Reservations of windows that may not write to the ledger's file yet, because they still look it through: in a small file
 * beside it, so that windows that start together don't each spend all that is left. They are given back by `release`, or
 * lapse.
 */
export interface MeanwhileReservations {
  /** Does `work` while nobody reserves in here; also where the file isn't there, or can't be used. */
  locked<T>(work: () => T): T;
  /** Those that are alive, without one that is asked for again. None where there is no file. */
  live(nowMs: number, except: string): readonly ReservedMoney[];
  /**
   * Reserves what `grant` says, with the file locked from before it is called: 0 or undefined is nothing. Makes the file.
   * Throws where it can't be written.
   */
  reserve<Reply>(
    reserving: Pick<Reserving, 'id' | 'decisionId' | 'scopes'>,
    time: { readonly nowMs: number; readonly untilMs: number },
    grant: () => { readonly reply: Reply; readonly usd: number | undefined },
  ): Reply;
  /** Hands over what this window has in here, once it may write to the ledger's file; where that throws, all stays. */
  handOver(to: (rows: readonly ReservedRow[]) => void): void;
  /** False where there was none. */
  release(id: string): boolean;
  close(): void;
}

const table = `CREATE TABLE IF NOT EXISTS reservation (
  id TEXT PRIMARY KEY, decision_id TEXT, window TEXT NOT NULL, usd REAL NOT NULL, scopes TEXT NOT NULL,
  until_ms REAL NOT NULL) STRICT`;

export function meanwhileReservations(
  { DatabaseSync }: typeof import('node:sqlite'),
  file: string,
  window: string,
): MeanwhileReservations {
  let opened: DatabaseSync | undefined;

  function open(): DatabaseSync {
    if (opened !== undefined) return opened;
    if (!existsSync(file)) makePrivateFileSync(file);
    const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    try {
      // What a power cut takes away was of processes that it took away, too.
      database.exec(`PRAGMA synchronous = OFF; ${table}`);
    } catch (error) {
      database.close();
      throw error;
    }
    opened = database;
    return database;
  }

  /** Undefined where there is no file, or none that can be used: nothing in it is worth more than a request. */
  function ifThere<T>(work: (database: DatabaseSync) => T): T | undefined {
    if (opened === undefined && !existsSync(file)) return undefined;
    try {
      return work(open());
    } catch (error) {
      if (troubleOf(error) === 'damaged') {
        close();
        rmSync(file, { force: true });
      } else if (troubleOf(error) === 'locked') throw error;
      return undefined;
    }
  }

  function close(): void {
    if (opened?.isOpen === true) opened.close();
    opened = undefined;
  }

  return {
    locked: (work) => {
      const began = ifThere((database) => {
        database.exec('BEGIN IMMEDIATE');
        return database;
      });
      try {
        return work();
      } finally {
        if (began?.isTransaction === true) began.exec('COMMIT');
      }
    },
    live: (nowMs, except) =>
      ifThere((database) =>
        database
          .prepare('SELECT usd, scopes FROM reservation WHERE until_ms > ? AND until_ms <= ? AND id <> ?')
          .all(nowMs, nowMs + longestMs, except)
          .map((row) => ({ usd: Number(row['usd']), scopes: scopesIn(row['scopes']) })),
      ) ?? [],
    reserve: ({ id, decisionId, scopes }, { nowMs, untilMs }, grant) => {
      const database = open();
      return inTransaction(database, () => {
        database
          .prepare('DELETE FROM reservation WHERE until_ms <= ? OR until_ms > ?')
          .run(nowMs, nowMs + longestMs);
        const { reply, usd } = grant();
        if (usd !== undefined && usd > 0)
          database
            .prepare(
              'INSERT OR REPLACE INTO reservation (id, decision_id, window, usd, scopes, until_ms) VALUES (?, ?, ?, ?, ?, ?)',
            )
            .run(id, decisionId ?? null, window, usd, JSON.stringify(scopes), untilMs);
        return reply;
      });
    },
    handOver: (to) => {
      const own = (database: DatabaseSync): readonly ReservedRow[] =>
        database.prepare('SELECT * FROM reservation WHERE window = ?').all(window).map(reservedRow);
      if ((ifThere(own) ?? []).length === 0) return;
      inTransaction(open(), () => {
        to(own(open()));
        open().prepare('DELETE FROM reservation WHERE window = ?').run(window);
      });
    },
    release: (id) =>
      Number(
        ifThere((database) => database.prepare('DELETE FROM reservation WHERE id = ?').run(id))?.changes ?? 0,
      ) > 0,
    close,
  };
}

function reservedRow(row: Record<string, unknown>): ReservedRow {
  const decisionId = row['decision_id'];
  return {
    id: String(row['id']),
    decisionId: typeof decisionId === 'string' ? decisionId : undefined,
    usd: Number(row['usd']),
    scopes: scopesIn(row['scopes']),
    untilMs: Number(row['until_ms']),
  };
}

/** As they are stored in a reservation. */
export function scopesIn(stored: unknown): readonly string[] {
  const scopes: unknown = JSON.parse(String(stored));
  return Array.isArray(scopes) ? scopes.map(String) : [];
}
