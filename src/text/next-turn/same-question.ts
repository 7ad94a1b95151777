import { folded } from './folded';
import type { ReadyLexicon } from './lexicons';

/** Of a question so many characters are compared. */
const compared = 4_000;

/** How much a message asks that the question before did not, and the other way round, 0..1. */
interface Difference {
  readonly new01: number;
  readonly missing01: number;
  /** How much there is to compare. */
  readonly size: number;
}

/**
 * Whether a message asks the question before once more: in the same words, or in nearly the same where nothing says that
 * something else is wanted. `said` is folded.
 */
export function asksTheSame(
  question: string,
  said: string,
  lexicons: readonly ReadyLexicon[],
): 'literally' | 'in-other-words' | undefined {
  const asked = folded(question.slice(0, compared));
  const before = plain(asked);
  const now = plain(said.slice(0, compared));
  if (now === before) return sizeOf(termsOf(asked, lexicons)) >= leastSize ? 'literally' : undefined;
  const announced = lexicons.some(({ again }) => again.test(said));
  const words = announced ? withoutAnnouncement(said, lexicons) : said;
  const { new01, missing01, size } = differenceOf(
    termsOf(asked, lexicons),
    termsOf(words.slice(0, compared), lexicons),
  );
  if (size < leastSize) return undefined;
  const otherwise = lexicons.some(({ other }) => other.test(words) && !other.test(asked));
  if (announced) return new01 <= 0.5 && missing01 <= 0.7 ? 'in-other-words' : undefined;
  return !otherwise && new01 <= 0.15 && missing01 <= 0.45 ? 'in-other-words' : undefined;
}

/** What weighs less is too little to be the same question: “go on” after “go on”. */
const leastSize = 8;

function plain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}+#]+/gu, '');
}

function withoutAnnouncement(said: string, lexicons: readonly ReadyLexicon[]): string {
  let words = said;
  for (const { again } of lexicons) words = words.replace(again, ' ');
  return words;
}

/**
 * What a text is about: the stems of its words, and pairs of neighbours where words don't stand apart; each by its weight.
 * Words that every question has count for nothing.
 */
function termsOf(text: string, lexicons: readonly ReadyLexicon[]): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  for (const [word] of text.matchAll(run)) {
    if (unspaced.test(word)) addPairs(terms, word);
    else if (/^\p{N}/u.test(word)) terms.set(word, numberWeight);
    else if (word.length > 1 && !lexicons.some(({ common }) => common.has(word))) {
      const stem = stemOf(word);
      terms.set(stem, stem.length - 1);
    }
  }
  return terms;
}

/** Written without gaps between words, or with endings glued to them; then words of other letters. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const run =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}_+#])+/gu;

/** Another number is another question. */
const numberWeight = 6;

/** Endings are left off, in any language that has them: what is compared is a question and its rewording. */
function stemOf(word: string): string {
  return (word.length > 4 ? word.replace(/s$/, '') : word).slice(0, 6);
}

function addPairs(terms: Map<string, number>, word: string): void {
  for (let at = 0; at + 2 <= word.length; at += 1) {
    const pair = word.slice(at, at + 2);
    // In Japanese what stands in hiragana are mostly endings and particles.
    if (!/\p{Script=Hiragana}/u.test(pair)) terms.set(pair, 3);
  }
}

function sizeOf(terms: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of terms.values()) sum += weight;
  return sum;
}

function differenceOf(asked: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Difference {
  let common = 0;
  for (const [term, weight] of now) if (asked.has(term)) common += weight;
  const [before, size] = [sizeOf(asked), sizeOf(now)];
  return {
    new01: size === 0 ? 1 : 1 - common / size,
    missing01: before === 0 ? 1 : 1 - common / before,
    size,
  };
}
