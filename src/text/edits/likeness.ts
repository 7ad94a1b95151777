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

/** The same of two lines. */
export function lineLikeness01(line: string, other: string): number {
  if (line.trim() === other.trim()) return 1;
  return likeness01(wordsOf(line.slice(0, comparedBy)), wordsOf(other.slice(0, comparedBy)));
}

/** Lines alike to this share are an old and a new version of the same one. */
export const sameLine01 = 0.6;

/** True for a line that says more than brackets and other signs. */
export function isTelling(line: string): boolean {
  return /[\p{L}\p{N}_]{2}/u.test(line);
}
