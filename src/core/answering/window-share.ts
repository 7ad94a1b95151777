import type { Attempt } from '../terms/attempt';
import { usdOf } from '../terms/receipt';
import type { StoredEntry } from '../terms/ledger-entry';
import type { BudgetsSeen, ScopeCap } from '../terms/reservations';
import { leftOf } from '../terms/reservations';

/** Money of a request of this window that the ledger knows nothing of. */
interface OwnMoney {
  readonly decisionId: string;
  readonly usd: number;
  readonly scopes: readonly string[];
}

/**
 * What this window may spend where the ledger can't be reached: an equal share of what was left of each budget when it
 * was last seen, for each window that was open then. So all of them together spend no more than that.
 */
export interface WindowShare {
  saw(seen: BudgetsSeen, caps: readonly ScopeCap[]): void;
  /** The ledger could not be reached. True where it could be the last time. */
  lost(): boolean;
  /** This window's share of what is left of a cap, in USD, less what it spent of it. */
  leftUsd(cap: ScopeCap): number;
  /** What was spent in a scope out of the share, and isn't in the ledger yet. */
  unrecordedUsd(scope: string): number;
  /** Money of a request out of the share, until `release`. */
  hold(id: string, money: OwnMoney): void;
  /** What an attempt cost, before it is recorded. */
  spending(attempt: Attempt): void;
  /** A reservation that is in the ledger: what it takes is no longer left. */
  reserved(usd: number, caps: readonly ScopeCap[]): void;
  release(id: string): void;
}

/** \`waiting\`: what this window recorded, and the ledger could not take yet. */
export function createWindowShare(waiting: () => readonly StoredEntry[]): WindowShare {
  /** Of each scope: what was left when it was last seen. */
  const left = new Map<string, number>();
  let windows: number | undefined;
  let reachable = true;
  const holds = new Map<string, OwnMoney>();
  /** By decision: what was spent out of the share, and perhaps isn't in the ledger as it was last seen. */
  const spent = new Map<string, OwnMoney>();

  const sumIn = (all: ReadonlyMap<string, OwnMoney>, scope: string): number =>
    [...all.values()].reduce((sum, { usd, scopes }) => sum + (scopes.includes(scope) ? usd : 0), 0);

  /** The ledger was seen with all of it in it, but for what waits or is being recorded. */
  function forgetRecorded(): void {
    if (spent.size === 0) return;
    const open = new Set([...holds.values()].map(({ decisionId }) => decisionId));
    for (const entry of waiting()) if (entry.kind === 'attempt') open.add(entry.attempt.decisionId);
    for (const id of spent.keys()) if (!open.has(id)) spent.delete(id);
  }

  return {
    saw: (seen, caps) => {
      for (const money of seen.scopes) {
        const cap = caps.find(({ scope }) => scope === money.scope);
        if (cap === undefined) continue;
        // The one that was seen last is the last: scopes of days that passed go first.
        left.delete(cap.scope);
        left.set(cap.scope, leftOf(cap.usd, money));
      }
      for (const scope of left.keys()) {
        if (left.size <= mostScopes) break;
        left.delete(scope);
      }
      forgetRecorded();
      windows = seen.windows;
      reachable = true;
    },
    lost: () => {
      const was = reachable;
      reachable = false;
      return was;
    },
    leftUsd: ({ scope, usd }) => {
      if (windows === undefined) return 0;
      // A day that has begun since has all its money.
      const whole = left.get(scope) ?? usd;
      return Math.max(0, whole) / windows - sumIn(holds, scope) - sumIn(spent, scope);
    },
    unrecordedUsd: (scope) => sumIn(holds, scope) + sumIn(spent, scope),
    hold: (id, money) => void holds.set(id, money),
    spending: ({ decisionId, outcome, receipt: { cost } }) => {
      const held = [...holds].find(([, money]) => money.decisionId === decisionId);
      if (held === undefined || cost.kind === 'simulated') return;
      const [id, money] = held;
      const usd = usdOf(cost) ?? (outcome === 'failed' ? 0 : money.usd);
      spent.set(decisionId, { ...money, usd: usd + (spent.get(decisionId)?.usd ?? 0) });
      holds.set(id, { ...money, usd: Math.max(0, money.usd - usd) });
    },
    reserved: (usd, caps) => {
      for (const { scope } of caps) left.set(scope, (left.get(scope) ?? 0) - usd);
    },
    release: (id) => void holds.delete(id),
  };
}

/** Of a month of days, by pool and model. */
const mostScopes = 1_000;
