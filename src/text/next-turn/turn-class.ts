import type { TurnClass } from '../../core/terms/observation';
import { hasErrorText } from './error-text';
import { bounded, folded } from './folded';
import type { ReadyLexicon } from './lexicons';
import { lexiconsFor } from './lexicons';
import { ownWords } from './own-words';
import { asksTheSame } from './same-question';
import { firstSentences } from './sentences';
import { verdictOf } from './verdict';

export interface NextTurn {
  /** The question that the answer was given to, in the user's words. */
  readonly question: string;
  readonly answerHasCode: boolean;
  /** What the user writes after it. */
  readonly next: string;
}

/** So many characters of the user's own words are read. */
const longestSaid = 4_000;

/**
 * What a turn says of the answer before it; undefined: nothing that can be told. Read from its words alone, by rules, in
 * work that doesn't grow with what was pasted. Rather misses an objection or thanks than sees one that isn't there.
 */
export function turnClassOf({ question, answerHasCode, next }: NextTurn): TurnClass | undefined {
  const text = bounded(next);
  const own = ownWords(text);
  const said = folded(own.text).slice(0, longestSaid).trim();
  const hasError = hasErrorText(text);
  const lexicons = lexiconsFor(said);
  const same = asksTheSame(question, said, lexicons);
  if (same === 'literally') return 'asks-again';
  if (hasError && answerHasCode) return 'pastes-error';
  const verdicts = verdictsOf(said, lexicons);
  if (verdicts.includes('wrong')) return 'says-wrong';
  if (same !== undefined) return 'asks-again';
  if (verdicts.includes('good')) return 'thanks';
  if (said === '') return own.hasCode || hasError ? 'goes-on' : undefined;
  return isUnderstood(said, lexicons) ? 'goes-on' : undefined;
}

function verdictsOf(said: string, lexicons: readonly ReadyLexicon[]) {
  const sentences = firstSentences(said);
  return lexicons.map((lexicon) => verdictOf(sentences, lexicon));
}

/** A longer message without one word of a known language is in a language that no lexicon has: it may say anything. */
function isUnderstood(said: string, lexicons: readonly ReadyLexicon[]): boolean {
  if (lexicons.length === 0) return false;
  const words = said.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return false;
  return (
    lexicons.some(({ spaced }) => !spaced) ||
    words.length < longUnknown ||
    words.some((word) => lexicons.some(({ common }) => common.has(word)))
  );
}

const longUnknown = 5;
