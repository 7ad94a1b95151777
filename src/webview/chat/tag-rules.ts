import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it';

/** Tags that models write and that do nothing but mark text. Drawn in pairs, and without attributes. */
const names = 'b|code|del|em|i|ins|kbd|mark|s|samp|small|strong|sub|sup|u|var';
const tag = new RegExp(`^<(/?)(${names})>`, 'i');
const lineBreak = /^<br {0,9}\/?>/i;
const longestTag = '</strong>'.length;
/** Deeper ones are text: browsers lay out a thousand within each other badly. */
const mostOpen = 20;

const detailsBegin = /^<details(?: open)?> {0,9}(?:<summary>(.*)<\/summary>)? *$/i;
const summaryLine = /^<summary>(.*)<\/summary> *$/i;
const detailsEnd = /^<\/details> *$/i;

/**
 * Teaches markdown-it the few tags of HTML that mean something in an answer: `<br>`, pairs such as `<sub>…</sub>`, and
 * `<details>` on lines of its own. All others are text, as are these where they don't fit together.
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

function details(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const begin = detailsBegin.exec(lineOf(state, start));
  if (begin === null || isCode(state, start)) return false;
  const last = endOf(state, start, end);
  if (last === undefined) return false;
  if (silent) return true;
  const second = begin[1] === undefined ? summaryLine.exec(lineOf(state, start + 1)) : null;
  state.push('details_open', 'details', 1).map = [start, last + 1];
  const title = begin[1] ?? second?.[1];
  if (title !== undefined) {
    state.push('summary_open', 'summary', 1);
    const line = state.push('inline', '', 0);
    Object.assign(line, { content: title.trim(), map: [start, start + 1], children: [] });
    state.push('summary_close', 'summary', -1);
  }
  const { lineMax, parentType } = state;
  Object.assign(state, { lineMax: last, parentType: 'details' });
  state.md.block.tokenize(state, start + (second === null ? 1 : 2), last);
  Object.assign(state, { lineMax, parentType });
  state.push('details_close', 'details', -1);
  state.line = last + 1;
  return true;
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
  for (let line = 0; line < state.lineMax; line++) {
    const text = lineOf(state, line);
    if (detailsBegin.test(text)) open.push(line);
    else if (detailsEnd.test(text)) {
      const begin = open.pop();
      if (begin !== undefined) found.set(begin, line);
    }
  }
  return found;
}

function isCode(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}
