import { hasBraces } from './code-languages';
import type { PlaceLines } from './edit-place';
import { indentOf, isBlank } from './edit-place';
import { indentationOf, usualKind, withSpaces, withTabs } from './indentation';
import { isTelling, isVersionOf, knownLine } from './likeness';
import type { StringLine } from './string-lines';
import { stringLines } from './string-lines';

/**
 * A model's code with the indentation of the lines that it replaces: tabs or blanks as there, levels as wide as the
 * file's, and the margin, whether it was left out of all lines, or of the first one, or is too wide. Lines that stand
 * where they do by nature stay: texts of strings, here-documents, directives of a preprocessor.
 */
export function fitLines(code: readonly string[], place: PlaceLines, languageId: string): readonly string[] {
  const within = stringLines(code, languageId);
  const inFile = inFilesIndentation(code, within, place, languageId);
  return withMargin(inFile, within, place.original, languageId);
}

function inFilesIndentation(
  code: readonly string[],
  within: readonly (StringLine | undefined)[],
  { before, original, after }: PlaceLines,
  languageId: string,
): readonly string[] {
  const outside = code.filter((_, index) => within[index] === undefined);
  const [file, own, there] = [[...before, ...original, ...after], outside, original].map(indentationOf);
  if (file === undefined || own === undefined || there === undefined) return code;
  const kind =
    there.with ??
    (original.some((line) => /^[ \t]/.test(line)) ? undefined : usualKind([...before, ...after]));
  const convert = (by: (line: string) => string): readonly string[] =>
    code.map((line, index) => (within[index]?.moves === false || isBlank(line) ? line : by(line)));
  if (kind === 'tabs' && own.with === 'spaces') {
    const unit = own.unit || smallest(own.unit, outside);
    return unit === 0 ? code : convert((line) => withTabs(line, unit));
  }
  if (kind === 'spaces' && own.with === 'tabs') return convert((line) => withSpaces(line, file.unit || 4));
  if (!mayScale(languageId) || !isOtherUnit(outside, own.unit, file.unit) || levelsAgree(code, original))
    return code;
  const [factor, margin] = [file.unit / own.unit, firstIndent(outside).length];
  return convert((line) => {
    const indent = indentOf(line);
    if (isBlank(line) || indent.length <= margin) return line;
    return ' '.repeat(margin + (indent.length - margin) * factor) + line.slice(indent.length);
  });
}

function smallest(unit: number, lines: readonly string[]): number {
  const widths = lines.filter((line) => !isBlank(line)).map((line) => indentOf(line).length);
  return widths.reduce((least, width) => (width > 1 && (least === 0 || width < least) ? width : least), unit);
}

/** In others, columns have a meaning beside their order: YAML's lists, tables of documents. */
function mayScale(languageId: string): boolean {
  return hasBraces(languageId) || ['python', 'ruby', 'lua', 'shellscript'].includes(languageId);
}

/** True where every level of the code is a whole number of its units, and the file has levels of twice or half of them. */
function isOtherUnit(lines: readonly string[], unit: number, fileUnit: number): boolean {
  if (unit === 0 || fileUnit === 0 || ![0.5, 2].includes(fileUnit / unit)) return false;
  const margin = firstIndent(lines).length;
  return lines.every((line) => {
    const indent = indentOf(line);
    return isBlank(line) || (!indent.includes('\t') && Math.abs(indent.length - margin) % unit === 0);
  });
}

/** True where lines that are in both stand as far apart in one as in the other: the units are the same after all. */
function levelsAgree(code: readonly string[], original: readonly string[]): boolean {
  const pairs = matched(code, original);
  const [first] = pairs;
  return (
    first !== undefined &&
    pairs.some(
      ([own, there]) =>
        own.length !== first[0].length && own.length - first[0].length === there.length - first[1].length,
    )
  );
}

function withMargin(
  code: readonly string[],
  within: readonly (StringLine | undefined)[],
  original: readonly string[],
  languageId: string,
): readonly string[] {
  const target = original.find((line) => !isBlank(line) && !isDirective(line, languageId));
  const margin = target === undefined ? (original[0] ?? '') : indentOf(target);
  const natural = atMarginByNature(code, original, margin);
  const counts = (line: string): boolean =>
    !isBlank(line) && !isDirective(line, languageId) && !natural.has(line.trimEnd());
  const isCode = (line: string, index: number): boolean => within[index] === undefined && counts(line);
  const firstAt = code.findIndex(isCode);
  const first = code[firstAt];
  if (first === undefined) return code;
  const byFirst = margin.length - indentOf(first).length;
  if (byFirst === 0) return code;
  const least = leastIndent(original.filter(counts));
  // Where the lines in question go further out than they begin, that is the margin which both have.
  const by = least < margin.length ? least - leastIndent(code.filter(isCode)) : byFirst;
  const shifts = shiftsOf(
    code,
    firstAt,
    original,
    { byFirst, by },
    code.filter((line, index) => index > firstAt && isCode(line, index)),
  );
  return code.map((line, index) => {
    const shift = index <= firstAt ? shifts.first : shifts.rest;
    if (isBlank(line) || shift === 0 || within[index]?.moves === false) return line;
    if (isDirective(line, languageId) || natural.has(line.trimEnd())) return line;
    return moved(line, shift, margin);
  });
}

/** Lines that stand at the margin in both, though the others don't: labels. */
function atMarginByNature(code: readonly string[], original: readonly string[], margin: string): ReadonlySet<string> {
  if (margin === '') return new Set();
  const there = new Set(original.filter((line) => /^\S/.test(line) && isTelling(line)).map((line) => line.trimEnd()));
  return new Set(code.map((line) => line.trimEnd()).filter((line) => there.has(line)));
}

interface Shifts {
  readonly first: number;
  readonly rest: number;
}

/** By how much the first line, and the others, are to be moved, where the first one isn't at its margin. */
function shiftsOf(
  code: readonly string[],
  firstAt: number,
  original: readonly string[],
  { byFirst, by }: { readonly byFirst: number; readonly by: number },
  rest: readonly string[],
): Shifts {
  const first = code[firstAt] ?? '';
  const own = indentOf(first);
  const all: Shifts = { first: by, rest: by };
  const firstAlone: Shifts = { first: byFirst, rest: 0 };
  const pairs = matched(code, original);
  const same = pairs.find(([, , line]) => line === first.trim());
  // The first line is another one of the original, at the place that it had there.
  if (same !== undefined && same[0] === same[1]) return { first: 0, rest: 0 };
  const told = pairs.filter(([, , line]) => line !== first.trim());
  if (told.length > 0) {
    const [stay, move] = [0, by].map(
      (shift) => told.filter(([from, to]) => to.length - from.length === shift).length,
    ) as [number, number];
    if (stay !== move) return stay > move && byFirst > 0 ? firstAlone : all;
  }
  const [next] = rest;
  if (by <= 0 || by !== byFirst || own !== '' || next === undefined) return all;
  const margin = own.length + by;
  if (rest.some((line) => indentOf(line).length < margin)) return all;
  const inNext = indentOf(next).length;
  if (opensBlock(first)) return inNext > margin ? firstAlone : all;
  return goesOn(next) ? all : firstAlone;
}

/** The margins, there and here, of each line that occurs once in both, or is a new version of the only one left. */
function matched(
  code: readonly string[],
  original: readonly string[],
): readonly (readonly [from: string, to: string, line: string])[] {
  const [own, there] = [once(code), once(original)];
  const pairs: [string, string, string][] = [];
  for (const [line, indent] of own) {
    const to = there.get(line);
    if (to !== undefined && indent !== undefined) pairs.push([indent, to, line]);
  }
  const one = original.filter((line) => !isBlank(line));
  const [only] = one;
  if (pairs.length === 0 && one.length === 1 && only !== undefined) {
    const known = knownLine(only);
    const alike = code.find((line) => !isBlank(line) && isVersionOf(knownLine(line), known));
    if (alike !== undefined) pairs.push([indentOf(alike), indentOf(only), alike.trim()]);
  }
  return pairs;
}

/** The margin of each line that occurs once. */
function once(lines: readonly string[]): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const line of lines) {
    const text = line.trim();
    if (text !== '') found.set(text, found.has(text) ? undefined : indentOf(line));
  }
  return found;
}

/** True where the next line has to stand further in; an item of a list has its other lines there too. */
function opensBlock(line: string): boolean {
  return /^\s*- /.test(line) || /[:{([,]$|=>$|\b(?:then|do|else|begin)$/.test(line.trimEnd().slice(-10));
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

function firstIndent(lines: readonly string[]): string {
  return indentOf(lines.find((line) => !isBlank(line)) ?? '');
}
