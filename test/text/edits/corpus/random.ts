/** Chance that is the same each time: xorshift, 32 bits. */
export interface Chance {
  /** A whole number from 0, below `end`. */
  below(end: number): number;
  /** One of a list that isn't empty. */
  of<T>(list: readonly [T, ...T[]]): T;
}

export function chance(seed: number): Chance {
  let state = seed | 0 || 1;
  const below = (end: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
  return { below, of: (list) => list[below(list.length)] ?? list[0] };
}
