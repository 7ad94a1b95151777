/** Money in one scope of `scopeOf`, in USD. */
export interface ScopeMoney {
  readonly scope: string;
  /** What receipts say. */
  readonly spentUsd: number;
  /** What is reserved by requests under way. */
  readonly reservedUsd: number;
  /** True where the user let the rest of it go over its budget. */
  readonly allowed: boolean;
}

/** What budgets look like at one moment. */
export interface BudgetsSeen {
  /** In the order in which they were asked for. */
  readonly scopes: readonly ScopeMoney[];
  /** Windows that were heard of lately, this one with them: ≥ 1. */
  readonly windows: number;
}

/** A scope that may hold so much. */
export interface ScopeCap {
  readonly scope: string;
  /** ≥ 0. */
  readonly usd: number;
}

/** What a request asks for before anything is sent. */
export interface Reserving {
  readonly id: string;
  /** Whose receipts give it back. Absent: `release` alone does. */
  readonly decisionId?: string | undefined;
  /** Without so much nothing can be asked, ≥ 0; 0 is always granted. */
  readonly leastUsd: number;
  /** It costs at most so much, ≥ `leastUsd`. */
  readonly mostUsd: number;
  /** All that it counts in. */
  readonly scopes: readonly string[];
  /** What must hold: each is one of `scopes`. */
  readonly caps: readonly ScopeCap[];
  /** It lapses after so long, > 0: longer than the request may take. */
  readonly lastsMs: number;
}

export type Reserved =
  | {
      readonly granted: true;
      /** `leastUsd` to `mostUsd`: no more may be spent. */
      readonly usd: number;
      /** The caps as they were before. */
      readonly seen: BudgetsSeen;
    }
  | { readonly granted: false; readonly seen: BudgetsSeen };

/** Requests in an hour of a day, by the user's clock. */
export interface HourOfDemand {
  readonly day: string;
  /** 0..23 */
  readonly hour: number;
  readonly requests: number;
}

/**
 * What all windows spend and are about to spend. What a request may cost is reserved before it is sent, so that windows
 * that ask at once never go over a budget together; its receipt gives it back in the same moment in which it is counted
 * as spent. A reservation whose window died lapses. Every method rejects where the ledger can't be reached.
 */
export interface Reservations {
  /** Counts this window as one that is open. */
  look(scopes: readonly string[]): Promise<BudgetsSeen>;
  /** One at a time over all windows: nobody else's money is spent in between. One with the same id takes its place. */
  reserve(reserving: Reserving): Promise<Reserved>;
  /** Gives back what is left of it. One that isn't there is none. */
  release(id: string): Promise<void>;
  /** Lets the rest of a scope go over its budget, in all windows. */
  allow(scope: string): Promise<void>;
  /** When requests came since a day, that day with it. */
  demand(sinceDay: string): Promise<readonly HourOfDemand[]>;
}

/** Sums of prices have rounding errors. */
const tolerance = 1e-12;

/** What is left of a cap; Infinity where the user lets it be exceeded. */
export function leftOf(usd: number, { spentUsd, reservedUsd, allowed }: Omit<ScopeMoney, 'scope'>): number {
  return allowed ? Infinity : usd - spentUsd - reservedUsd;
}

/**
 * How much of `leftUsd` a request gets: all that it may cost at most where that is less than half of it, else half, so
 * that others can go on meanwhile, and in any case what it can't do without. Undefined: there isn't as much.
 */
export function grantOf(
  { leastUsd, mostUsd }: Pick<Reserving, 'leastUsd' | 'mostUsd'>,
  leftUsd: number,
): number | undefined {
  if (leastUsd > 0 && leastUsd > leftUsd + tolerance) return undefined;
  return Math.max(leastUsd, Math.min(mostUsd, leftUsd / 2));
}
