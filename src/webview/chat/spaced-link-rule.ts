import type { MarkdownIt, StateInline } from 'markdown-it';
import { readFileLink } from '../protocol/file-link';

/** `(my file.ts:3)` behind the text of a link, with brackets in pairs. */
const destination = /\(((?:[^()<>\n"]|\([^()<>\n"]*\)){1,500})\)/y;
/** What is no name of a file, such as `(see below)`, is text. */
const endsLikeFile = /\.\w{1,8}$/;

/** Teaches markdown-it links to files with blanks in their paths, which CommonMark has only within `<…>`. */
export function withSpacedLinks(markdown: MarkdownIt): void {
  markdown.inline.ruler.after('link', 'spaced_link', spacedLink);
}

function spacedLink(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax, md } = state;
  if (src[pos] !== '[') return false;
  const close = md.helpers.parseLinkLabel(state, pos, true);
  if (close < 0) return false;
  destination.lastIndex = close + 1;
  const [whole, href = ''] = destination.exec(src) ?? [];
  if (whole === undefined || close + 1 + whole.length > posMax || !/\S +\S/.test(href)) return false;
  const path = readFileLink(href)?.path;
  if (path === undefined || !endsLikeFile.test(path)) return false;
  if (!silent) {
    state.push('link_open', 'a', 1).attrs = [['href', href.trim()]];
    Object.assign(state, { pos: pos + 1, posMax: close });
    state.linkLevel++;
    md.inline.tokenize(state);
    state.linkLevel--;
    state.push('link_close', 'a', -1);
  }
  Object.assign(state, { pos: close + 1 + whole.length, posMax });
  return true;
}
