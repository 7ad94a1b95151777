/** A part of a document, in UTF-16 units from 0. */
export interface OffsetRange {
  readonly start: number;
  readonly length: number;
}

/** A change of a document: `removed` units at `start` gave way to `inserted`. */
export interface TextChange {
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Where a range is after a change, and whether the change reached into it. */
interface Rebased {
  readonly range: OffsetRange;
  readonly touched: boolean;
}

/**
 * A range of whole lines after a change of its document. A change before it moves it, a change after it doesn't. Lines
 * put in before its first line, or after its last, stay outside. Everything else reaches into it: then the range
 * grows or shrinks with what was typed.
 */
function rebase(range: OffsetRange, { start, removed, inserted }: TextChange): Rebased {
  const end = range.start + range.length;
  const changeEnd = start + removed;
  const shift = inserted.length - removed;
  if (isBefore(range, changeEnd, inserted)) {
    return { range: { ...range, start: range.start + shift }, touched: false };
  }
  if (start > end || (start === end && /^\r?\n/.test(inserted))) return { range, touched: false };
  const newStart = Math.min(range.start, start);
  const newEnd = Math.max(end, changeEnd) + shift;
  return { range: { start: newStart, length: Math.max(0, newEnd - newStart) }, touched: true };
}

function isBefore({ start }: OffsetRange, changeEnd: number, inserted: string): boolean {
  return changeEnd < start || (changeEnd === start && inserted.endsWith('\n'));
}

/** Several changes of one event, which the editor gives in the offsets before the event: the last one first. */
export function rebaseAll(range: OffsetRange, changes: readonly TextChange[]): Rebased {
  const lastFirst = changes.toSorted((one, other) => other.start - one.start);
  let rebased: Rebased = { range, touched: false };
  for (const change of lastFirst) {
    const next = rebase(rebased.range, change);
    rebased = { range: next.range, touched: rebased.touched || next.touched };
  }
  return rebased;
}
