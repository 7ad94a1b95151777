import { z } from 'zod';

/** Values as JSON knows them; what it doesn't is an object with one of these names, and so is every object. */
type Tree =
  | null
  | string
  | number
  | boolean
  | readonly Tree[]
  | { readonly fields: Readonly<Record<string, Tree>> }
  | { readonly map: readonly (readonly [string, Tree])[] }
  | { readonly special: Special }
  /** Where numbers stand in the column, and how many. */
  | { readonly numbers: readonly [from: number, count: number] };

const specials = { undefined, NaN, Infinity, '-Infinity': -Infinity, '-0': -0 } as const;
type Special = keyof typeof specials;

/** A value of plain objects, lists, maps and columns of numbers. Throws a TypeError where it has anything else. */
export function treeOf(value: unknown): { readonly tree: unknown; readonly numbers: Float64Array } {
  const columns: Float64Array[] = [];
  let count = 0;

  function read(each: unknown): Tree {
    switch (typeof each) {
      case 'string':
      case 'boolean':
        return each;
      case 'number': {
        const special = Object.is(each, -0) ? '-0' : String(each);
        return special in specials ? { special: special as Special } : each;
      }
      case 'undefined':
        return { special: 'undefined' };
      case 'object':
        return each === null ? null : readObject(each);
      default:
        throw new TypeError(`A ${typeof each} can't be in a snapshot.`);
    }
  }

  function readObject(each: object): Tree {
    if (Array.isArray(each)) return each.map(read);
    if (each instanceof Map)
      return { map: Array.from(each as Map<string, unknown>, ([key, of]) => [key, read(of)]) };
    if (each instanceof Float64Array) {
      columns.push(each);
      count += each.length;
      return { numbers: [count - each.length, each.length] };
    }
    if (Object.getPrototypeOf(each) !== Object.prototype)
      throw new TypeError('Only plain objects can be in a snapshot.');
    return { fields: Object.fromEntries(Object.entries(each).map(([name, of]) => [name, read(of)])) };
  }

  const tree = read(value);
  const numbers = new Float64Array(count);
  let from = 0;
  for (const column of columns) {
    numbers.set(column, from);
    from += column.length;
  }
  return { tree, numbers };
}

const range = z.tuple([z.int().min(0), z.int().min(0)]);
const pairs = z.array(z.tuple([z.string(), z.unknown()]));
const special = z.enum(Object.keys(specials) as [Special, ...Special[]]);

/** The value that `treeOf` read. Throws where it is none. Columns are parts of `numbers`. */
export function valueOf(tree: unknown, numbers: Float64Array): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((each: unknown) => valueOf(each, numbers));
  if ('fields' in tree)
    return Object.fromEntries(
      Object.entries(objectIn(tree.fields)).map(([name, each]) => [name, valueOf(each, numbers)]),
    );
  if ('map' in tree)
    return new Map(pairs.parse(tree.map).map(([key, each]) => [key, valueOf(each, numbers)]));
  if ('numbers' in tree) {
    const [from, count] = range.parse(tree.numbers);
    if (from + count > numbers.length) throw new RangeError('A snapshot has fewer numbers than it says.');
    return numbers.subarray(from, from + count);
  }
  if ('special' in tree) return specials[special.parse(tree.special)];
  throw new RangeError('A snapshot has something that is none of its values.');
}

/** Of any names: `__proto__` is one that schemas of records leave out. */
function objectIn(value: unknown): object {
  if (typeof value !== 'object' || value === null)
    throw new RangeError('A snapshot has an object that is none.');
  return value;
}
