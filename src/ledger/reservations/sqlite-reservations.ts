import type { DatabaseSync } from 'node:sqlite';
import type { Reservations, Reserved, Reserving, ScopeMoney } from '../../core/terms/reservations';
import { troubleOf } from '../ledger-trouble';
import { decide, heardMs } from './decide';
import type { MeanwhileReservations } from './meanwhile-reservations';
import { longestMs, scopesIn } from './meanwhile-reservations';

export interface SqliteReservationsParts {
  /** With the tables of `reservationTables`. */
  readonly database: DatabaseSync;
  /** A name of this window that no other has. */
  readonly window: string;
  /** Time since the machine started in ms, the same in all its processes: nobody sets it, as they do a clock. */
  readonly uptimeMs: () => number;
  /** Does all or nothing, with the write lock from the start: nobody else reserves or spends in between. No flush. */
  readonly write: <T>(work: () => T) => T;
  /** Of windows that may not write to the database yet. */
  readonly meanwhile: MeanwhileReservations;
  /** Reads one moment of the database. */
  readonly read: <T>(work: () => T) => T;
}

/** Budgets of windows that share a ledger, also while some of them still look its file through. */
export interface SqliteReservations extends Reservations {
  /** `reserve` where the database may not be written to yet: beside it, and seen by all windows all the same. */
  reserveMeanwhile(reserving: Reserving): Promise<Reserved>;
  /** Takes in what this window has reserved beside the database, so that receipts find it. Throws where the lock is held, or the database still looked through. */
  takeIn(): void;
}

/** Budgets in the ledger's database, for all windows that open it. */
export function sqliteReservations(parts: SqliteReservationsParts): SqliteReservations {
  const { database, window, uptimeMs, write, read, meanwhile } = parts;
  const sql = {
    spent: database.prepare('SELECT usd FROM spent WHERE scope = ?'),
    allowed: database.prepare('SELECT 1 FROM allowance WHERE scope = ?'),
    live: database.prepare(
      'SELECT usd, scopes FROM reservation WHERE until_ms > ? AND until_ms <= ? AND id <> ?',
    ),
    // After a restart of the machine its time begins anew: what was to last longer than anything may is of before.
    lapse: database.prepare('DELETE FROM reservation WHERE until_ms <= ? OR until_ms > ?'),
    insert: database.prepare(
      'INSERT OR REPLACE INTO reservation (id, decision_id, usd, scopes, until_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    release: database.prepare('DELETE FROM reservation WHERE id = ?'),
    allow: database.prepare('INSERT OR IGNORE INTO allowance (scope) VALUES (?)'),
    heard: database.prepare('INSERT OR REPLACE INTO budget_window (id, seen_ms) VALUES (?, ?)'),
    gone: database.prepare('DELETE FROM budget_window WHERE seen_ms < ? OR seen_ms > ?'),
    others: database.prepare(
      'SELECT COUNT(*) AS count FROM budget_window WHERE seen_ms BETWEEN ? AND ? AND id <> ?',
    ),
    demand: database.prepare('SELECT day, hour, requests FROM demand WHERE day >= ? ORDER BY day, hour'),
  };
  let toldMs = Number.NEGATIVE_INFINITY;

  /** Writes seldom: a look is not to wait for another window's write. */
  function tell(): void {
    const now = uptimeMs();
    if (now - toldMs < heardMs / 4) return;
    write(() => {
      sql.gone.run(now - heardMs, now);
      sql.heard.run(window, now);
    });
    toldMs = now;
  }

  /** A file that is being looked through can be read all the same. */
  function tellUnlessChecking(): void {
    try {
      tell();
    } catch (error) {
      if (troubleOf(error) !== 'checking') throw error;
    }
  }

  function windows(): number {
    const now = uptimeMs();
    return 1 + Number(sql.others.get(now - heardMs, now, window)?.['count']);
  }

  /** What is in every scope now, with all reservations read once; without one that is asked for again. */
  function moneyNow(except = ''): (scope: string) => ScopeMoney {
    const now = uptimeMs();
    const reserved = new Map<string, number>();
    for (const row of sql.live.all(now, now + longestMs, except))
      for (const scope of scopesIn(row['scopes']))
        reserved.set(scope, (reserved.get(scope) ?? 0) + Number(row['usd']));
    for (const { usd, scopes } of meanwhile.live(now, except))
      for (const scope of scopes) reserved.set(scope, (reserved.get(scope) ?? 0) + usd);
    return (scope) => ({
      scope,
      spentUsd: Number(sql.spent.get(scope)?.['usd'] ?? 0),
      reservedUsd: reserved.get(scope) ?? 0,
      allowed: sql.allowed.get(scope) !== undefined,
    });
  }

  return {
    look: (scopes) =>
      settled(() => {
        tellUnlessChecking();
        return read(() => {
          const moneyIn = moneyNow();
          return { scopes: scopes.map(moneyIn), windows: windows() };
        });
      }),
    reserve: (reserving) =>
      settled(() => {
        tell();
        // Until it is committed, so that nobody who reserves beside the database misses it.
        return meanwhile.locked(() =>
          write(() => {
            const now = uptimeMs();
            sql.lapse.run(now, now + longestMs);
            const reply = decide(reserving, moneyNow(reserving.id), windows());
            if (reply.granted && reply.usd > 0) {
              const { id, decisionId, scopes, lastsMs } = reserving;
              const untilMs = now + Math.min(lastsMs, longestMs);
              meanwhile.release(id);
              sql.insert.run(id, decisionId ?? null, reply.usd, JSON.stringify(scopes), untilMs);
            }
            return reply;
          }),
        );
      }),
    reserveMeanwhile: (reserving) =>
      settled(() => {
        const nowMs = uptimeMs();
        const untilMs = nowMs + Math.min(reserving.lastsMs, longestMs);
        return meanwhile.reserve(reserving, { nowMs, untilMs }, () => {
          const reply = read(() => decide(reserving, moneyNow(reserving.id), windows()));
          return { reply, usd: reply.granted ? reply.usd : undefined };
        });
      }),
    takeIn: () => {
      try {
        meanwhile.handOver((rows) => {
          write(() => {
            for (const { id, decisionId, usd, scopes, untilMs } of rows)
              sql.insert.run(id, decisionId ?? null, usd, JSON.stringify(scopes), untilMs);
          });
        });
      } catch (error) {
        // What is wrong with the small file keeps nothing out of the ledger, and what is wrong with that is told by it.
        if (['locked', 'checking'].includes(troubleOf(error))) throw error;
      }
    },
    release: (id) =>
      settled(() => {
        if (!meanwhile.release(id)) write(() => void sql.release.run(id));
      }),
    allow: (scope) => settled(() => write(() => void sql.allow.run(scope))),
    demand: (sinceDay) =>
      settled(() =>
        sql.demand.all(sinceDay).map((row) => ({
          day: String(row['day']),
          hour: Number(row['hour']),
          requests: Number(row['requests']),
        })),
      ),
  };
}

function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
