/**
 * A list of numbers most of which are 0, as its length and the runs that aren't: `[56, [23, 1], [29, 0.334877, 0, 0.27]]`
 * has 1 at place 23, counted from 0. A gap of a zero or two is cheaper within a run than another one.
 */
export type SparseNumbers = readonly [length: number, ...runs: readonly (readonly number[])[]];

const gap = 2;

export function sparseOf(numbers: readonly number[]): SparseNumbers {
  const runs: number[][] = [];
  let end = -Infinity;
  for (const [place, number] of numbers.entries()) {
    if (number === 0) continue;
    const run = place - end > gap + 1 ? undefined : runs.at(-1);
    if (run === undefined) runs.push([place, number]);
    else run.push(...Array<number>(place - end - 1).fill(0), number);
    end = place;
  }
  return [numbers.length, ...runs];
}

/** Undefined where a row holds something else. The length is bounded: a damaged one must not take the memory. */
export function numbersOf(sparse: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(sparse)) return undefined;
  const [length, ...runs] = sparse as readonly unknown[];
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > longest)
    return undefined;
  const numbers: unknown[] = Array<number>(length).fill(0);
  for (const run of runs) {
    if (!Array.isArray(run)) return undefined;
    const [start, ...values] = run as readonly unknown[];
    if (typeof start !== 'number' || !Number.isInteger(start) || start < 0) return undefined;
    if (start + values.length > length) return undefined;
    for (const [index, value] of values.entries()) numbers[start + index] = value;
  }
  return numbers;
}

/** More than any feature space has. */
const longest = 65_536;
