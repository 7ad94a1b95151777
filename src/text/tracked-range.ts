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
  /** `start` is the beginning of a line. */
  readonly startsLine: boolean;
}

/** Where a range is after a change, and whether the change reached into it. */
interface Rebased {
  readonly range: OffsetRange;
  readonly touched: boolean;
}

/**
 * A range of whole lines after a change of its document. A change before it moves it, a change after it doesn't. Lines
 * put in before its first line, or after its last, stay outside, as do whole lines that go from before the first.
 * Everything else reaches into it: then the range grows or shrinks with what was typed.
 */
function rebase(range: OffsetRange, change: TextChange): Rebased {
  const { start, removed, inserted } = change;
  const end = range.start + range.length;
  const changeEnd = start + removed;
  const shift = inserted.length - removed;
  if (isBefore(range, change)) {
    return { range: { ...range, start: range.start + shift }, touched: false };
  }
  if (start > end || (start === end && /^\r?\n/.test(inserted))) return { range, touched: false };
  const newStart = Math.min(range.start, start);
  const newEnd = Math.max(end, changeEnd) + shift;
  return { range: { start: newStart, length: Math.max(0, newEnd - newStart) }, touched: true };
}

function isBefore(range: OffsetRange, { start, removed, inserted, startsLine }: TextChange): boolean {
  const changeEnd = start + removed;
  if (changeEnd !== range.start) return changeEnd < range.start;
  return inserted.endsWith('\n') || (inserted === '' && startsLine);
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
