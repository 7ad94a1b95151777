/**
 * When something is asked of the user: at most at one in twenty answers, and at those at which it is worth most. An answer
 * is an occasion where twenty answers came since the last time, and its value is among the highest tenth of its pool's last
 * two hundred. The longer none comes the less high it has to be, and after sixty answers it need only be worth something:
 * what is learnt meanwhile makes all values fall, and who waits for the best of before would wait for good. No chance, no
 * clock: the same answers give the same occasions.
 */
export interface Occasions {
  knows(pool: string): boolean;
  /** What earlier answers of a pool were worth, oldest first. */
  recall(pool: string, values: readonly number[]): void;
  /** An answer came whose value is this, ≥ 0; true: ask. Never where `mayAsk` is false: it counts all the same. */
  take(pool: string, value: number, mayAsk: boolean): boolean;
  /** Answers since the last time, at most `longest`: to go on from in another window. */
  readonly waited: number;
}

/** At most one in so many answers. */
export const apart = 20;
/** After so many any is asked about that is worth something. */
export const longest = 60;
const keptValues = 200;
/** Of fewer values nobody knows which are high. */
const fewestValues = 20;
/** Which share of the values is high, right after `apart` answers. */
const highShare = 0.1;
/** Values that differ by less than a hundredth are alike. */
const alike = 0.99;

export function createOccasions(before: number): Occasions {
  const known = new Map<string, number[]>();
  let waited = Math.min(longest, Math.max(0, before));

  function shareNow(): number {
    const late01 = Math.max(0, waited - apart) / (longest - apart);
    return highShare + (1 - highShare) * late01 ** 2;
  }

  function isHigh(values: readonly number[], value: number): boolean {
    if (values.length < fewestValues) return false;
    if (waited >= longest) return true;
    const sorted = values.toSorted((a, b) => a - b);
    const threshold = sorted[Math.floor((1 - shareNow()) * (sorted.length - 1))] ?? Infinity;
    return value >= alike * threshold;
  }

  return {
    knows: (pool) => known.has(pool),
    recall: (pool, values) => {
      known.set(pool, worthAnything(values).slice(-keptValues));
    },
    take: (pool, value, mayAsk) => {
      waited = Math.min(longest, waited + 1);
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
