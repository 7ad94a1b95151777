import type { DatabaseSync } from 'node:sqlite';
import type { Decision } from '../../core/terms/decision';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Calendar } from '../../core/terms/ports';
import { moneyOf } from './money-of';

export interface SpendingWriterParts {
  readonly database: DatabaseSync;
  readonly calendar: Calendar;
  /** A decision that the ledger has. */
  readonly decisionOf: (id: string) => Pick<Decision, 'pool' | 'conversationId'> | undefined;
}

export interface SpendingWriter {
  /**
   * Counts what an entry of a window says of money, and takes it off what was reserved for it. To be called in the
   * transaction that stores the entry. `window`: undefined where it comes from elsewhere.
   */
  apply(entry: StoredEntry, window: string | undefined): void;
  /** In the transaction that forgets: conversations are named in here. Sums of days and months name none, and stay. */
  forget(which: 'everything' | readonly string[]): void;
}

/** So many scopes are kept: those that were written last. A day has a few for each model and conversation. */
const mostScopes = 20_000;
const pruneEvery = 1_000;
const mostRemembered = 200;

export function createSpendingWriter(parts: SpendingWriterParts): SpendingWriter {
  const { database, calendar } = parts;
  const add = database.prepare(`
    INSERT INTO spent (scope, usd, touched) VALUES (?, ?, (SELECT COALESCE(MAX(touched), 0) + 1 FROM spent))
    ON CONFLICT (scope) DO UPDATE SET usd = usd + excluded.usd, touched = excluded.touched`);
  const prune = database.prepare(
    'DELETE FROM spent WHERE touched <= (SELECT touched FROM spent ORDER BY touched DESC LIMIT 1 OFFSET ?)',
  );
  const count = database.prepare(`
    INSERT INTO demand (day, hour, requests) VALUES (?, ?, 1)
    ON CONFLICT (day, hour) DO UPDATE SET requests = requests + 1`);
  const reserved = {
    decision: database.prepare('SELECT id, usd FROM reservation WHERE decision_id = ?'),
    own: database.prepare('SELECT id, usd FROM reservation WHERE id = ?'),
  };
  const reduce = database.prepare('UPDATE reservation SET usd = ? WHERE id = ?');
  const drop = database.prepare('DELETE FROM reservation WHERE id = ?');
  let written = 0;
  /** Most attempts follow their decision soon. */
  const made = new Map<string, Pick<Decision, 'pool' | 'conversationId'>>();

  function remember({ id, pool, conversationId }: Decision): void {
    made.set(id, { pool, conversationId });
    const [first] = made.keys();
    if (made.size > mostRemembered && first !== undefined) made.delete(first);
  }

  const decisionOf: SpendingWriterParts['decisionOf'] = (id) => made.get(id) ?? parts.decisionOf(id);

  return {
    apply: (entry, window) => {
      const { atMs } = entry;
      if (entry.kind === 'decision') {
        remember(entry.decision);
        count.run(calendar.dayOf(atMs), Math.floor(calendar.hourOf(atMs)));
      }
      const money = moneyOf(entry, atMs, { calendar, window, decisionOf });
      if (money === undefined) return;
      const { kind, id } = money.reservedFor;
      const rows = reserved[kind].all(id).map((row) => ({ id: String(row['id']), usd: Number(row['usd']) }));
      const usd = money.usd ?? rows.reduce((sum, each) => sum + each.usd, 0);
      for (const row of rows) {
        if (money.over) drop.run(row.id);
        else if (usd > 0) reduce.run(Math.max(0, row.usd - usd), row.id);
      }
      if (usd === 0) return;
      for (const scope of money.scopes) add.run(scope, usd);
      written += 1;
      if (written % pruneEvery === 1) prune.run(mostScopes);
    },
    forget: (which) => {
      if (which === 'everything') database.exec('DELETE FROM spent; DELETE FROM demand;');
      else {
        const remove = database.prepare('DELETE FROM spent WHERE scope = ?');
        for (const id of which) {
          const conversation = decisionOf(id)?.conversationId;
          if (conversation !== undefined) remove.run(`conversation:${conversation}/all`);
        }
      }
    },
  };
}
