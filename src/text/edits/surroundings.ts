import type { Doubt } from './doubt';
import type { PlaceLines } from './edit-place';
import { indentOf, isBlank, withoutBlankEnds } from './edit-place';
import { isTelling, likeness01, lineLikeness01, wordsOf } from './likeness';

/** Code for the lines in question alone, and what is to be said of what was around it. */
export interface Reduced {
  readonly lines: readonly string[];
  readonly doubts: readonly Doubt[];
  /** All of the file was there, changed in the lines in question alone. */
  readonly isWholeFile: boolean;
}

/** A line that says something, with its place among all lines. */
interface Told {
  readonly index: number;
  readonly text: string;
  readonly indent: number;
}

/**
 * A model's code without the document's lines around those in question, which models repeat: the neighbours, or the whole
 * file. `bracesOf` counts how many braces some lines leave open, so that a bracket alone is known to be a neighbour too.
 */
export function withoutSurroundings(
  code: readonly string[],
  place: PlaceLines,
  bracesOf: (lines: readonly string[]) => number,
): Reduced {
  const { original } = place;
  const [own, before, there, after] = [code, place.before, original, place.after].map(toldOf) as [
    Told[],
    Told[],
    Told[],
    Told[],
  ];
  if (own.length === 0 || before.length + after.length === 0)
    return { lines: code, doubts: [], isWholeFile: false };
  const head = longestOverlap(own, before, false);
  const tail = longestOverlap(own, after, true);
  const isWholeFile =
    head === before.length &&
    tail === after.length &&
    head + tail <= own.length &&
    (head + tail >= surelyRepeated || own.length > there.length) &&
    [...before, ...after].some(tells);
  if (isWholeFile) return { lines: sliced(code, own, head, own.length - tail), doubts: [], isWholeFile };
  const atHead = repetition(
    own,
    there,
    before.slice(before.length - head),
    head === before.length,
    false,
    bracesOf,
  );
  const cutHead = atHead === 'repeated' ? head : 0;
  const atTail = repetition(
    own.slice(cutHead),
    there,
    after.slice(0, tail),
    tail === after.length,
    true,
    bracesOf,
  );
  const cutTail = atTail === 'repeated' ? tail : 0;
  const doubts: readonly Doubt[] = [atHead, atTail].includes('perhaps') ? ['repeated'] : [];
  if (cutHead + cutTail > 0)
    return { lines: sliced(code, own, cutHead, own.length - cutTail), doubts, isWholeFile: false };
  if (doubts.length > 0) return { lines: code, doubts, isWholeFile: false };
  return ofChangedFile(code, own, place, { before, there, after });
}

/** Marks that answers of other forms begin with: what has come of one is no code. */
const openings = ['<<<<<<< SEARCH', '------- SEARCH', '--- a/', '*** Begin Patch', '@@ -', '```', '~~~'];

/** Code that still grows, without its last line where that is the beginning of something else: of what follows, of marks. */
export function withoutHalfLine(code: readonly string[], after: readonly string[]): readonly string[] {
  const last = code.at(-1)?.trim() ?? '';
  const rest = code.slice(0, -1);
  const behind = toldOf(after);
  const next = behind[longestOverlap(toldOf(rest), behind, true)]?.text;
  const isHalf =
    last !== '' && [...(next === undefined ? [] : [next]), ...openings].some((each) => each.startsWith(last));
  return isHalf ? rest : code;
}

/** True for as much of an answer as is the beginning of the file so far, of which the last line may not be whole. */
export function beginsFile(code: readonly string[], before: readonly string[]): boolean {
  const [own, there] = [toldOf(code), toldOf(before)];
  return (
    own.length <= there.length &&
    own.every(({ text }, index) => {
      const other = there[index]?.text ?? '';
      return index === own.length - 1 ? other.startsWith(text) : other === text;
    })
  );
}

function toldOf(lines: readonly string[]): Told[] {
  return lines.flatMap((line, index) =>
    isBlank(line) ? [] : [{ index, text: line.trim(), indent: indentOf(line).length }],
  );
}

/** Words that close or part blocks are as many as there are blocks. */
const closing = /^(?:fi|done|esac|end\w*|else|then|do|begin|pass|try|finally|break;?|return;?|continue;?)$/i;

function tells({ text }: Told): boolean {
  return isTelling(text) && !closing.test(text);
}

/** From the `first` of the telling lines up to before the `end`, without blank lines around them. */
function sliced(
  code: readonly string[],
  own: readonly Told[],
  first: number,
  end: number,
): readonly string[] {
  if (first >= end) return [];
  return withoutBlankEnds(code.slice(own[first]?.index ?? 0, (own[end - 1]?.index ?? code.length) + 1));
}

/** How many lines at the beginning of the code end what is before; or at its end begin what is after. Linear (KMP). */
function longestOverlap(own: readonly Told[], around: readonly Told[], atEnd: boolean): number {
  const order = (lines: readonly Told[]): readonly Told[] => (atEnd ? lines.toReversed() : lines);
  const texts = order(own).map(({ text }) => text);
  const other = order(around).map(({ text }) => text);
  const border: number[] = [0];
  let matched = 0;
  for (let index = 1; index < texts.length; index += 1) {
    while (matched > 0 && texts[matched] !== texts[index]) matched = border[matched - 1] ?? 0;
    if (texts[matched] === texts[index]) matched += 1;
    border[index] = matched;
  }
  matched = 0;
  for (const text of other) {
    while (matched > 0 && (matched === texts.length || texts[matched] !== text))
      matched = border[matched - 1] ?? 0;
    if (texts[matched] === text) matched += 1;
  }
  return matched;
}

/** So many lines that are the neighbours' are repeated, whatever else could be meant. */
const surelyRepeated = 3;
/** A line alike to the one in its place to this share is its new version. */
const newVersion01 = 0.5;

/** Whether lines that are the neighbours' are no part of the code. `isAll`: nothing is further away than `around`. */
function repetition(
  own: readonly Told[],
  there: readonly Told[],
  around: readonly Told[],
  isAll: boolean,
  atEnd: boolean,
  bracesOf: (lines: readonly string[]) => number,
): 'no' | 'repeated' | 'perhaps' {
  const count = around.length;
  if (count === 0 || there.length === 0 || count >= own.length) return 'no';
  const repeated = atEnd ? own.slice(-count) : own.slice(0, count);
  const edge = atEnd ? own.at(-1) : own[0];
  const edgeThere = atEnd ? there.at(-1) : there[0];
  const inner = atEnd ? own.at(-1 - count) : own[count];
  // The lines in question begin, or end, with the same.
  if (edge?.text === edgeThere?.text && (inner?.text !== edgeThere?.text || count < surelyRepeated))
    return 'no';
  if (!haveSameMargin(repeated, around, atEnd ? own[0] : inner, there[0])) return 'no';
  const texts = (lines: readonly Told[]): readonly string[] => lines.map(({ text }) => text);
  if (!repeated.some(tells)) {
    const braces = bracesOf(texts(repeated));
    return braces !== 0 && bracesOf(texts(own)) - bracesOf(texts(there)) === braces ? 'repeated' : 'no';
  }
  const isMuch = count >= surelyRepeated || (isAll && count > 1);
  if (isMuch || own.length > there.length) return 'repeated';
  // As many lines as before, or fewer: this may be the new version of the last one, and only reads like its neighbour.
  return lineLikeness01(edge?.text ?? '', edgeThere?.text ?? '') >= newVersion01 ? 'no' : 'perhaps';
}

/** As they stand in the document, or all moved by as much as the code is. */
function haveSameMargin(
  repeated: readonly Told[],
  around: readonly Told[],
  first: Told | undefined,
  firstThere: Told | undefined,
): boolean {
  const shifts = new Set(repeated.map(({ indent }, index) => (around[index]?.indent ?? 0) - indent));
  const [shift, ...others] = shifts;
  return others.length === 0 && (shift === 0 || shift === (firstThere?.indent ?? 0) - (first?.indent ?? 0));
}

/** More lines than these before and after the lines in question need not be alike to know where they are. */
const anchorLines = 3;

/** A whole file in which other lines were changed too: what is between the neighbours, with a word about the others. */
function ofChangedFile(
  code: readonly string[],
  own: readonly Told[],
  { before: linesBefore, original, after: linesAfter }: PlaceLines,
  {
    before,
    there,
    after,
  }: { readonly before: readonly Told[]; readonly there: readonly Told[]; readonly after: readonly Told[] },
): Reduced {
  const same: Reduced = { lines: code, doubts: [], isWholeFile: false };
  const known = new Set(own.map(({ text }) => text));
  const around = [...before, ...after].filter(tells);
  const repeated = around.filter(({ text }) => known.has(text)).length;
  if (own.length <= there.length || repeated === 0 || repeated * 2 < around.length) return same;
  const words = wordsOf(code.join('\n'));
  const toFile = likeness01(words, wordsOf([...linesBefore, ...original, ...linesAfter].join('\n')));
  const toLines = likeness01(words, wordsOf(original.join('\n')));
  if (toFile < 0.6 || toFile < toLines + 0.05) return same;
  const first = before.length === 0 ? 0 : behindAnchor(own, before.slice(-anchorLines), false);
  const end = after.length === 0 ? own.length : behindAnchor(own, after.slice(0, anchorLines), true);
  if (first === undefined || end === undefined || first > end)
    return { lines: code, doubts: ['outside'], isWholeFile: false };
  const inFile = new Set([...before, ...there, ...after].map(({ text }) => text));
  const isNew = ({ text }: Told): boolean => !inFile.has(text);
  const outside = own.slice(0, first).some(isNew) || own.slice(end).some(isNew);
  return { lines: sliced(code, own, first, end), doubts: outside ? ['outside'] : [], isWholeFile: false };
}

/** Where in the code the lines begin, or end, that stand once beside these neighbours. */
function behindAnchor(own: readonly Told[], neighbours: readonly Told[], atEnd: boolean): number | undefined {
  for (let count = 1; count <= neighbours.length; count += 1) {
    const wanted = atEnd ? neighbours.slice(0, count) : neighbours.slice(-count);
    const found: number[] = [];
    for (let at = 0; at + count <= own.length && found.length < 2; at += 1)
      if (wanted.every(({ text }, index) => own[at + index]?.text === text)) found.push(at);
    const [only] = found;
    if (only === undefined) return undefined;
    if (found.length === 1 && wanted.some(tells)) return atEnd ? only : only + count;
  }
  return undefined;
}
