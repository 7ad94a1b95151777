/**
 * When something is asked of the user: at most at one in twenty answers, and at those at which it is worth most. An answer
 * is an occasion where its value is among the highest tenth of its pool's last two hundred, and twenty answers came since
 * the last time. No chance, no clock: the same answers give the same occasions.
 */
export interface Occasions {
  knows(pool: string): boolean;
  /** What earlier answers of a pool were worth, oldest first. */
  recall(pool: string, values: readonly number[]): void;
  /** An answer came whose value is this, ≥ 0; true: ask. Never where `mayAsk` is false: it counts all the same. */
  take(pool: string, value: number, mayAsk: boolean): boolean;
  /** Answers since the last time, at most `apart`: to go on from in another window. */
  readonly waited: number;
}

/** At most one in so many answers. */
export const apart = 20;
const keptValues = 200;
/** Of fewer values nobody knows which are high. */
const fewestValues = 20;
const quantile = 0.9;
/** Values that differ by less than a hundredth are alike. */
const alike = 0.99;

export function createOccasions(before: number): Occasions {
  const known = new Map<string, number[]>();
  let waited = Math.min(apart, Math.max(0, before));

  function isHigh(values: readonly number[], value: number): boolean {
    if (values.length < fewestValues) return false;
    const sorted = values.toSorted((a, b) => a - b);
    const threshold = sorted[Math.floor(quantile * (sorted.length - 1))] ?? Infinity;
    return value >= alike * threshold;
  }

  return {
    knows: (pool) => known.has(pool),
    recall: (pool, values) => {
      known.set(pool, worthAnything(values).slice(-keptValues));
    },
    take: (pool, value, mayAsk) => {
      waited = Math.min(apart, waited + 1);
      // One that is worth nothing says nothing of how the others compare: there was no choice, or it is settled.
      if (value <= 0) return false;
      const values = known.get(pool) ?? [];
      known.set(pool, values);
      const asks = mayAsk && waited >= apart && isHigh(values, value);
      values.push(value);
      if (values.length > keptValues) values.shift();
      if (asks) waited = 0;
      return asks;
    },
    get waited() {
      return waited;
    },
  };
}

function worthAnything(values: readonly number[]): number[] {
  return values.filter((value) => value > 0);
}
