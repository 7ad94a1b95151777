import type { ReadyLexicon } from './lexicons';
import type { Sentence } from './sentences';

/** What the first sentences of a message say of the answer, if anything. */
export type Verdict = 'wrong' | 'good' | 'neither';

/** Reads the verdict in one language. An objection outweighs thanks: “thanks, but it still fails”. */
export function verdictOf(sentences: readonly Sentence[], lexicon: ReadyLexicon): Verdict {
  const [first] = sentences;
  if (first === undefined) return 'neither';
  if (isSarcasm(sentences, lexicon)) return 'wrong';
  if (sentences.some((sentence, at) => objects(sentence, at === 0, lexicon))) return 'wrong';
  return thanksIn(sentences, lexicon);
}

function objects({ text, asked }: Sentence, isFirst: boolean, lexicon: ReadyLexicon): boolean {
  const { wrong, wrongFirst, notWrong, asks, supposes, spaced } = lexicon;
  const said = text.replaceAll(notWrong, ' _ ');
  if (isFirst && wrongFirst.test(said)) return true;
  const found = wrong.exec(said);
  if (found === null) return false;
  // “Why does it still …” and “did you even …” are questions, and objections from their first word on.
  if (found.index === 0 && spaced) return !(asked && asksToAgree.test(said));
  if (asks.test(said) || (asked && found.index > 0)) return false;
  return !supposes.test(spaced ? said.slice(0, found.index) : said);
}

/** A question by its end. */
const asksToAgree = /,? (?:right|correct|ok|okay|oder|non|verdad|ne|vero|так|tak|prawda)$/u;

/** Praise, and then what has gone wrong now: “great, now it deletes everything”. */
function isSarcasm(
  sentences: readonly Sentence[],
  { praise, thanks, nowBad, works, spaced }: ReadyLexicon,
): boolean {
  const text = sentences
    .slice(0, 2)
    .map((sentence) => sentence.text)
    .join(', ');
  const praised =
    praise.exec(text)?.[0] ?? (thanks.exec(text)?.index === 0 ? thanks.exec(text)?.[0] : undefined);
  if (praised === undefined) return false;
  const rest = text.slice(praised.length);
  const after = rest.replace(/^[\s,.!:…-]+/, '');
  // Where words have no gaps, only what a comma sets apart.
  if (!spaced && after === rest) return false;
  return nowBad.test(after) && !works.test(after);
}

function thanksIn(sentences: readonly Sentence[], lexicon: ReadyLexicon): Verdict {
  for (const [at, sentence] of sentences.entries()) {
    const verdict = verdictOfThanks(sentence, at === 0, lexicon);
    if (verdict !== undefined) return verdict;
    // Thanks that come after a wish are thanks in advance.
    if (isWish(sentence, lexicon) || at > 0) return 'neither';
  }
  return 'neither';
}

function verdictOfThanks(
  { text, asked }: Sentence,
  isFirst: boolean,
  lexicon: ReadyLexicon,
): Verdict | undefined {
  const { thanks, allPraise, works, asks, supposes, spaced } = lexicon;
  const clauses = text.split(/[,:-]\s?|、/u).map((clause) => clause.trim());
  const praised = isFirst && clauses.slice(0, 2).some((clause) => allPraise.test(withoutOpener(clause)));
  const working = asked || asks.test(text) ? null : works.exec(text);
  const isWorking = working !== null && !supposes.test(spaced ? text.slice(0, working.index) : text);
  const thanked = thanks.exec(text);
  if (thanked === null && !praised && !isWorking) return undefined;
  if (thanked !== null && !praised && !isWorking && isInAdvance(text, thanked.index, lexicon))
    return undefined;
  return afterBut(text, { thanked: thanked !== null || praised, works: isWorking }, lexicon);
}

/** “ok”, “ah”, “oh” and the like before what is said. */
function withoutOpener(clause: string): string {
  return clause.replace(
    /^(?:ok|okay|ah|oh|aha|haha|yes|yeah|hm+|wow|ja|oui|si|sim|да|ага|好的?|はい|네|no tak|o)[\s,]+/u,
    '',
  );
}

/** Thanks behind more than a few words, or behind a wish. */
function isInAdvance(text: string, at: number, { asks, spaced }: ReadyLexicon): boolean {
  const before = text.slice(0, at).trim();
  if (before === '') return false;
  return asks.test(before) || (spaced ? before.split(/\s+/).length > 4 : before.length > 8);
}

/** What stands behind “but” takes it back, unless it is a wish. */
function afterBut(
  text: string,
  { thanked, works }: { readonly thanked: boolean; readonly works: boolean },
  { but, asks, wishes }: ReadyLexicon,
): Verdict {
  const found = but.exec(text);
  if (found === null || found.index === 0) return 'good';
  const rest = text.slice(found.index + found[0].length).replace(/^[\s,]+/, '');
  if (rest === '') return 'good';
  if (asks.test(rest) || wishes.test(rest)) return thanked ? 'good' : 'neither';
  return thanked && !works ? 'wrong' : 'neither';
}

function isWish({ text, asked }: Sentence, { asks }: ReadyLexicon): boolean {
  return asked || asks.test(text);
}
