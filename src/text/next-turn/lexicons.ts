import { folded } from './folded';
import { chinese } from './lexicon/chinese';
import { english } from './lexicon/english';
import { french } from './lexicon/french';
import { german } from './lexicon/german';
import { italian } from './lexicon/italian';
import { japanese } from './lexicon/japanese';
import { korean } from './lexicon/korean';
import type { Lexicon } from './lexicon/lexicon';
import { polish } from './lexicon/polish';
import { portuguese } from './lexicon/portuguese';
import { russian } from './lexicon/russian';
import { spanish } from './lexicon/spanish';

type Phrases = Exclude<keyof Lexicon, 'spaced' | 'common'>;

/** A lexicon as it is looked up in: an expression for each list. */
export interface ReadyLexicon extends Readonly<Record<Phrases, RegExp>> {
  readonly spaced: boolean;
  /** The message's first clause is nothing but praise. */
  readonly allPraise: RegExp;
  readonly common: ReadonlySet<string>;
}

/** By the letters that they are written in. Languages that share letters are read together: a phrase of one is none of another. */
const byScript = [
  { letters: /\p{Script=Hangul}/gu, lexicons: [korean] },
  { letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, lexicons: [japanese] },
  { letters: /\p{Script=Han}/gu, lexicons: [chinese] },
  { letters: /\p{Script=Cyrillic}/gu, lexicons: [russian] },
  {
    letters: /\p{Script=Latin}/gu,
    lexicons: [english, german, french, spanish, portuguese, italian, polish],
  },
];

/** Names and code are Latin in every language: so small a share of other letters says what is spoken. */
const tellingShare01 = 0.2;

const ready = new Map<Lexicon, ReadyLexicon>();

/** The lexicons that folded text is read with; none where it is written in letters that no lexicon has, or in none. */
export function lexiconsFor(text: string): readonly ReadyLexicon[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  // An emoji says the same in all of them.
  if (letters === 0) return [readied(english)];
  const spoken = byScript.find(({ letters: of }) => (text.match(of)?.length ?? 0) > tellingShare01 * letters);
  return spoken?.lexicons.map(readied) ?? [];
}

function readied(lexicon: Lexicon): ReadyLexicon {
  const known = ready.get(lexicon);
  if (known !== undefined) return known;
  const anywhere = (entries: readonly string[]): RegExp => expressionOf(entries, lexicon.spaced, 'anywhere');
  const first = (entries: readonly string[]): RegExp => expressionOf(entries, lexicon.spaced, 'first');
  const made: ReadyLexicon = {
    spaced: lexicon.spaced,
    wrong: anywhere(lexicon.wrong),
    wrongFirst: first(lexicon.wrongFirst),
    notWrong: new RegExp(anywhere(lexicon.notWrong), 'g'),
    asks: first(lexicon.asks),
    supposes: anywhere(lexicon.supposes),
    thanks: anywhere(lexicon.thanks),
    praise: first(lexicon.praise),
    allPraise: expressionOf(lexicon.praise, lexicon.spaced, 'all'),
    works: anywhere(lexicon.works),
    but: anywhere(lexicon.but),
    wishes: first(lexicon.wishes),
    nowBad: first(lexicon.nowBad),
    again: anywhere(lexicon.again),
    other: anywhere(lexicon.other),
    common: new Set(lexicon.common.map(folded)),
  };
  ready.set(lexicon, made);
  return made;
}

function expressionOf(
  entries: readonly string[],
  spaced: boolean,
  where: 'anywhere' | 'first' | 'all',
): RegExp {
  const any = `(?:${entries.map(foldedEntry).join('|')})`;
  const [before, after] = spaced ? [`(?<![${inWords}])`, `(?![${inWords}])`] : ['', ''];
  switch (where) {
    case 'anywhere':
      return new RegExp(`${before}${any}${after}`);
    case 'first':
      return new RegExp(`^${any}${after}`);
    case 'all':
      return new RegExp(`^${any}$`);
  }
}

/** What words are made of in folded text, where they stand apart. As `\p{L}` they would take half a second to prepare. */
const inWords = String.raw`a-z0-9_\u0400-\u04FF`;

/** An entry over folded text: its escapes stay as they are, and a word's letters are not the Latin ones alone. */
function foldedEntry(entry: string): string {
  return entry
    .split(/(\\.)/)
    .map((part) => (part.startsWith('\\') ? part : folded(part).replaceAll(' ', ',? ')))
    .join('')
    .replaceAll(String.raw`[\w-]`, `[${inWords}-]`)
    .replaceAll(String.raw`\w`, `[${inWords}]`);
}
