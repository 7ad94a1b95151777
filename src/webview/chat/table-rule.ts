import type { MarkdownIt } from 'markdown-it';
import { closeAt, delimiters, isBetweenDollars } from './formula-text';
import { originalRule } from './original-rule';

/** Stands for a `|` that is no border of a cell, and is no letter of any text. */
const hidden = '\uFFFE';
/** Longer lines are left as they are. */
const longestRow = 1_000;

/**
 * A `|` in code or in a formula is no border of a cell: models write `a || b` and $|x|$ in tables, and what GFM takes for
 * further cells it leaves out.
 */
export function withTables(markdown: MarkdownIt): void {
  const table = originalRule(markdown, 'table');
  /** The text that was read last, and what is seen of it in a table. */
  let last: readonly [string, string] = ['', ''];
  markdown.block.ruler.at(
    'table',
    (state, start, end, silent) => {
      const { src } = state;
      if (last[0] !== src) last = [src, withoutInnerPipes(src)];
      const before = state.tokens.length;
      state.src = last[1];
      const isTable = table(state, start, end, silent);
      state.src = src;
      if (src !== last[1])
        for (const token of state.tokens.slice(before)) token.content = token.content.replaceAll(hidden, '|');
      return isTable;
    },
    { alt: ['paragraph', 'reference'] },
  );
}

/** Of the same length, so that all that is known of its lines holds. */
function withoutInnerPipes(text: string): string {
  if (!text.includes('|') || text.includes(hidden)) return text;
  return text
    .split('\n')
    .map((line) => (line.includes('|') && line.length <= longestRow ? maskedLine(line) : line))
    .join('\n');
}

function maskedLine(line: string): string {
  let masked = '';
  let at = 0;
  while (at < line.length) {
    const end = Math.max(endOfInner(line, at), at + 1);
    // What is escaped is none already, and loses its backslash.
    masked += line.slice(at, end).replaceAll(/(?<!\\)\|/g, (pipe) => (end > at + 1 ? hidden : pipe));
    at = end;
  }
  return masked;
}

/** Where code or a formula that begins here ends; -1: none does. */
function endOfInner(line: string, at: number): number {
  const fence = line[at] === '`' ? /^`+/.exec(line.slice(at))?.[0] : undefined;
  if (fence !== undefined) {
    const close = line.slice(at + fence.length).search(new RegExp(`(?<!\`)${fence}(?!\`)`));
    return at + fence.length + (close === -1 ? 0 : close + fence.length);
  }
  const marks = delimiters.find(({ open }) => line.startsWith(open, at));
  if (marks === undefined) return line[at] === '\\' ? at + 2 : -1;
  const from = at + marks.open.length;
  const close = closeAt(line, from, marks, line.length);
  if (close === undefined) return from;
  const end = close + marks.close.length;
  const isFormula =
    marks.open !== '$' ||
    isBetweenDollars(line.slice(from, close), line[at - 1] ?? '', line.slice(end, end + 3));
  return isFormula ? end : from;
}
