import type { Block } from './line-diff';
import type { OffsetRange, TextChange } from './tracked-range';
import { rebaseAll } from './tracked-range';

/** Lines of an accepted edit that can be kept or taken back by themselves. */
export interface OpenBlock {
  /** The new lines, without the end of the last one. */
  readonly range: OffsetRange;
  readonly before: string;
  readonly after: string;
}

/** An edit in the document, with the blocks that weren't kept or taken back yet. Values only. */
export interface AcceptedEdit {
  /** All lines of the proposal. */
  readonly range: OffsetRange;
  readonly original: string;
  readonly blocks: readonly OpenBlock[];
}

export function acceptedEdit(
  start: number,
  original: string,
  text: string,
  blocks: readonly Block[],
): AcceptedEdit {
  return {
    range: { start, length: text.length },
    original,
    blocks: blocks.map(({ afterStart, before, after }) => ({
      range: { start: start + afterStart, length: after.replace(/\r?\n$/, '').length },
      before,
      after,
    })),
  };
}

/**
 * The edit after its document changed to `documentText`. A block that was typed in is the user's from then on, and is no
 * longer offered; `touched` says that there is one. Lines that were only indented in another way, by a formatter say,
 * are still the block's.
 */
export function afterChanges(
  edit: AcceptedEdit,
  changes: readonly TextChange[],
  documentText: () => string,
): { readonly edit: AcceptedEdit; readonly touched: boolean } {
  const blocks = edit.blocks.flatMap((block) => {
    const { range, touched } = rebaseAll(block.range, changes);
    if (!touched) return [{ ...block, range }];
    const now = documentText().slice(range.start, range.start + range.length);
    const lineEnd = /\r?\n$/.exec(block.after)?.[0] ?? '';
    return now !== '' && saysTheSame(now, block.after) ? [{ ...block, range, after: now + lineEnd }] : [];
  });
  const { range } = rebaseAll(edit.range, changes);
  return { edit: { ...edit, range, blocks }, touched: blocks.length < edit.blocks.length };
}

function saysTheSame(text: string, other: string): boolean {
  const [lines, others] = [text, other].map((each) =>
    each
      .trimEnd()
      .split('\n')
      .map((line) => line.trim()),
  );
  return lines?.join('\n') === others?.join('\n');
}

/** What taking a block back replaces; undefined where the document doesn't read as the block any more. */
export function takeBack(
  { range, before, after }: OpenBlock,
  documentText: string,
): { readonly range: OffsetRange; readonly text: string } | undefined {
  if (!documentText.startsWith(after, range.start)) return undefined;
  return { range: { start: range.start, length: after.length }, text: before };
}

/**
 * True where the lines read as they did before the edit: it was undone, by whatever means. A block that is taken back
 * with the end of its last line leaves that end in the range.
 */
export function isUndone({ range, original }: AcceptedEdit, documentText: () => string): boolean {
  const more = range.length - original.length;
  if (more < 0 || more > 2) return false;
  const text = documentText();
  const end = range.start + original.length;
  return text.startsWith(original, range.start) && /^(\r?\n)?$/.test(text.slice(end, end + more));
}
