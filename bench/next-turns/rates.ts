/** So many of so many. */
export interface Count {
  readonly hits: number;
  readonly of: number;
}

/** A value with the bounds of its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

const z95 = 1.959_964;

/** Share with Wilson's score interval: Wilson, JASA 22 (1927) 209. NaN of none. */
export function rateOf({ hits, of }: Count): Interval {
  const value = hits / of;
  const z2 = z95 ** 2;
  const center = (hits + z2 / 2) / (of + z2);
  const half = (z95 / (of + z2)) * Math.sqrt(of * value * (1 - value) + z2 / 4);
  return { value, lower: Math.max(0, center - half), upper: Math.min(1, center + half) };
}

/**
 * One share less another, with the interval that is made of both shares' score intervals: method 10 of Newcombe, Statistics
 * in Medicine 17 (1998) 873.
 */
export function differenceOf(one: Count, other: Count): Interval {
  const [a, b] = [rateOf(one), rateOf(other)];
  const value = a.value - b.value;
  return {
    value,
    lower: value - Math.hypot(a.value - a.lower, b.upper - b.value),
    upper: value + Math.hypot(a.upper - a.value, b.value - b.lower),
  };
}

/** What a difference surely is: the bound of its interval that is nearer to 0, and 0 where it lies between them. */
export function certainOf({ lower, upper }: Interval): number {
  if (lower > 0) return lower;
  return upper < 0 ? upper : 0;
}
