/** How often each word of a text occurs in it. */
export interface Words {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Words, numbers and signs: a line of brackets and a literal tell something too. */
export function wordsOf(text: string): Words {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [word] of text.matchAll(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total += 1;
  }
  return { counts, total };
}

/** 0..1: the share of their words that two texts have in common (Dice's coefficient of the bags of words). */
export function likeness01(one: Words, other: Words): number {
  if (one.total + other.total === 0) return 1;
  const [few, many] = one.counts.size < other.counts.size ? [one, other] : [other, one];
  let common = 0;
  for (const [word, count] of few.counts) common += Math.min(count, many.counts.get(word) ?? 0);
  return (2 * common) / (one.total + other.total);
}

/** Longer lines are compared by so many characters of their beginning. */
const comparedBy = 300;

/** The same of two lines, by their words alone where they have any: signs are alike in most lines. */
export function lineLikeness01(line: string, other: string): number {
  return line.trim() === other.trim() ? 1 : likeness01(lineWords(line), lineWords(other));
}

function lineWords(line: string): Words {
  const text = line.slice(0, comparedBy);
  return wordsOf(isTelling(text) ? text.replaceAll(/[^\p{L}\p{N}_]+/gu, ' ') : text);
}

/** A line as others are compared with it. */
export interface KnownLine {
  readonly text: string;
  /** What it gives a value, or defines. */
  readonly name: string | undefined;
  /** `return`, `throw`. */
  readonly leaves: string | undefined;
  readonly words: Words;
}

const definition = /^([^=:(<]{1,80}?)\s?(?:[:+*/-]?=(?![=>])|:|\([^{]{0,100}(?:[{:]|=>))/;
const control =
  /^(?:\}\s*)?(?:if|else if|elif|for|foreach|while|switch|match|catch|with|using|lock|when|unless|until|-.*)\b/;

export function knownLine(line: string): KnownLine {
  const text = line.trim();
  const beginning = text.slice(0, comparedBy);
  const name = definition.exec(beginning)?.[1];
  return {
    text,
    name: name === undefined || control.test(name) ? undefined : name,
    leaves: /^(?:return|throw|raise|yield)\b/.exec(beginning)?.[0],
    words: lineWords(text),
  };
}

/**
 * True where a line is another version of the other: it gives the same name another value, or is nearly the same. Two calls
 * of one function are two lines.
 */
export function isVersionOf(one: KnownLine, other: KnownLine): boolean {
  if (one.text === other.text) return true;
  if (one.name !== undefined && other.name !== undefined) return one.name === other.name;
  if (one.leaves !== undefined && one.leaves === other.leaves) return true;
  return likeness01(one.words, other.words) >= nearlySame01;
}

const nearlySame01 = 0.8;

/** True for a line that says more than brackets and other signs. */
export function isTelling(line: string): boolean {
  return /[\p{L}\p{N}_]{2}/u.test(line);
}
