/**
 * What people say of an answer in one language. Each entry is a piece of a regular expression over folded text (see
 * `folded`; accents may be written here all the same); a space in it also stands for a comma with a space. An entry begins and ends where words do, except in
 * languages that write none apart.
 */
export interface Lexicon {
  /** Words stand apart, and have boundaries. */
  readonly spaced: boolean;
  /** Say, wherever they stand, that the answer is wrong, does not work, or is not what was asked. */
  readonly wrong: readonly string[];
  /** The same, at the beginning of the message alone. */
  readonly wrongFirst: readonly string[];
  /** Look like the ones above and say nothing against the answer: they are taken out before it is read. */
  readonly notWrong: readonly string[];
  /** A sentence that begins so asks or wants something: what it says is no verdict. */
  readonly asks: readonly string[];
  /** What comes after these (in languages that aren't spaced: around them) is supposed, quoted or wished, not said. */
  readonly supposes: readonly string[];
  /** Gratitude. */
  readonly thanks: readonly string[];
  /** Praise, where it is all that the message's first clause says. */
  readonly praise: readonly string[];
  /** Say that it works, or was understood. */
  readonly works: readonly string[];
  /** What takes thanks back. */
  readonly but: readonly string[];
  /** What one would like instead: after “but” it is no objection. */
  readonly wishes: readonly string[];
  /** After praise these begin what went wrong: sarcasm. */
  readonly nowBad: readonly string[];
  /** Announce that something is asked once more. */
  readonly again: readonly string[];
  /** Say that something else or something more is wanted, in words that may be those of the question otherwise. */
  readonly other: readonly string[];
  /** Words that say nothing of what is asked for; by them a language is known too. */
  readonly common: readonly string[];
}
