import { bareCode } from './bare-code';
import type { Placed } from './changes';
import { placeChanges } from './changes';
import { chooseBlock } from './choose-block';
import { isProse } from './code-languages';
import type { Doubt } from './doubt';
import type { EditPlace, PlaceLines } from './edit-place';
import { isBlank, linesOf, placeLines, withoutBlankEnds } from './edit-place';
import type { FencedBlock } from './fenced-blocks';
import { fencedBlocks } from './fenced-blocks';
import { fitLines } from './fit-lines';
import { likeness01, wordsOf } from './likeness';
import { mostAreNumbered, withoutLineNumbers } from './line-numbers';
import { lossesOf, openBraces } from './losses';
import { placeholdersOf, withoutPlaceholders } from './placeholders';
import { resolvedConflicts, searchReplaceOf } from './search-replace';
import { beginsFile, withoutHalfLine, withoutSurroundings } from './surroundings';
import { withoutThoughtsWithin } from '../thoughts/thoughts-within';
import { changesOf, diffOf, hasDiffHeaders } from './unified-diff';

/** What an answer makes of the lines in question. */
export interface EditReading {
  /** What they become; undefined: the answer says nothing that could be put there. */
  readonly text: string | undefined;
  /** Why that may not be what was meant; of a whole answer only. */
  readonly doubts: readonly Doubt[];
}

/**
 * Reads a model's answer to a question about some lines. The answer may be their new text, fenced or not, with words and
 * thoughts around; or say the change in another form: SEARCH/REPLACE blocks, a diff, code with placeholders, the whole
 * file. The text that comes of it has the lines' indentation and line ends. `whole`: nothing more comes; until then a
 * growing answer shows growing code.
 */
export function readEdit(answer: string, place: EditPlace, whole: boolean): EditReading {
  const lines = placeLines(place);
  const document = place.before + place.original + place.after;
  const read = linesOf(withoutThoughtsWithin(answer, document, whole));
  const changed = changesIn(read, place, lines, document, whole) ?? codeIn(read, place, lines, whole);
  return {
    text: changed.lines && inDocument(changed.lines, place),
    doubts: whole ? [...new Set(changed.doubts)] : [],
  };
}

/** The same of a code block alone. */
export function readBlock(code: string, place: EditPlace): EditReading {
  const lines = placeLines(place);
  const document = place.before + place.original + place.after;
  const read = linesOf(code);
  const changed =
    searchReplaceIn(read, place, lines, document, true) ??
    diffIn({ ...noBlock, lines: read }, place, lines, document, true) ??
    plainCode(read, place, lines, true);
  return { text: changed.lines && inDocument(changed.lines, place), doubts: [...new Set(changed.doubts)] };
}

/** An answer that says changes of the document, in any form. */
function changesIn(
  read: readonly string[],
  place: EditPlace,
  lines: PlaceLines,
  document: string,
  whole: boolean,
): Placed | undefined {
  const searched = searchReplaceIn(read, place, lines, document, whole);
  if (searched !== undefined) return searched;
  if (!hasDiffHeaders(read)) return undefined;
  const { blocks } = fencedBlocks(read, place.languageId, false);
  const inBlock = blocks.find((block) => hasDiffHeaders(block.lines));
  return diffIn(inBlock ?? { ...noBlock, lines: read }, place, lines, document, whole);
}

const noBlock: FencedBlock = { language: '', info: '', lead: '', lines: [], closed: true };

function searchReplaceIn(
  read: readonly string[],
  { fileName }: EditPlace,
  lines: PlaceLines,
  document: string,
  whole: boolean,
): Placed | undefined {
  const found = searchReplaceOf(read);
  if (found === undefined || /^\s*(?:<{5,9}|-{5,9}) ?(?:SEARCH|ORIGINAL)/m.test(document)) return undefined;
  const changes = changesOf(found.changes, fileName);
  if (changes.length === 0) return { lines: undefined, doubts: ['unplaced'] };
  const placed = placeChanges(changes, lines);
  const leftOut = whole && (found.cut || changes.length < found.changes.length);
  return leftOut ? { ...placed, doubts: [...placed.doubts, found.cut ? 'unplaced' : 'outside'] } : placed;
}

function diffIn(
  block: FencedBlock,
  place: EditPlace,
  lines: PlaceLines,
  document: string,
  whole: boolean,
): Placed | undefined {
  const { languageId, fileName } = place;
  const isDiff = ['diff', 'patch', 'udiff'].includes(block.language);
  const headed = hasDiffHeaders(block.lines);
  if (languageId === 'diff' || (headed && hasDiffHeaders(linesOf(document))) || (!isDiff && !headed))
    return undefined;
  // What has come of a line so far says nothing yet.
  const { changes, wholeFile } = diffOf(whole ? block.lines : block.lines.slice(0, -1), headed);
  if (wholeFile !== undefined) return plainCode(wholeFile, place, lines, whole);
  if (changes.length === 0) return isDiff && !headed ? undefined : { lines: undefined, doubts: ['unplaced'] };
  const own = changesOf(changes, fileName);
  const placed = placeChanges(own, lines);
  return own.length < changes.length ? { ...placed, doubts: [...placed.doubts, 'outside'] } : placed;
}

/** The code of an answer: of its block, or of all of it. */
function codeIn(read: readonly string[], place: EditPlace, lines: PlaceLines, whole: boolean): Placed {
  const { languageId, original } = place;
  const holdsFences = lines.original.some((line) => /^ {0,3}(?:```|~~~)/.test(line));
  const { blocks, prose } = fencedBlocks(read, languageId, holdsFences);
  const chosen = chooseBlock(blocks, place);
  if (chosen === undefined || isUnfenced(read, prose, chosen.block, place, holdsFences)) {
    const bare =
      blocks.length > 0 && chosen === undefined ? undefined : bareCode(read, languageId, lines.original);
    return bare === undefined ? { lines: undefined, doubts: [] } : plainCode(bare, place, lines, whole);
  }
  const { block, instead, severalVersions } = chosen;
  if (instead !== undefined) {
    const steps = [
      ...withoutBlankEnds(instead).map((text) => ({ kind: 'drop', text }) as const),
      ...withoutBlankEnds(block.lines).map((text) => ({ kind: 'add', text }) as const),
    ];
    const placed = placeChanges([{ steps, line: undefined, file: '' }], lines);
    if (placed.lines !== undefined) return placed;
  }
  const changed =
    diffIn(block, place, lines, place.before + original + place.after, whole) ??
    plainCode(withoutFileName(block.lines, place), place, lines, whole);
  return severalVersions ? { ...changed, doubts: [...changed.doubts, 'versions'] } : changed;
}

/** True where the blocks are parts of a document that the answer is as a whole. */
function isUnfenced(
  read: readonly string[],
  prose: readonly string[],
  block: FencedBlock,
  { original, languageId }: EditPlace,
  holdsFences: boolean,
): boolean {
  if (!holdsFences && !isProse(languageId)) return false;
  if (prose.every(isBlank)) return false;
  const there = wordsOf(original);
  const [all, inBlock] = [read, block.lines].map((lines) => likeness01(wordsOf(lines.join('\n')), there));
  return (all ?? 0) > (inBlock ?? 0);
}

/** Some write the file's name into the first line of its code. */
function withoutFileName(code: readonly string[], { fileName, original }: EditPlace): readonly string[] {
  const [first = ''] = code;
  const named = /^(?:\/\/|#|--|;|\/\*|<!--)\s*(\S{1,300})\s*(?:\*\/|-->)?$/.exec(first.trim())?.[1];
  const isName = fileName !== '' && named?.split(/[\\/]/).at(-1) === fileName;
  return isName && !original.includes(first.trim()) ? code.slice(1) : code;
}

/** Code as it stands there, made to take the place of the lines. */
function plainCode(code: readonly string[], place: EditPlace, lines: PlaceLines, whole: boolean): Placed {
  const told = withoutBlankEnds(whole ? code : withoutHalfLine(code, lines.after));
  if (told.length === 0 || (!whole && beginsFile(told, lines.before)))
    return { lines: undefined, doubts: [] };
  const signed = signsPlaced(told, lines);
  if (signed !== undefined) return signed;
  const doubts: Doubt[] = [];
  const numbered = lines.original.some((line) => /^\s*\d+[ \t|│:→.)]/.test(line))
    ? undefined
    : withoutLineNumbers(told);
  const withoutNumbers = numbered !== undefined && isAlikerThan(numbered, told, place) ? numbered : told;
  if (withoutNumbers === told && mostAreNumbered(told) && !mostAreNumbered(lines.original))
    doubts.push('line-numbers');
  const conflicts = lines.original.some((line) => line.startsWith('<<<<<<<'))
    ? undefined
    : resolvedConflicts(withoutNumbers);
  if (conflicts !== undefined) doubts.push('conflict-marks');
  const resolved = conflicts?.lines ?? withoutNumbers;
  if (place.original.trim() === '' && place.before.trim() === '' && place.after.trim() === '')
    return { lines: resolved, doubts };
  const merged = mergedIn(resolved, place, lines);
  doubts.push(...merged.doubts);
  if (merged.lines === undefined) return { lines: undefined, doubts };
  if (whole) {
    if (hasDiffSigns(merged.lines, lines.original, place.languageId)) doubts.push('diff-signs');
    doubts.push(...lossesOf(merged.lines, lines, place.languageId));
  }
  return { lines: merged.lines, doubts };
}

/** Without what is around the lines in question, with their indentation, and with what placeholders stand for. */
function mergedIn(code: readonly string[], place: EditPlace, lines: PlaceLines): Placed {
  const { languageId } = place;
  const filled = filledFromFile(code, lines, languageId);
  if (filled !== undefined) return filled;
  const reduced = withoutSurroundings(code, lines, openBraces);
  // Placeholders have no margin of their own.
  const isPlaceholder = placeholdersOf(reduced.lines, lines.original, languageId);
  const fitted = fitLines(
    reduced.lines.map((line, index) => (isPlaceholder[index] === undefined ? line : '')),
    lines,
    languageId,
    isPlaceholder.every((each) => each === undefined),
  );
  const told = fitted.lines.map((line, index) =>
    isPlaceholder[index] === undefined ? line : (reduced.lines[index] ?? ''),
  );
  const merged = withoutPlaceholders(told, lines.original, languageId);
  return {
    lines: merged.lines,
    doubts: [...reduced.doubts, ...(fitted.sure ? [] : (['margin'] as const)), ...merged.doubts],
  };
}

/** Code whose placeholders stand for what is around the lines too: filled, it is the whole file. */
function filledFromFile(code: readonly string[], lines: PlaceLines, languageId: string): Placed | undefined {
  const around = [...lines.before, ...lines.after];
  if (around.every(isBlank)) return undefined;
  const filled = withoutPlaceholders(code, [...lines.before, ...lines.original, ...lines.after], languageId);
  if (filled.doubts.length > 0 || filled.lines.length <= code.length) return undefined;
  const reduced = withoutSurroundings(filled.lines, lines, openBraces);
  return reduced.isWholeFile ? reduced : undefined;
}

/** Code whose lines have the signs of a diff that fits the document; undefined where it is none. */
function signsPlaced(code: readonly string[], lines: PlaceLines): Placed | undefined {
  const signs = code.filter((line) => /^[+-]/.test(line)).length;
  if (signs === 0 || signs === code.length) return undefined;
  const { changes } = diffOf(code, false);
  const [change] = changes;
  if (change === undefined || changes.length !== 1) return undefined;
  // Lines that are only added fit everywhere.
  if (!change.steps.some(({ kind, text }) => kind !== 'add' && text.trim() !== '')) return undefined;
  const placed = placeChanges(changes, lines);
  return placed.lines !== undefined && placed.doubts.length === 0 ? placed : undefined;
}

function hasDiffSigns(code: readonly string[], original: readonly string[], languageId: string): boolean {
  if (isProse(languageId) || languageId === 'diff') return false;
  const [added, removed] = [/^\+(?!\+)/, /^-(?!-)/].map((sign) => (line: string) => sign.test(line));
  if (added === undefined || removed === undefined || original.some((line) => added(line) || removed(line)))
    return false;
  const both = code.some(added) && code.some(removed);
  return both || code.filter(added).length > 1;
}

function isAlikerThan(
  code: readonly string[],
  other: readonly string[],
  { original, before, after }: EditPlace,
): boolean {
  const [there, file] = [wordsOf(original), wordsOf(before + original + after)];
  const like = (lines: readonly string[]): number => {
    const words = wordsOf(lines.join('\n'));
    return Math.max(likeness01(words, there), likeness01(words, file));
  };
  return like(code) > like(other);
}

/** As the document has it: with the blank lines around the lines in question, and its line ends. */
function inDocument(code: readonly string[], { original, lineEnd }: EditPlace): string {
  const there = linesOf(original);
  const mark = original.startsWith('\ufeff') ? '\ufeff' : '';
  const first = there.findIndex((line) => !isBlank(line));
  if (first === -1) return mark + withoutBlankEnds(code).join(lineEnd);
  const last = there.findLastIndex((line) => !isBlank(line));
  const told = withoutBlankEnds(code);
  return mark + [...there.slice(0, first), ...told, ...there.slice(last + 1)].join(lineEnd);
}
