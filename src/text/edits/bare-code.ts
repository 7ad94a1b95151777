import { isProse } from './code-languages';
import { isBlank, withoutBlankEnds } from './edit-place';
import { lineLikeness01 } from './likeness';

/**
 * The code of an answer, or of a part of one, without fences; undefined where it has none. It is code where fewer than
 * half of its lines read as sentences; in a language of prose all is. A sentence that announces it, or that follows it
 * behind a blank line, is no part of it. `known`: the lines in question, in which such sentences may stand too.
 */
export function bareCode(
  answer: readonly string[],
  languageId: string,
  known: readonly string[],
): readonly string[] | undefined {
  const lines = withoutChatter(withoutWrapper(withoutBlankEnds(answer), known), languageId, known);
  const told = lines.filter((line) => !isBlank(line));
  if (told.length === 0) return undefined;
  if (isProse(languageId)) return lines;
  const there = new Set(known.map((line) => line.trim()));
  const sentences = told.filter((line) => !there.has(line.trim()) && readsAsSentence(line)).length;
  return sentences * 2 >= told.length ? undefined : lines;
}

/** Tags that models put around an answer: `<code>`, `<answer>`. */
function withoutWrapper(lines: readonly string[], known: readonly string[]): readonly string[] {
  const tag = /^<(code|answer|output|response|result|solution|edit|replacement|new_code|updated_code)>$/.exec(
    lines[0]?.trim() ?? '',
  )?.[1];
  if (tag === undefined || known.some((line) => line.includes(`<${tag}>`))) return lines;
  return lines.at(-1)?.trim() === `</${tag}>` ? withoutBlankEnds(lines.slice(1, -1)) : lines;
}

function withoutChatter(
  lines: readonly string[],
  languageId: string,
  known: readonly string[],
): readonly string[] {
  const told = known.filter((line) => !isBlank(line));
  const [first = '', second = ''] = lines;
  const announces =
    /:\s{0,9}$/.test(first.slice(-10)) &&
    isSaid(first.trimEnd().slice(0, -1), told.slice(0, comparedLines)) &&
    (isBlank(second) || (!isProse(languageId) && isPlainSentence(first)));
  const begun = announces ? withoutBlankEnds(lines.slice(1)) : lines;
  if (isProse(languageId)) return begun;
  const last = told.slice(-comparedLines);
  let end = begun.length;
  while (end > 0) {
    const line = begun[end - 1] ?? '';
    if (!isBlank(line) && !(/[.!?:)\]]$/.test(line.trimEnd().slice(-1)) && isSaid(line, last))) break;
    end -= 1;
  }
  // Only what a blank line sets apart.
  return end > 0 && end < begun.length && isBlank(begun[end] ?? '') ? begun.slice(0, end) : begun;
}

/** A sentence is compared with so many lines at either end. */
const comparedLines = 4;
const alike01 = 0.4;

/** True for a sentence that is no version of these lines. */
function isSaid(line: string, lines: readonly string[]): boolean {
  return readsAsSentence(line) && lines.every((each) => lineLikeness01(each, line) < alike01);
}

/** Begins as sentences do, and has no sign of code. */
function isPlainSentence(line: string): boolean {
  const text = line.trim();
  return /^\p{Lu}/u.test(text) && !/[(){}=;_<>]/.test(text);
}

/** Longer lines are judged by so many characters of their beginning. */
const judgedBy = 200;

/** Three words in a row with nothing but spaces between them, and no sign that ends or opens a statement. */
function readsAsSentence(line: string): boolean {
  const text = line.trim();
  if (/^(\/\/|#|\/\*|\*|--|;|<!--|["'`])/.test(text)) return false;
  const beginning = text.slice(0, judgedBy);
  return /\p{L},? \p{L}[\p{L}'’]*,? \p{L}/u.test(beginning) && !/[;{}()=<>[\]]$/.test(text.slice(-1));
}
