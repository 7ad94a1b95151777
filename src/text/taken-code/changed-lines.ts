/** A change of a document: lines `first` to `last`, counted from 0, lost a part, or all, to `inserted`. */
export interface LineChange {
  readonly first: number;
  readonly last: number;
  readonly inserted: string;
}

/** Lines of a document, counted from 0, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** The lines that the changes of one event wrote in, as they are counted after it, in order and each once. */
export function changedLines(changes: readonly LineChange[]): readonly LineRange[] {
  const ranges: LineRange[] = [];
  let shift = 0;
  // Of two that begin in the same line the one that goes on to others stands behind.
  const inOrder = changes.toSorted((one, other) => one.first - other.first || one.last - other.last);
  for (const { first, last, inserted } of inOrder) {
    const breaks = inserted.match(/\r\n|\r|\n/g)?.length ?? 0;
    const range = { first: first + shift, last: first + shift + breaks };
    shift += breaks - (last - first);
    const before = ranges.at(-1);
    if (before !== undefined && range.first <= before.last)
      ranges[ranges.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    else ranges.push(range);
  }
  return ranges;
}
