import { UsageError } from './usage-error';

/** Readers of one argument each: they throw a UsageError that says what was expected and what was found. */

export function file(name: string, given: string | undefined): string | undefined {
  if (given === '') throw wrong(name, 'a path', given);
  return given;
}

export function list(name: string, given: string): readonly string[] {
  const items = given.split(',').map((item) => item.trim());
  if (items.includes('') || new Set(items).size < items.length) {
    throw wrong(name, 'different values with commas between them', given);
  }
  return items;
}

export function whole(name: string, given: string, least: number): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(value) && value >= least) return value;
  throw wrong(name, `a whole number, ${String(least)} or more`, given);
}

export function oneOf<Value extends string>(name: string, values: readonly Value[], given: string): Value {
  const value = values.find((each) => each === given);
  if (value === undefined) throw wrong(name, values.join(', '), given);
  return value;
}

/** Different numbers with commas between them, all of which are `fit`. */
export function numbers(
  name: string,
  given: string,
  expected: string,
  fit: (value: number) => boolean,
): readonly number[] {
  const values = list(name, given).map(decimal);
  if (values.every(fit) && new Set(values).size === values.length) return values;
  throw wrong(name, expected, given);
}

/** NaN where `given` isn't a plain decimal: Number() would take '' and '0x1' too. */
export function decimal(given: string): number {
  const value = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(given) ? Number(given) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

export function wrong(name: string, expected: string, found: string): UsageError {
  return new UsageError(`--${name}: expected ${expected}, found ${JSON.stringify(found)}.`);
}
