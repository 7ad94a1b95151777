import { isProse } from './code-languages';
import { isBlank, withoutBlankEnds } from './edit-place';

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
  const there = new Set(known.map((line) => line.trim()));
  const [first = '', second = ''] = lines;
  const isNew = (line: string): boolean => !there.has(line.trim());
  const announces =
    isNew(first) && readsAsSentence(first.replace(/:\s{0,9}$/, '')) && /:\s{0,9}$/.test(first.slice(-10));
  const begun =
    announces && (isProse(languageId) ? isBlank(second) : true) ? withoutBlankEnds(lines.slice(1)) : lines;
  if (isProse(languageId)) return begun;
  let end = begun.length;
  while (
    end > 0 &&
    (isBlank(begun[end - 1] ?? '') || (isNew(begun[end - 1] ?? '') && readsAsSentence(begun[end - 1] ?? '')))
  )
    end -= 1;
  // Only what a blank line sets apart.
  return end > 0 && end < begun.length && isBlank(begun[end] ?? '') ? begun.slice(0, end) : begun;
}

/** Longer lines are judged by so many characters of their beginning. */
const judgedBy = 200;

/** Three words in a row with nothing but spaces between them, and no sign that ends or opens a statement. */
export function readsAsSentence(line: string): boolean {
  const text = line.trim();
  if (/^(\/\/|#|\/\*|\*|--|;|<!--|["'`])/.test(text)) return false;
  const beginning = text.slice(0, judgedBy);
  return /\p{L},? \p{L}[\p{L}'’]*,? \p{L}/u.test(beginning) && !/[;{}()=<>[\]]$/.test(text.slice(-1));
}
