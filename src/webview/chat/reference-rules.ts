import type { MarkdownIt, StateBlock } from 'markdown-it';
import { originalRule } from './original-rule';

/** `[1]: https://…` on lines of their own: what they are called, and what they point at. */
const definition = /^\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(\S*)/;
const label = /\[([^[\]]{1,999})\]/g;
/** Other words behind a colon are no addresses: `[ERROR]: failed`. */
const addressLike = /^(?:[a-z][a-z\d+.-]+:|#)|[/\\]|\.\w/i;

/**
 * Shows definitions of links that CommonMark would leave out, with all that they say: notes (`[^1]: See there.`), lines of
 * a log (`[ERROR]: failed`), and sources that nothing refers to.
 */
export function withReferences(markdown: MarkdownIt): void {
  const reference = originalRule(markdown, 'reference');
  markdown.block.ruler.at('reference', (state, start, end, silent) =>
    isDefinition(state, start) ? reference(state, start, end, silent) : false,
  );
}

function isDefinition(state: StateBlock, line: number): boolean {
  const text = state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const [whole, name = '', address = ''] = definition.exec(text) ?? [];
  // It goes on in the next line, where it is one at all.
  if (whole === undefined || address === '') return true;
  if (name.startsWith('^') || !addressLike.test(address)) return false;
  return name.includes('\\') || usedIn(state).has(plain(name));
}

/** What is referred to in a text, found at once however many definitions there are. */
const used = new WeakMap<StateBlock, ReadonlySet<string>>();

function usedIn(state: StateBlock): ReadonlySet<string> {
  const known = used.get(state) ?? referencesOf(state.src);
  used.set(state, known);
  return known;
}

function referencesOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { 0: whole, 1: name = '', index } of text.matchAll(label)) {
    const before = text.slice(Math.max(0, text.lastIndexOf('\n', index) + 1, index - 20), index);
    const defines = text[index + whole.length] === ':' && /^[\s>]*$/.test(before);
    if (!defines) found.add(plain(name));
  }
  return found;
}

function plain(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
