import MarkdownIt from 'markdown-it';
import { Lexer } from 'marked';

/** What a text leaves open at its end: code between fences, or HTML that an empty line doesn't end. */
interface Open {
  readonly kind: 'fence' | 'html';
  /** What closes it, on a line of its own. */
  readonly end: string;
}

/** CommonMark with tables. Its block rules alone: nothing within lines goes on behind an empty line. */
const commonMark = new MarkdownIt({ html: true });
commonMark.core.ruler.enableOnly(['normalize', 'block']);

/** marked takes quadratic time on some texts, such as one of quotations that go on without their mark. */
const longestForMarked = 20_000;
/** Code that is open within HTML that is open takes two, and what the parsers take for different things one more. */
const mostSteps = 4;
/** Nothing that is open takes in a paragraph behind an empty line, unless it has to be closed first. */
const paragraph = '\n\nx';

/**
 * What has to follow a Markdown text so that a paragraph behind it, after an empty line, is outside of all that the text
 * left open; empty where nothing is. By markdown-it, and by marked, which draws the editor's own chat.
 */
export function closingOf(text: string): string {
  let closing = '';
  for (let step = 0; step < mostSteps; step++) {
    const before = `${text}${closing}`;
    const strict = openInCommonMark(before);
    const closer = closerOf(strict, openInMarked(before, strict));
    if (closer === undefined) break;
    closing += `${before.endsWith('\n') ? '' : '\n'}${closer}`;
  }
  return closing;
}

/** What closes one of the two. Where only one parser sees open code, its end must not begin code for the other. */
function closerOf(one: Open | undefined, other: Open | undefined): string | undefined {
  const isAgreed = one !== undefined && other !== undefined;
  const fence = [one, other].find((open) => open?.kind === 'fence');
  if (fence !== undefined) return isAgreed ? fence.end : `<!--\n${fence.end}\n-->`;
  return (one ?? other)?.end;
}

function openInCommonMark(text: string): Open | undefined {
  const last = commonMark.parse(`${text}${paragraph}`, {}).at(-1);
  if (last?.type === 'fence') return { kind: 'fence', end: last.markup };
  return last?.type === 'html_block' ? htmlOf(last.content) : undefined;
}

/** `strict` is what it is where marked has no answer. */
function openInMarked(text: string, strict: Open | undefined): Open | undefined {
  if (text.length > longestForMarked) return strict;
  try {
    const lines = `${text}${paragraph}`.replace(/\r\n|\r/g, '\n');
    const last = new Lexer().blockTokens(lines).at(-1);
    const fence = last?.type === 'code' ? /^ {0,3}(`{3,}|~{3,})/.exec(last.raw)?.[1] : undefined;
    if (fence !== undefined) return { kind: 'fence', end: fence };
    return last?.type === 'html' ? htmlOf(last.raw) : undefined;
  } catch {
    // It fails on some quotations, as the editor does then; and where they are too deep for its recursion.
    return strict;
  }
}

/** Only these blocks of HTML hold empty lines; CommonMark has them in this order. */
const htmlEnds: readonly (readonly [RegExp, string])[] = [
  [/^ {0,3}<!--/, '-->'],
  [/^ {0,3}<\?/, '?>'],
  [/^ {0,3}<!\[CDATA\[/, ']]>'],
  [/^ {0,3}<!/, '>'],
];

function htmlOf(block: string): Open | undefined {
  const name = /^ {0,3}<(script|pre|style|textarea)(?![\w-])/i.exec(block)?.[1];
  const end = name === undefined ? htmlEnds.find(([begin]) => begin.test(block))?.[1] : `</${name}>`;
  return end === undefined ? undefined : { kind: 'html', end };
}
