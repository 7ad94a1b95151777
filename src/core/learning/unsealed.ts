/**
 * So many of the ledger's latest decisions are kept as they are, with all that was told of them. An older one is sealed:
 * what it says is in the sums for good, as it was weighed then. That bounds what is kept in memory, and how long it takes
 * to weigh everything anew (docs/decisions/0040-snapshots.md).
 */
const keptDecisions = 2_500;

/** The latest decisions, by id, with what is kept of each. */
export interface Unsealed<Value> {
  get(id: string): Value | undefined;
  has(id: string): boolean;
  /** Takes in the next decision. Returns the oldest where there are too many now: that is sealed, and gone from here. */
  add(id: string, value: Value): Value | undefined;
  /** Oldest first. */
  entries(): Iterable<readonly [string, Value]>;
}

export function createUnsealed<Value>(kept = keptDecisions): Unsealed<Value> {
  const latest = new Map<string, Value>();
  return {
    get: (id) => latest.get(id),
    has: (id) => latest.has(id),
    add: (id, value) => {
      latest.set(id, value);
      if (latest.size <= kept) return undefined;
      const [oldest] = latest;
      if (oldest === undefined) return undefined;
      latest.delete(oldest[0]);
      return oldest[1];
    },
    entries: () => latest,
  };
}
