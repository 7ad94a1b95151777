/** What can be read off the shape of a text, counted once for the kind of task and for the format features. */
export interface TextShape {
  /** The text without surrounding blanks; a long one cut to its beginning and end. */
  readonly text: string;
  /** The text without what stands in fences: what is said about it. */
  readonly asked: string;
  /** The beginning and the end of `asked`. */
  readonly said: string;
  /** The beginning of `asked`, without "please" and its like: it begins with the verb or the question word. */
  readonly lead: string;
  readonly words: number;
  readonly sentences: number;
  readonly lines: number;
  readonly commas: number;
  /** Numbers in digits or in words. */
  readonly numbers: number;
  /** Share of characters that are digits, 0..1. */
  readonly digits01: number;
  /** Share of words after the first that begin with a capital letter and go on in small ones, 0..1. */
  readonly names01: number;
  /** Mean characters of a word. */
  readonly wordLength: number;
  /** Lines or words that begin an option: "(A) ", "2) ". */
  readonly options: number;
  /** Lines that begin with a number or a bullet. */
  readonly listItems: number;
  readonly endsWithQuestionMark: boolean;
  readonly endsWithPunctuation: boolean;
  readonly startsSmall: boolean;
  readonly fencedCode: boolean;
  /** Fenced, or a line that looks like source code. */
  readonly code: boolean;
  readonly startsWithCode: boolean;
  /** Formulas in LaTeX or in plain text. */
  readonly formula: boolean;
  /** A gap to fill in: "_", or three dots at the end. */
  readonly gap: boolean;
}

/** Long texts are described by their beginning and their end: instructions stand in either. */
const longestHead = 6_000;
const longestTail = 2_000;

/** What is asked stands at the beginning, or at the end behind what it is about. */
const longestLead = 300;
const longestEnd = 200;
const courtesy =
  /^(?:(?:hi|hello|hey|ok|okay|now|please|kindly|also|then|next)[,!.:]? )*(?:(?:can|could|would|will) (?:you|we) |help me (?:to )?|i(?:'d| would) like (?:you )?to |i (?:want|need) (?:you )?to |let'?s |go ahead and |how (?:do|can|would|should) (?:i|we) )?(?:(?:please|kindly|just|also) )*/i;

/** Blanks of one line only: a pattern that ran over blank lines would try each of them from each of them. */
const codeLine =
  /^[^\S\n]*(?:def |class |async def |function |import |from [\w.]+ import|#include|package |public |private |const |let |var |func |fn |using |struct |interface |export |@\w+|return\b|if \(|for \(|while \(|SELECT |CREATE TABLE|<\w+[^>]*>|\}|\{)/m;
const codeStart =
  /^(?:def |class |async def |import |from [\w.]+ import|#include|package |public |const |let |function \w|func |fn |using |"""|\/\*|\/\/ |# [^\n]*\n(?:import |from |def |class |\w+ = )|SELECT [\w*,. ()]{1,80}\bFROM\b)/;
const formula =
  /\$\\\$|\$[^$\n]{0,80}(?:\\[a-zA-Z]|[a-zA-Z]\s*[=+^<>]|\^|\b[a-z]\b)[^$\n]{0,80}\$|\\(?:frac|sqrt|sum|int|cdot|begin|left|mathbb)\b|[a-z]\^\{?\d|\b[a-z]\s*=\s*-?\d/;
const numberWord = /\b(?:two|three|four|five|six|seven|eight|nine|ten|twice|half|dozen|double)\b/gi;

export function shapeOf(prompt: string): TextShape {
  const text = shortened(prompt).trim();
  const words = text.split(/\s+/).filter((word) => word !== '');
  const names = words.slice(1).filter((word) => /^[A-Z][a-z]+/.test(word)).length;
  const fencedCode = text.includes('```');
  const asked = fencedCode ? unfenced(text) : text;
  const code = fencedCode || codeLine.test(text);
  return {
    text,
    asked,
    said:
      asked.length <= longestLead + longestEnd
        ? asked
        : `${asked.slice(0, longestLead)}\n${asked.slice(-longestEnd)}`,
    lead: asked.slice(0, longestLead).replace(courtesy, ''),
    words: words.length,
    sentences: count(text, /[.!?](?:\s|$)/g),
    lines: count(text, /\n/g) + 1,
    commas: count(text, /,/g),
    numbers: count(text, /\d+(?:[.,]\d+)*/g) + count(text, numberWord),
    digits01: count(text, /\d/g) / (text.length + 1),
    names01: words.length > 1 ? names / (words.length - 1) : 0,
    wordLength: text.length / Math.max(1, words.length),
    options: count(text, /(?:^|\s)\(?[A-Ea-e1-5][).:]\s/g),
    listItems: count(text, /^[ \t]*(?:\d+[.)]|[-*•])\s/gm),
    endsWithQuestionMark: /\?["')\s]*$/.test(text.slice(-8)),
    endsWithPunctuation: /[.!?:;"')\]}]$/.test(text),
    startsSmall: /^[a-z]/.test(text),
    fencedCode,
    code,
    startsWithCode: codeStart.test(text),
    formula: formula.test(text),
    gap: !code && /_(?=\W|$)|\.{3}$/.test(text),
  };
}

/** Every other piece between fences; one that isn't closed goes on to the end. */
function unfenced(text: string): string {
  return text
    .split('```')
    .filter((_, index) => index % 2 === 0)
    .join('\n')
    .trim();
}

function shortened(prompt: string): string {
  if (prompt.length <= longestHead + longestTail) return prompt;
  return `${prompt.slice(0, longestHead)}\n${prompt.slice(-longestTail)}`;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
