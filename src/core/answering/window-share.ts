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
  /** What was spent in a scope out of the share, and is in no ledger yet. */
  unrecordedUsd(scope: string): number;
  hold(id: string, money: OwnMoney): void;
  /** A reservation that is in the ledger: what it takes is no longer left. */
  reserved(usd: number, caps: readonly ScopeCap[]): void;
  release(id: string): void;
  spending(attempt: Attempt): void;
  taken(entry: StoredEntry): void;
}

/** More decisions than are ever under way, or waiting to be recorded, at once. */
const mostWaiting = 10_000;

export function createWindowShare(): WindowShare {
  /** Of each scope: what was left when it was last seen. */
  const left = new Map<string, number>();
  let windows: number | undefined;
  let reachable = true;
  const holds = new Map<string, OwnMoney>();
  /** What was spent out of the share, by its decision: until the ledger has the attempt. */
  const waiting = new Map<string, OwnMoney>();

  const sumIn = (all: Iterable<OwnMoney>, scope: string): number =>
    [...all].reduce((sum, { usd, scopes }) => (scopes.includes(scope) ? sum + usd : sum), 0);

  return {
    saw: (seen, caps) => {
      for (const money of seen.scopes) {
        const cap = caps.find(({ scope }) => scope === money.scope);
        if (cap !== undefined) left.set(cap.scope, leftOf(cap.usd, money));
      }
      // Scopes of days that passed say nothing any more.
      for (const scope of left.keys()) {
        if (left.size <= mostScopes) break;
        left.delete(scope);
      }
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
      return Math.max(0, whole) / windows - sumIn(holds.values(), scope) - sumIn(waiting.values(), scope);
    },
    unrecordedUsd: (scope) => sumIn(waiting.values(), scope),
    hold: (id, money) => void holds.set(id, money),
    reserved: (usd, caps) => {
      for (const { scope } of caps) left.set(scope, (left.get(scope) ?? 0) - usd);
    },
    release: (id) => void holds.delete(id),
    spending: ({ decisionId, receipt }) => {
      const held = [...holds.values()].find((each) => each.decisionId === decisionId);
      const usd = usdOf(receipt.cost);
      if (held === undefined || usd === 0 || receipt.cost.kind === 'simulated') return;
      const before = waiting.get(decisionId)?.usd ?? 0;
      waiting.set(decisionId, { ...held, usd: before + (usd ?? held.usd) });
      const [first] = waiting.keys();
      if (waiting.size > mostWaiting && first !== undefined) waiting.delete(first);
    },
    taken: (entry) => {
      if (entry.kind === 'attempt') waiting.delete(entry.attempt.decisionId);
    },
  };
}

/** Of a month of days, by pool and model. */
const mostScopes = 1_000;
