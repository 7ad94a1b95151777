/**
 * Readers of what a fold was saved as. It comes from a disk: what isn't what it should be is told by a RangeError, which
 * names the field, and nothing of it is used.
 */
export type Read<Value> = (value: unknown, at: string) => Value;

export const readNumber: Read<number> = (value, at) => {
  if (typeof value !== 'number' || Number.isNaN(value)) throw wrong(at, 'a number');
  return value;
};

export const readText: Read<string> = (value, at) => {
  if (typeof value !== 'string') throw wrong(at, 'a text');
  return value;
};

/** Numbers of any count, or of just so many: the saved ones themselves, which are whoever's that reads them. */
export function readNumbers(count?: number): Read<Float64Array> {
  return (value, at) => {
    if (!(value instanceof Float64Array) || (count !== undefined && value.length !== count))
      throw wrong(at, count === undefined ? 'numbers' : `${String(count)} numbers`);
    return value;
  };
}

export function readOptional<Value>(read: Read<Value>): Read<Value | undefined> {
  return (value, at) => (value === undefined ? undefined : read(value, at));
}

export function readList<Value>(read: Read<Value>): Read<Value[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw wrong(at, 'a list');
    return value.map((each: unknown) => read(each, at));
  };
}

/** Saved as a map. */
export function readMap<Value>(of: Read<Value>): Read<Map<string, Value>> {
  return (value, at) => {
    if (!(value instanceof Map)) throw wrong(at, 'a map');
    const read: Map<string, Value> = new Map();
    for (const [key, each] of value as Map<unknown, unknown>) read.set(readText(key, at), of(each, at));
    return read;
  };
}

export function readShape<Shape extends object>(fields: {
  readonly [Key in keyof Shape]-?: Read<Shape[Key]>;
}): Read<Shape> {
  const readers = Object.entries<Read<unknown>>(fields);
  return (value, at) => {
    if (typeof value !== 'object' || value === null) throw wrong(at, 'an object');
    const own = value as Readonly<Record<string, unknown>>;
    const read: Record<string, unknown> = {};
    for (const [name, of] of readers) read[name] = of(own[name], name);
    return read as Shape;
  };
}

export function readOneOf<Value extends string>(values: readonly Value[]): Read<Value> {
  return (value, at) => {
    const found = values.find((each) => each === value);
    if (found === undefined) throw wrong(at, `one of ${values.join(', ')}`);
    return found;
  };
}

function wrong(at: string, expected: string): RangeError {
  return new RangeError(`What was saved has at ${at} something else than ${expected}.`);
}
