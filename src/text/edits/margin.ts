import type { PlaceLines } from './edit-place';
import { indentOf, isBlank } from './edit-place';
import { indentationOf } from './indentation';
import { isTelling, isVersionOf, knownLine } from './likeness';
import type { StringLine } from './string-lines';

/** Code with its margin, and whether that could be told. */
export interface Fitted {
  readonly lines: readonly string[];
  readonly sure: boolean;
}

/**
 * Code at the margin of the lines that it replaces, where that was left out of all its lines, or of the first one, or is too
 * wide. `within`: what is known of lines that begin within strings.
 */
export function withMargin(
  code: readonly string[],
  within: readonly (StringLine | undefined)[],
  { before, original, after }: PlaceLines,
  languageId: string,
): Fitted {
  const target = original.find((line) => !isBlank(line) && !isDirective(line, languageId));
  const margin = target === undefined ? (original[0] ?? '') : indentOf(target);
  const natural = atMarginByNature(code, original, margin);
  const counts = (line: string): boolean =>
    !isBlank(line) && !isDirective(line, languageId) && !natural.has(line.trimEnd());
  const isCode = (line: string, index: number): boolean => within[index] === undefined && counts(line);
  const firstAt = code.findIndex(isCode);
  const first = code[firstAt];
  if (first === undefined || indentOf(first).length === margin.length) return { lines: code, sure: true };
  const shifts = shiftsOf({
    code,
    first,
    rest: code.filter((line, index) => index > firstAt && isCode(line, index)),
    original,
    counted: original.filter(counts),
    margin: margin.length,
    natural,
    unit: indentationOf([...before, ...original, ...after]).unit,
    previous: before.findLast((line) => !isBlank(line)),
  });
  const lines = code.map((line, index) => {
    const shift = index <= firstAt ? shifts.first : shifts.rest;
    if (isBlank(line) || shift === 0 || within[index]?.moves === false) return line;
    if (isDirective(line, languageId) || natural.has(line.trimEnd())) return line;
    return moved(line, shift, margin);
  });
  return { lines, sure: shifts.sure };
}

/** Lines that stand at the margin in both, though the others don't: labels. */
function atMarginByNature(
  code: readonly string[],
  original: readonly string[],
  margin: string,
): ReadonlySet<string> {
  if (margin === '') return new Set();
  const there = new Set(
    original.filter((line) => /^\S/.test(line) && isTelling(line)).map((line) => line.trimEnd()),
  );
  return new Set(code.map((line) => line.trimEnd()).filter((line) => there.has(line)));
}

/** Code whose first line isn't at its margin. */
interface Displaced {
  readonly code: readonly string[];
  readonly first: string;
  /** Its other lines, and the lines in question, as far as their margins count. */
  readonly rest: readonly string[];
  readonly counted: readonly string[];
  readonly original: readonly string[];
  /** Columns before the first of the lines in question. */
  readonly margin: number;
  /** Lines that stand at the margin by nature. */
  readonly natural: ReadonlySet<string>;
  /** Spaces of one level in the file; 0: nothing tells. */
  readonly unit: number;
  /** The line before them. */
  readonly previous: string | undefined;
}

/** By how many columns lines are to be moved. */
interface Shifts {
  readonly first: number;
  readonly rest: number;
  readonly sure: boolean;
}

function shiftsOf(displaced: Displaced): Shifts {
  const { code, first, rest, counted, original, margin, natural, unit, previous } = displaced;
  const own = indentOf(first).length;
  const byFirst = margin - own;
  const least = leastIndent(counted);
  // Where the lines in question go further out than they begin, that is the margin which both have.
  const by = least < margin ? least - Math.min(own, leastIndent(rest)) : byFirst;
  const pairs = matched(code, original).filter(({ line, to }) => to > 0 || !natural.has(line));
  const same = pairs.find(({ line }) => line === first.trim());
  const votes = pairs.filter((pair) => pair !== same).map(({ from, to }) => to - from);
  const count = (shift: number): number => votes.filter((vote) => vote === shift).length;
  if (same !== undefined) {
    // The first line is another one of the original, and may have its place.
    const its = same.to - same.from;
    if (its === 0) return { first: 0, rest: 0, sure: true };
    const isRestThere = count(0) > count(its) || (least < margin && leastIndent(rest) === least);
    if (its !== by && (its === byFirst || isPlaceBehind(previous, same.to)))
      return { first: its, rest: isRestThere ? 0 : its, sure: its === byFirst || isRestThere };
  }
  const all: Shifts = { first: by, rest: by, sure: true };
  const firstAlone: Shifts = { first: byFirst, rest: 0, sure: true };
  const [next] = rest;
  if (byFirst <= 0 || own > 0 || next === undefined) return all;
  const inNext = indentOf(next).length;
  const isConsistent =
    leastIndent(rest) >= Math.min(leastIndent(original), margin) &&
    (!opensBlock(first) || inNext > margin || (inNext === margin && closesBlock(next)));
  if (!isConsistent) return all;
  if (opensBlock(first) && count(by) <= count(0))
    return !closesBlock(next) && inNext - own === unit && inNext - margin !== unit ? all : firstAlone;
  if (count(0) !== count(by)) return count(0) > count(by) ? firstAlone : all;
  if (by !== byFirst) return count(0) > 0 || by === 0 ? firstAlone : all;
  return goesOn(next) || (isItem(first) && inNext === itemText) ? all : firstAlone;
}

/** True where a line may stand so far in behind another: beside it, or further out. */
function isPlaceBehind(previous: string | undefined, indent: number): boolean {
  if (previous === undefined) return indent === 0;
  // The first line of a block is where the lines in question begin.
  return indent <= indentOf(previous).length && !opensBlock(previous);
}

interface Pair {
  readonly from: number;
  readonly to: number;
  readonly line: string;
}

/** The margins, there and here, of each line that occurs once in both, or is a new version of the only one. */
function matched(code: readonly string[], original: readonly string[]): readonly Pair[] {
  const [own, there] = [once(code), once(original)];
  const pairs: Pair[] = [];
  for (const [line, from] of own) {
    const to = there.get(line);
    if (to !== undefined && from !== undefined) pairs.push({ from, to, line });
  }
  if (pairs.length > 0) return pairs;
  const [only, ...more] = original.filter((line) => !isBlank(line));
  if (only === undefined || more.length > 0) return [];
  const known = knownLine(only);
  const alike = code.find((line) => !isBlank(line) && isVersionOf(knownLine(line), known));
  return alike === undefined
    ? []
    : [{ from: indentOf(alike).length, to: indentOf(only).length, line: alike.trim() }];
}

/** The columns before each line that occurs once. */
function once(lines: readonly string[]): ReadonlyMap<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  for (const line of lines) {
    const text = line.trim();
    if (text !== '') found.set(text, found.has(text) ? undefined : indentOf(line).length);
  }
  return found;
}

/** True where lines that are in both stand as far in, or as far apart, in one as in the other. */
export function levelsAgree(code: readonly string[], original: readonly string[]): boolean {
  const pairs = matched(code, original);
  const [first] = pairs;
  return pairs.some(
    ({ from, to }) =>
      (from > 0 && from === to) ||
      (first !== undefined && from !== first.from && from - first.from === to - first.to),
  );
}

/** True where the next line has to stand further in. */
function opensBlock(line: string): boolean {
  const text = line.trimEnd();
  return (
    /[:{([]$|=>$|\b(?:then|do|else|begin)$/.test(text.slice(-10)) ||
    (text.endsWith(',') && opensBracket(text))
  );
}

function opensBracket(text: string): boolean {
  return text.split('(').length > text.split(')').length;
}

/** Of a list: its other lines stand where its text begins. */
function isItem(line: string): boolean {
  return /^\s*- /.test(line);
}

/** Columns before the text of an item that stands at the margin. */
const itemText = 2;

function closesBlock(line: string): boolean {
  return /^\s*(?:[}\])]|(?:fi|done|esac|end)\b)/.test(line);
}

/** True for a line that goes on with the one before: `.then(…)`, `+ 1`. */
function goesOn(line: string): boolean {
  return /^\s*(?:[.?:*/|&<>=,)\]]|[+-] )/.test(line);
}

function isDirective(line: string, languageId: string): boolean {
  return line.startsWith('#') && /^(c|cpp|csharp|objective-c|objective-cpp|cuda-cpp)$/.test(languageId);
}

function moved(line: string, shift: number, margin: string): string {
  if (shift < 0) return line.slice(Math.min(-shift, indentOf(line).length));
  const sign = margin.endsWith('\t') ? '\t' : ' ';
  return (
    (shift <= margin.length ? margin.slice(0, shift) : margin + sign.repeat(shift - margin.length)) + line
  );
}

function leastIndent(lines: readonly string[]): number {
  return lines.reduce(
    (least, line) => (isBlank(line) ? least : Math.min(least, indentOf(line).length)),
    Infinity,
  );
}
