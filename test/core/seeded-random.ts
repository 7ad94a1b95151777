import type { Random } from '../../src/core/terms/ports';

/** Mulberry32: small, fast, and the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of `values`, evenly. Throws where there are none. */
export function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('There is nothing to pick from.');
  return value;
}

/** The values in an order of chance (Fisher and Yates). */
export function shuffled<Value>(values: readonly Value[], random: Random): readonly Value[] {
  const left = [...values];
  return Array.from(values, () => {
    const value = pick(left, random);
    left.splice(left.indexOf(value), 1);
    return value;
  });
}
