import type { Random } from '../../src/core/terms/ports';

export { seededRandom } from '../../src/core/replay/seeded-random';

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
