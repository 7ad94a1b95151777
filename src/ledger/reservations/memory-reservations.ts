import type { Decision } from '../../core/terms/decision';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Calendar, Forgotten } from '../../core/terms/ports';
import type { HourOfDemand, Reservations, ScopeMoney } from '../../core/terms/reservations';
import { decide, heardMs } from './decide';
import { moneyOf } from './money-of';

export interface MemoryBudgetsParts {
  readonly calendar: Calendar;
  /** See `SqliteReservationsParts`. */
  readonly uptimeMs: () => number;
  readonly decisionOf: (id: string) => Pick<Decision, 'pool' | 'conversationId'> | undefined;
}

/** Budgets in the memory of this process, which any number of windows share. */
export interface MemoryBudgets {
  /** Counts what an entry that `window` stored says of money. */
  apply(entry: StoredEntry, window: string | undefined): void;
  /** See `SpendingWriter`; while the decisions are there. */
  forget(which: Forgotten): void;
  open(window: string): Reservations;
}

interface Row {
  readonly decisionId: string | undefined;
  readonly scopes: readonly string[];
  readonly untilMs: number;
  usd: number;
}

export function memoryBudgets(parts: MemoryBudgetsParts): MemoryBudgets {
  const { calendar, uptimeMs } = parts;
  const spent = new Map<string, number>();
  const rows = new Map<string, Row>();
  const allowed = new Set<string>();
  const heard = new Map<string, number>();
  const demand = new Map<string, HourOfDemand>();

  function lapse(): void {
    for (const [id, { untilMs }] of rows) if (untilMs <= uptimeMs()) rows.delete(id);
    for (const [id, seenMs] of heard) if (seenMs < uptimeMs() - heardMs) heard.delete(id);
  }

  /** Without a reservation that is asked for again. */
  const moneyExcept =
    (except: string) =>
    (scope: string): ScopeMoney => {
      const counted = [...rows].flatMap(([id, row]) =>
        id !== except && row.scopes.includes(scope) ? row : [],
      );
      return {
        scope,
        spentUsd: spent.get(scope) ?? 0,
        reservedUsd: counted.reduce((sum, { usd }) => sum + usd, 0),
        allowed: allowed.has(scope),
      };
    };

  const settled = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);

  return {
    apply: (entry, window) => {
      if (entry.kind === 'decision') {
        const day = calendar.dayOf(entry.atMs);
        const hour = Math.floor(calendar.hourOf(entry.atMs));
        const key = `${day} ${String(hour)}`;
        demand.set(key, { day, hour, requests: (demand.get(key)?.requests ?? 0) + 1 });
      }
      const money = moneyOf(entry, entry.atMs, { ...parts, window });
      if (money === undefined) return;
      const { kind, id } = money.reservedFor;
      const own = [...rows].filter(([key, { decisionId }]) => (kind === 'own' ? key : decisionId) === id);
      const usd = money.usd ?? own.reduce((sum, [, each]) => sum + each.usd, 0);
      for (const [key, row] of own) {
        if (money.over) rows.delete(key);
        else row.usd = Math.max(0, row.usd - usd);
      }
      for (const scope of money.scopes) spent.set(scope, (spent.get(scope) ?? 0) + usd);
    },
    forget: (which) => {
      if (which === 'everything') {
        spent.clear();
        demand.clear();
      } else
        for (const id of which)
          spent.delete(`conversation:${parts.decisionOf(id)?.conversationId ?? ''}/all`);
    },
    open: (window) => ({
      look: (scopes) =>
        settled(() => {
          lapse();
          heard.set(window, uptimeMs());
          return { scopes: scopes.map(moneyExcept('')), windows: heard.size };
        }),
      reserve: (reserving) =>
        settled(() => {
          lapse();
          heard.set(window, uptimeMs());
          const reply = decide(reserving, moneyExcept(reserving.id), heard.size);
          if (reply.granted && reply.usd > 0) {
            const { id, decisionId, scopes, lastsMs } = reserving;
            rows.set(id, { decisionId, usd: reply.usd, scopes, untilMs: uptimeMs() + lastsMs });
          }
          return reply;
        }),
      release: (id) => settled(() => void rows.delete(id)),
      allow: (scope) => settled(() => void allowed.add(scope)),
      demand: (sinceDay) =>
        settled(() =>
          [...demand.values()]
            .filter(({ day }) => day >= sinceDay)
            .toSorted((a, b) => a.day.localeCompare(b.day) || a.hour - b.hour),
        ),
    }),
  };
}
