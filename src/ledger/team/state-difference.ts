/** Folds of the same entries differ by less than this part of a number: not every sum is made in one order. */
const tolerance = 1e-9;

/**
 * Where two saved states differ; undefined: nowhere. `at` names the place: properties and keys, parted by dots.
 */
export function stateDifference(one: unknown, other: unknown, at = ''): string | undefined {
  if (typeof one === 'number' && typeof other === 'number') {
    const size = Math.max(1, Math.abs(one), Math.abs(other));
    return Object.is(one, other) || Math.abs(one - other) <= tolerance * size ? undefined : at;
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other ? undefined : at;
  const [left, right] = [partsOf(one), partsOf(other)];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const found = stateDifference(left.get(name), right.get(name), at === '' ? name : `${at}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function partsOf(value: object): ReadonlyMap<string, unknown> {
  if (value instanceof Map) return value as ReadonlyMap<string, unknown>;
  return new Map(Object.entries(value instanceof Float64Array ? Array.from(value) : value));
}
