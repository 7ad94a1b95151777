import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it';

/** Tags that models write and that do nothing but mark text. Drawn in pairs, and without attributes. */
const names = 'b|code|del|em|i|ins|kbd|mark|s|samp|small|strong|sub|sup|u|var';
const tag = new RegExp(`^<(/?)(${names})>`, 'i');
const lineBreak = /^<(?:br {0,9}\/?|\/br)>/i;
const longestTag = '</strong>'.length;
/** Deeper ones are text: browsers lay out a thousand within each other badly. */
const mostOpen = 20;

const detailsBegin = /^<details(?: open)?>/i;
const detailsEnd = /<\/details>[ \t]*$/i;
const summaryBegin = /^<summary>/i;
const summaryEnd = /<\/summary>/i;
/** A title has no more lines. */
const mostTitleLines = 5;
const fence = /^(`{3,}|~{3,})(.*)$/;

/**
 * Teaches markdown-it the few tags of HTML that mean something in an answer: `<br>`, pairs such as `<sub>…</sub>`, and
 * `<details>` that begins a line and ends one. All others are text, as are these where they don't fit together.
 */
export function withTags(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('autolink', 'tag', tagInLine);
  markdown.inline.ruler2.before('fragments_join', 'tag_pairs', pairTags);
  markdown.block.ruler.before('blockquote', 'details', details, {
    alt: ['paragraph', 'reference', 'blockquote'],
  });
}

function tagInLine(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  const ahead = state.src.slice(state.pos, Math.min(state.posMax, state.pos + longestTag + 6));
  const broken = lineBreak.exec(ahead)?.[0];
  if (broken !== undefined) {
    if (!silent) state.push('hardbreak', 'br', 0);
    state.pos += broken.length;
    return true;
  }
  const [whole, slash, name] = tag.exec(ahead) ?? [];
  if (whole === undefined || name === undefined) return false;
  if (!silent) {
    // Text until it is known that there are two.
    const token = state.push('text', '', 0);
    token.content = whole;
    token.meta = { name: name.toLowerCase(), isEnd: slash !== '' };
  }
  state.pos += whole.length;
  return true;
}

function pairTags({ tokens }: StateInline): void {
  const open: { readonly token: Token; readonly name: string }[] = [];
  for (const token of tokens) {
    const found = token.type === 'text' ? tagOf(token) : undefined;
    if (found === undefined) continue;
    if (!found.isEnd) {
      if (open.length < mostOpen) open.push({ token, name: found.name });
      continue;
    }
    const begin = open.findLastIndex(({ name }) => name === found.name);
    const pair = open[begin];
    if (pair === undefined) continue;
    become(pair.token, found.name, 1);
    become(token, found.name, -1);
    // What began within it has no end there.
    open.length = begin;
  }
}

function tagOf({ meta }: Token): { readonly name: string; readonly isEnd: boolean } | undefined {
  const { name, isEnd }: Record<string, unknown> = meta ?? {};
  return typeof name === 'string' && typeof isEnd === 'boolean' ? { name, isEnd } : undefined;
}

function become(token: Token, name: string, nesting: 1 | -1): void {
  Object.assign(token, { type: nesting === 1 ? 'tag_open' : 'tag_close', tag: name, nesting, content: '' });
}

/** Line and place in the text. */
interface Place {
  readonly line: number;
  readonly at: number;
}

function details(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const begin = detailsBegin.exec(lineOf(state, start))?.[0];
  if (begin === undefined || isCode(state, start)) return false;
  const last = endOf(state, start, end);
  if (last === undefined) return false;
  if (silent) return true;
  state.push('details_open', 'details', 1).map = [start, last + 1];
  withoutEnd(state, last, () => {
    const inside = { line: start, at: startOf(state, start) + begin.length };
    tokenizeFrom(state, summary(state, inside, last) ?? inside, last + 1);
  });
  state.push('details_close', 'details', -1);
  state.line = last + 1;
  return true;
}

/** Does something while the text has no `</details>` at the end of the line. */
function withoutEnd(state: StateBlock, line: number, does: () => void): void {
  const known = state.eMarks[line] ?? 0;
  state.eMarks[line] = known - (detailsEnd.exec(lineOf(state, line))?.[0].length ?? 0);
  does();
  state.eMarks[line] = known;
}

/** Reads the title, which may stand on lines of its own, and says what is behind it; undefined: there is none. */
function summary(state: StateBlock, from: Place, last: number): Place | undefined {
  const { src, eMarks } = state;
  let { line, at } = from;
  while (line < last && src.slice(at, eMarks[line]).trim() === '') at = startOf(state, ++line);
  const begin = line;
  let text = src.slice(at, eMarks[line]).trimStart();
  if (!summaryBegin.test(text)) return undefined;
  const title: string[] = [];
  while (!summaryEnd.test(text)) {
    if (line === last || line - begin === mostTitleLines) return undefined;
    title.push(text);
    text = lineOf(state, ++line);
  }
  const close = summaryEnd.exec(text);
  const stop = (close?.index ?? 0) + (close?.[0].length ?? 0);
  title.push(text.slice(0, close?.index));
  const content = title.join('\n').replace(summaryBegin, '').trim();
  state.push('summary_open', 'summary', 1);
  Object.assign(state.push('inline', '', 0), { content, map: [begin, line + 1], children: [] });
  state.push('summary_close', 'summary', -1);
  return { line, at: (eMarks[line] ?? 0) - text.length + stop };
}

/** The lines from a place within the first one. */
function tokenizeFrom(state: StateBlock, { line, at }: Place, end: number): void {
  const { lineMax, parentType, bMarks, tShift, sCount } = state;
  const known = [bMarks[line], tShift[line], sCount[line]] as const;
  const isBlank = state.src.slice(at, state.eMarks[line]).trim() === '';
  if (!isBlank) {
    const rest = state.src.slice(at, state.eMarks[line]);
    bMarks[line] = at;
    tShift[line] = rest.length - rest.trimStart().length;
    sCount[line] = state.blkIndent;
  }
  Object.assign(state, { lineMax: end, parentType: 'details' });
  state.md.block.tokenize(state, isBlank ? line + 1 : line, end);
  Object.assign(state, { lineMax, parentType });
  [bMarks[line], tShift[line], sCount[line]] = [known[0] ?? 0, known[1] ?? 0, known[2] ?? 0];
}

/** Ends of `<details>` by the lines that begin them: found at once for the whole text, however many there are. */
const ends = new WeakMap<StateBlock, ReadonlyMap<number, number>>();

function endOf(state: StateBlock, start: number, end: number): number | undefined {
  const known = ends.get(state) ?? endsOf(state);
  ends.set(state, known);
  const last = known.get(start);
  return last !== undefined && last < end ? last : undefined;
}

function endsOf(state: StateBlock): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: number[] = [];
  /** Code between fences has no tags. */
  let code: string | undefined;
  for (let line = 0; line < state.lineMax; line++) {
    const text = lineOf(state, line);
    const [, marks, info = ''] = fence.exec(text) ?? [];
    if (code !== undefined) {
      if (marks?.startsWith(code) === true && info.trim() === '') code = undefined;
      continue;
    }
    if (marks !== undefined && !info.includes('`')) code = marks;
    if (detailsBegin.test(text)) open.push(line);
    if (detailsEnd.test(text)) {
      const begin = open.pop();
      if (begin !== undefined) found.set(begin, line);
    }
  }
  return found;
}

function isCode(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}

function startOf(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice(startOf(state, line), state.eMarks[line]);
}
