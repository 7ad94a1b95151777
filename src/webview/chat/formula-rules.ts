import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import type { Delimiter } from './formula-text';
import { closeAt, delimiters, isBetweenDollars, longestFormula, looksLikeTex } from './formula-text';

/** No formula has more lines; one that isn't closed within them is not looked for further. */
const mostLines = 200;
/** Environments that are formulas without marks around them. */
const environment =
  /^\\begin\{((?:equation|align(?:ed|at)?|gather(?:ed)?|multline|eqnarray|[dr]?cases|split|[bBpvV]?(?:small)?matrix|array)\*?)\}/;

/**
 * Teaches markdown-it formulas: `\(…\)`, `$…$` in a line; `\[…\]`, `$$…$$` in one or on lines of their own; environments.
 * Their source is kept as it is. A formula of which the end isn't there yet is its source too, as far as it could reach.
 * The tokens are `formula` (in a line) and `formula_block`, with the source as content and `open` as info where there is
 * no end.
 */
export function withFormulas(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'formula', formulaInLine);
  markdown.block.ruler.before('blockquote', 'formula_block', formulaOnLines, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}

/** Delimiters that have no end behind a place of a text, so that each text is looked through once. */
const endless = new WeakMap<StateInline, Set<Delimiter>>();

function formulaInLine(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  const marks = delimiters.find(({ open }) => src.startsWith(open, pos));
  const end = marks === undefined ? environmentInLine(state) : endInLine(state, marks);
  if (end === undefined) {
    // Both dollars, or the second one would be looked at alone.
    if (marks?.open !== '$$') return false;
    if (!silent) state.pending += marks.open;
    state.pos += marks.open.length;
    return true;
  }
  if (!silent) {
    const token = state.push('formula', '', 0);
    token.content = src.slice(pos, end.at);
    token.info = end.isOpen ? 'open' : '';
  }
  state.pos = Math.min(end.at, posMax);
  return true;
}

interface End {
  readonly at: number;
  readonly isOpen: boolean;
}

function endInLine(state: StateInline, marks: Delimiter): End | undefined {
  if (marks.open === '$') return closedDollar(state);
  const { src, pos } = state;
  const from = pos + marks.open.length;
  const at = closeInLine(state, marks, from);
  if (at === undefined) return unclosed(state, marks);
  const text = src.slice(from, at);
  const end = at + marks.close.length;
  if (text.trim() === '' || (marks.open === '$$' && isShell(text, src.slice(end, end + 1)))) return undefined;
  const isMeant = marks.open !== '\\[' || looksLikeTex(text) || /^\s/.test(text);
  return isMeant ? { at: end, isOpen: false } : undefined;
}

/** `$$` is a number of a process, and a dollar of a Makefile: `$$HOME and $$(date)`. */
function isShell(text: string, after: string): boolean {
  if (text.includes('\\')) return false;
  const isAskew = !looksLikeTex(text) && text.trimStart() === text && text.trimEnd() !== text;
  return isAskew || isProse(text) || /[\p{Script=Latin}\p{N}_({]/u.test(after);
}

function environmentInLine({ src, pos, posMax }: StateInline): End | undefined {
  if (!src.startsWith('\\begin{', pos)) return undefined;
  const ahead = src.slice(pos, Math.min(posMax, pos + longestFormula));
  const name = environment.exec(ahead)?.[1];
  if (name === undefined) return undefined;
  const close = `\\end{${name}}`;
  const at = ahead.indexOf(close);
  if (at !== -1) return { at: pos + at + close.length, isOpen: false };
  const newline = ahead.indexOf('\n');
  return { at: newline === -1 ? posMax : pos + newline, isOpen: true };
}

function closedDollar({ src, pos, posMax }: StateInline): End | undefined {
  const from = pos + 1;
  for (let at = from; at < Math.min(posMax, from + longestFormula); at++) {
    // Prices stand on different lines; what has a command goes on.
    if (src[at] === '\n' && !/\\[a-z]/i.test(src.slice(from, at))) return undefined;
    if (src[at] === '\\') at++;
    else if (src[at] === '$')
      return isBetweenDollars(src.slice(from, at), src[pos - 1] ?? '', src.slice(at + 1, at + 4))
        ? { at: at + 1, isOpen: false }
        : undefined;
  }
  return undefined;
}

function closeInLine(state: StateInline, marks: Delimiter, from: number): number | undefined {
  const { src, posMax } = state;
  const known = endless.get(state) ?? new Set();
  if (known.has(marks)) return undefined;
  const at = closeAt(src, from, marks, posMax);
  if (at === undefined && !src.includes(marks.close, from)) endless.set(state, known.add(marks));
  return at;
}

/** To the end of its line: more would take the Markdown from what follows a mark that is none. */
function unclosed({ src, pos, posMax }: StateInline, marks: Delimiter): End | undefined {
  const newline = src.indexOf('\n', pos);
  const at = newline === -1 ? posMax : Math.min(newline, posMax);
  const text = src.slice(pos + marks.open.length, at);
  const isMeant = marks.open === '\\(' ? text.trim() !== '' : looksLikeTex(text);
  return isMeant ? { at, isOpen: true } : undefined;
}

function formulaOnLines(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineOf(state, start);
  const marks = delimiters.find(({ open, isDisplayed }) => isDisplayed && first.startsWith(open));
  const name = environment.exec(first)?.[1];
  if (marks === undefined && name === undefined) return false;
  const last =
    marks === undefined
      ? lastOfEnvironment(state, start, end, `\\end{${name ?? ''}}`)
      : lastLine(state, start, end, marks);
  if (last === undefined) return false;
  if (silent) return true;
  const token = state.push('formula_block', '', 0);
  token.content = state.getLines(start, last.at + 1, state.blkIndent, false).trim();
  token.info = last.isOpen ? 'open' : '';
  token.map = [start, last.at + 1];
  state.line = last.at + 1;
  return true;
}

/** The line with the end of a formula, behind which nothing stands; undefined: it stands within text. */
function lastLine(state: StateBlock, start: number, end: number, marks: Delimiter): End | undefined {
  const { open } = marks;
  let text = lineOf(state, start).slice(open.length);
  const inFirst = closeAt(text, 0, marks, text.length);
  if (inFirst !== undefined) {
    const isWhole = text.slice(inFirst + marks.close.length).trim() === '';
    const inside = text.slice(0, inFirst);
    return isWhole && (looksLikeTex(inside) || /^\s/.test(inside) || open === '$$')
      ? { at: start, isOpen: false }
      : undefined;
  }
  if (text.trim() !== '' && !looksLikeTex(text)) return undefined;
  let at = start;
  for (let line = start + 1; line < Math.min(end, start + mostLines) && !isLeft(state, line); line++) {
    if (state.isEmpty(line)) {
      // Models leave empty lines between the marks; an odd `$$` would take everything up to the next one.
      if (open === '$$' && text.trim() !== '' && !looksLikeTex(text)) break;
      continue;
    }
    text = lineOf(state, line);
    if (open === '$$' && state.isEmpty(line - 1) && isProse(text)) break;
    const close = closeAt(text, 0, marks, text.length);
    if (close !== undefined)
      return text.slice(close + marks.close.length).trim() === '' ? { at: line, isOpen: false } : undefined;
    if (line === at + 1) at = line;
  }
  return { at, isOpen: true };
}

function lastOfEnvironment(state: StateBlock, start: number, end: number, close: string): End | undefined {
  let at = start;
  for (let line = start; line < Math.min(end, start + mostLines) && !isLeft(state, line); line++) {
    if (state.isEmpty(line)) break;
    at = line;
    const [, behind] = lineOf(state, line).split(close);
    // With text behind it it is part of a paragraph.
    if (behind !== undefined) return behind.trim() === '' ? { at, isOpen: false } : undefined;
  }
  return { at, isOpen: true };
}

function isProse(text: string): boolean {
  return !text.includes('\\') && /\p{L}{3} +\p{L}{2}|^(?:#|[-*+>] |\d+[.)] )/u.test(text);
}

/** The line is outside of the list item that the formula stands in. */
function isLeft(state: StateBlock, line: number): boolean {
  return !state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}
