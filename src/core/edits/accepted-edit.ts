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
 * The edit after its document changed. A block that was typed in is the user's from then on, and is no longer offered;
 * `touched` says that there is one.
 */
export function afterChanges(
  edit: AcceptedEdit,
  changes: readonly TextChange[],
): { readonly edit: AcceptedEdit; readonly touched: boolean } {
  const rebased = edit.blocks.map((block) => ({ block, ...rebaseAll(block.range, changes) }));
  const blocks = rebased.flatMap(({ block, range, touched }) => (touched ? [] : [{ ...block, range }]));
  const { range } = rebaseAll(edit.range, changes);
  return { edit: { ...edit, range, blocks }, touched: blocks.length < edit.blocks.length };
}

/** What taking a block back replaces; undefined where the document doesn't read as the block any more. */
export function takeBack(
  { range, before, after }: OpenBlock,
  documentText: string,
): { readonly range: OffsetRange; readonly text: string } | undefined {
  if (!documentText.startsWith(after, range.start)) return undefined;
  return { range: { start: range.start, length: after.length }, text: before };
}

/** True where the lines read as they did before the edit: it was undone, by whatever means. */
export function isUndone({ range, original }: AcceptedEdit, documentText: () => string): boolean {
  return range.length === original.length && documentText().startsWith(original, range.start);
}
