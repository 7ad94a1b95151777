/** A formula as it stands in an answer. */
export interface Formula {
  readonly tex: string;
  /** On lines of its own. */
  readonly isDisplayed: boolean;
}

/** Longer ones are shown as their source: a formula of a page's length is none. */
export const longestFormula = 5_000;

/** The marks around formulas. `$$` comes before `$`, which it begins with. */
export const delimiters = [
  { open: '\\(', close: '\\)', isDisplayed: false },
  { open: '\\[', close: '\\]', isDisplayed: true },
  { open: '$$', close: '$$', isDisplayed: true },
  { open: '$', close: '$', isDisplayed: false },
] as const;

export type Delimiter = (typeof delimiters)[number];

/** The formula within its marks; of an environment (`\begin{align}`), all of it. */
export function formulaOf(source: string): Formula {
  const marks = delimiters.find(({ open }) => source.startsWith(open));
  if (marks === undefined) return { tex: source, isDisplayed: true };
  const { open, close, isDisplayed } = marks;
  return { tex: source.slice(open.length, -close.length).trim(), isDisplayed };
}

/** Where the mark that closes a formula begins; undefined: nowhere before `end`, or another formula begins before. */
export function closeAt(
  text: string,
  from: number,
  { open, close }: Delimiter,
  end: number,
): number | undefined {
  for (let at = from; at < end; at++) {
    if (text.startsWith(close, at)) return at + close.length <= end ? at : undefined;
    if (close.startsWith('\\') && text.startsWith(open, at)) return undefined;
    // `\\` and `\$` hide what they begin with.
    if (text[at] === '\\') at++;
  }
  return undefined;
}

/** Has a sign that prose has not. What is in brackets without one is rather a note, such as \[1\]. */
export function looksLikeTex(text: string): boolean {
  return /[\\^_={}<>+]/.test(text);
}

/**
 * Whether what stands between two `$` on a line is meant as a formula. Not: prices ($5 or 10$), variables of a shell
 * ($HOME), templates (${a}), words.
 */
export function isBetweenDollars(text: string, before: string, after: string): boolean {
  // `3$\sigma$` has a number before it, `5$ or 10$` has too.
  const noBefore = /^\\[a-z]/i.test(text) ? /[\p{Script=Latin}$\\]/u : /[\p{Script=Latin}\p{N}$\\]/u;
  if (noBefore.test(before)) return false;
  // The $n$th, and two $x$s.
  if (/^[\p{Script=Latin}\p{N}$_({[]/u.test(after) && !/^(?:st|nd|rd|th|s)(?![\p{L}\p{N}])/u.test(after))
    return false;
  if (text === '' || text.trim() !== text) return false;
  if (text.includes('\\')) return true;
  if (/^[A-Z_][A-Z\d_]{2,}(?![A-Z\d_]| [=<>≈] )/.test(text) || /^\{[\w.]*\}/.test(text)) return false;
  // Words beside each other are prose, as are quotation marks.
  if (/\p{L}{3} +\p{L}{2}|["“”;`]/u.test(text)) return false;
  // A price, and a word.
  if (/^\d/.test(text) && / \p{L}{2,} /u.test(text)) return false;
  if (looksLikeTex(text)) return true;
  // x, f(x), (0, 1), |x|; but $dir/$ is no end of one.
  const isShort = !/\p{L}{4}/u.test(text) && !/[-/:]$/.test(text);
  return isShort && (/^[\p{L}([|]/u.test(text) || isCalculation(text));
}

/** Numbers and short names with signs between them: 1/2, 2n-1, 4ac. Blanks are beside signs alone. */
function isCalculation(text: string): boolean {
  return (
    /^[-−]?\d[\p{L}\p{N}.,/*×·()[\]|!'−\s-]*$/u.test(text) &&
    !/\p{L}{3}/u.test(text) &&
    text.split(/ *[-−*/×·] */).every((part) => !/\s/.test(part))
  );
}
