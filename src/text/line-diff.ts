/** One step of a comparison of two lists: so many items that are in both, only in the second, or only in the first. */
interface ListChange {
  readonly count: number;
  readonly added: boolean;
  readonly removed: boolean;
}

/** Compares two lists of lines; undefined where that would take too long. */
export type CompareLines = (
  before: readonly string[],
  after: readonly string[],
) => readonly ListChange[] | undefined;

/** Neighbouring lines that differ. Concatenating what is between the blocks and their `after` gives the new text. */
export interface Block {
  /** Where it begins in the old and in the new text, in UTF-16 units from 0. */
  readonly beforeStart: number;
  readonly afterStart: number;
  /** The lines with their ends; '' where there are none on that side. */
  readonly before: string;
  readonly after: string;
}

/** The blocks of lines in which two texts differ, in order; one block of everything where comparing takes too long. */
export function lineDiff(before: string, after: string, compare: CompareLines): readonly Block[] {
  if (before === after) return [];
  const old = linesOf(before);
  const now = linesOf(after);
  const changes = compare(old, now);
  if (changes === undefined) return [{ beforeStart: 0, afterStart: 0, before, after }];
  const blocks: Block[] = [];
  let open = { beforeStart: 0, afterStart: 0, before: '', after: '' };
  let [oldLine, nowLine, beforeAt, afterAt] = [0, 0, 0, 0];
  const close = (): void => {
    if (open.before !== '' || open.after !== '') blocks.push(open);
    open = { beforeStart: beforeAt, afterStart: afterAt, before: '', after: '' };
  };
  for (const { count, added, removed } of changes) {
    const gone = added ? '' : old.slice(oldLine, oldLine + count).join('');
    const come = removed ? '' : now.slice(nowLine, nowLine + count).join('');
    if (!added) oldLine += count;
    if (!removed) nowLine += count;
    beforeAt += gone.length;
    afterAt += come.length;
    if (!added && !removed) close();
    else open = { ...open, before: open.before + gone, after: open.after + come };
  }
  close();
  return blocks;
}

/** The lines of a text, each with its end. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
