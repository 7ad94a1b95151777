import { hasBraces } from './code-languages';
import type { PlaceLines } from './edit-place';
import { indentOf, isBlank } from './edit-place';
import { blockUnit, indentationOf, usualKind, withSpaces, withTabs } from './indentation';
import type { Fitted } from './margin';
import { levelsAgree, withMargin } from './margin';
import type { StringLine } from './string-lines';
import { stringLines } from './string-lines';

/**
 * A model's code with the indentation of the lines that it replaces: tabs or blanks as there, levels as wide as the
 * file's, and the margin, whether it was left out of all lines, or of the first one, or is too wide. Lines that stand
 * where they do by nature stay: texts of strings, here-documents, directives of a preprocessor. Of code that isn't whole
 * the levels say nothing.
 */
export function fitLines(
  code: readonly string[],
  place: PlaceLines,
  languageId: string,
  isWhole = true,
): Fitted {
  const within = stringLines(code, languageId);
  const inFile = inFilesIndentation(withoutBlanksBeforeTabs(code), within, place, isWhole ? languageId : '');
  return withMargin(inFile, within, place, languageId);
}

/** Some quote code that has tabs further in by blanks. */
function withoutBlanksBeforeTabs(code: readonly string[]): readonly string[] {
  const told = code.filter((line) => !isBlank(line));
  const least = told.reduce((most, line) => Math.min(most, /^ */.exec(line)?.[0].length ?? 0), Infinity);
  const hasTabs = least > 0 && told.some((line) => line.charAt(least) === '\t');
  return hasTabs ? code.map((line) => (isBlank(line) ? line : line.slice(least))) : code;
}

function inFilesIndentation(
  code: readonly string[],
  within: readonly (StringLine | undefined)[],
  { before, original, after }: PlaceLines,
  languageId: string,
): readonly string[] {
  const outside = code.filter((_, index) => within[index] === undefined);
  const movable = code.filter((_, index) => within[index]?.moves !== false);
  const [file, own, there] = [[...before, ...original, ...after], movable, original].map(indentationOf);
  if (file === undefined || own === undefined || there === undefined) return code;
  const isMixed =
    original.some((line) => line.startsWith('\t')) && original.some((line) => line.startsWith('  '));
  const kind = there.with ?? (isMixed ? undefined : usualKind([...before, ...original, ...after]));
  const convert = (by: (line: string) => string): readonly string[] =>
    code.map((line, index) => (within[index]?.moves === false || isBlank(line) ? line : by(line)));
  if (kind === 'tabs' && own.with === 'spaces') {
    const level = own.unit || smallest(own.unit, outside);
    return level === 0 ? code : convert((line) => withTabs(line, level));
  }
  if (kind === 'spaces' && movable.some((line) => /^ *\t/.test(line)))
    return convert((line) => withSpaces(line, file.unit || 4));
  // What goes on in another line stands in by any width.
  const unit = blockUnit(outside);
  const isOther = unit !== there.unit && isOtherUnit(outside, unit, file.unit);
  if (!mayScale(languageId) || !isOther || levelsAgree(code, original)) return code;
  const [factor, margin] = [file.unit / unit, firstIndent(outside).length];
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

function firstIndent(lines: readonly string[]): string {
  return indentOf(lines.find((line) => !isBlank(line)) ?? '');
}
