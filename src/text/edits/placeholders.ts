import type { Doubt } from './doubt';
import { isBlank } from './edit-place';
import { aligned } from './align-lines';
import { lineLikeness01 } from './likeness';

/** A comment, or nothing but dots: what stands in it. */
const comment =
  /^(?:\{\/\*|\/\*+|<!--|\(\*|--\[\[|\/\/+|#+|--|;+|%+|"(?= )|')\s*([^]*?)\s*(?:\*\/\}?|-->|\*\)|\]\])?$/;
const dots = /^[[({<]?\s*(?:\.{3}|…)/;
const begins =
  /^\W*(?:the )?(?:(?:all )?existing|rest of|remaining|remainder|previous|(?:all )?other|same as|original|unchanged|omitted|unmodified)\b/i;
const ends =
  /\b(?:unchanged|unmodified|omitted|(?:remains?|stays?) (?:the same|unchanged|as (?:is|before|it is|they are))|the same|as before|(?:for|here for) brevity|goes here|here)\W*$/i;
const what =
  /\b(?:code|functions?|methods?|members?|class(?:es)?|implementation|logic|file|body|content|imports?|lines?|fields?|properties|before|above)\b/i;
/** Longer lines are no placeholders. */
const longest = 120;

/** True for a line that stands for code that was left out. `surely`: the words alone could be a comment's. */
function placeholderOf(line: string, languageId: string): { readonly surely: boolean } | undefined {
  const text = line.trim();
  if (text.length > longest) return undefined;
  // In Python three dots alone are code.
  if (/^(?:\.{3}|…)$/.test(text))
    return languageId === 'python' && text !== '…' ? undefined : { surely: true };
  const said = comment.exec(text)?.[1];
  if (said === undefined) return undefined;
  if (dots.test(said)) return { surely: true };
  if (!what.test(said) || !(begins.test(said) || ends.test(said))) return undefined;
  return { surely: /(?:\.{3}|…)$/.test(said) };
}

/** A comment alike to this share is the same one. */
const sameComment01 = 0.7;
/** Comments that only resemble placeholders are few. */
const mostCompared = 20;

/** For each line whether it is a placeholder. What stands in the original as it is was never one. */
export function placeholdersOf(
  code: readonly string[],
  original: readonly string[],
  languageId: string,
): readonly ({ readonly surely: boolean } | undefined)[] {
  const there = new Set(original.map((line) => line.trim()));
  const like = original
    .filter((line) => placeholderOf(line, languageId) !== undefined)
    .slice(0, mostCompared);
  return code.map((line) => {
    const found = there.has(line.trim()) ? undefined : placeholderOf(line, languageId);
    // Another version of a comment that was there is one too.
    return found !== undefined && like.some((each) => lineLikeness01(each, line) >= sameComment01)
      ? undefined
      : found;
  });
}

/** `{ ... }`, `{ /* ... *\/ }`: a body that was left out within a line. */
const bodyLeftOut = /\{\s*(?:\/\*\s*)?(?:\.{3}|…)\s*(?:\*\/\s*)?\}|\/\*\s*(?:\.{3}|…)/;

export interface Merged {
  readonly lines: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** More pairs of lines are not compared: then placeholders stay where they are, with a word about them. */
const mostPairs = 200_000;

/**
 * Code whose placeholders ("... existing code ...") gave way to the lines that they stand for. Those are the original's
 * between the neighbours of the placeholder. What stood in the original as it is was never one.
 */
export function withoutPlaceholders(
  code: readonly string[],
  original: readonly string[],
  languageId: string,
): Merged {
  const there = new Set(original.map((line) => line.trim()));
  const found = placeholdersOf(code, original, languageId);
  const inLine = code.some(
    (line, index) =>
      found[index] === undefined && line.length < 300 && bodyLeftOut.test(line) && !there.has(line.trim()),
  );
  const doubts: readonly Doubt[] = inLine ? ['placeholder'] : [];
  if (found.every((each) => each === undefined)) return { lines: code, doubts };
  const own = code.flatMap((line, index) =>
    found[index] !== undefined || isBlank(line) ? [] : [{ line, index }],
  );
  const behind = linesBehind(code, found);
  const pairs =
    own.length * original.length > mostPairs
      ? undefined
      : aligned(
          own.map(({ line }) => line),
          original,
          (row) => behind.has(own[row]?.index ?? -1),
        );
  const merged =
    pairs &&
    fill(
      code,
      original,
      found,
      own.map(({ index }) => index),
      pairs.partners,
    );
  if (merged !== undefined)
    return { lines: merged.lines, doubts: merged.sure && pairs?.sure === true ? doubts : ['placeholder'] };
  return { lines: code, doubts: found.some((each) => each?.surely) ? ['placeholder'] : doubts };
}

/** The lines that say something right behind a placeholder. */
function linesBehind(code: readonly string[], found: readonly unknown[]): ReadonlySet<number> {
  const behind = new Set<number>();
  let isBehind = false;
  for (const [index, line] of code.entries()) {
    if (found[index] !== undefined) isBehind = true;
    else if (!isBlank(line)) {
      if (isBehind) behind.add(index);
      isBehind = false;
    }
  }
  return behind;
}

/** Undefined where two placeholders could stand for the same lines. */
function fill(
  code: readonly string[],
  original: readonly string[],
  found: readonly ({ readonly surely: boolean } | undefined)[],
  indexes: readonly number[],
  partners: readonly number[],
): { readonly lines: readonly string[]; readonly sure: boolean } | undefined {
  if (partners.every((partner) => partner === -1)) return undefined;
  const [lastPaired, nextPaired] = pairedAround(partners);
  const lines: string[] = [];
  const isFilled = new Set<number>();
  let endsBlank = false;
  let next = 0;
  let sure = endsAreKept(code, original, found, indexes, partners);
  for (const [index, line] of code.entries()) {
    while (next < indexes.length && (indexes[next] ?? 0) < index) next += 1;
    const placeholder = found[index];
    if (placeholder === undefined) {
      // The blank lines beside a placeholder are the original's.
      if (!isBlank(line) || !endsBlank) lines.push(line);
      endsBlank &&= isBlank(line);
      continue;
    }
    const above = lastPaired[next - 1] ?? -1;
    const below = nextPaired[next] ?? -1;
    const from = above === -1 ? 0 : (partners[above] ?? 0) + 1;
    const to = below === -1 ? original.length : (partners[below] ?? 0);
    const left = original.slice(from, to);
    if (left.every(isBlank)) {
      // Words alone with nothing left out between their neighbours are a comment.
      if (!placeholder.surely) lines.push(line);
      // One between two lines that follow each other stands for something else.
      else if (above !== -1 && below !== -1 && left.length === 0) sure = false;
      else if (above !== -1 && below !== -1 && left.length > 0) {
        while (isBlank(lines.at(-1) ?? 'x')) lines.pop();
        for (const each of left) lines.push(each);
        endsBlank = true;
      }
      continue;
    }
    if (isFilled.has(from)) return undefined;
    isFilled.add(from);
    const lineAbove = above === next - 1 ? undefined : code[indexes[next - 1] ?? -1];
    const lineBelow = below === next || next >= indexes.length ? undefined : code[indexes[next] ?? -1];
    // A new line beside a placeholder was put in, unless it may be in the place of the one that is there.
    const [firstLeft, lastLeft] = [
      left.find((each) => !isBlank(each)),
      left.findLast((each) => !isBlank(each)),
    ];
    if (lineAbove !== undefined && mayBe(lineAbove, firstLeft)) sure = false;
    if (lineBelow !== undefined && mayBe(lineBelow, lastLeft)) sure = false;
    while (lines.length > 0 && isBlank(lines.at(-1) ?? '') && isBlank(left[0] ?? 'x')) lines.pop();
    for (const each of left) lines.push(each);
    endsBlank = isBlank(left.at(-1) ?? '');
  }
  return { lines, sure };
}

/** For each line the last one up to it that has a partner, and the next one from it on; -1: none. */
function pairedAround(partners: readonly number[]): readonly [readonly number[], readonly number[]] {
  const lasts: number[] = [];
  const nexts: number[] = [];
  let last = -1;
  for (const [index, partner] of partners.entries()) lasts.push((last = partner === -1 ? last : index));
  let next = -1;
  for (let index = partners.length - 1; index >= 0; index -= 1) {
    if (partners[index] !== -1) next = index;
    nexts[index] = next;
  }
  return [lasts, nexts];
}

/** Lines alike to this share may be versions of each other. */
const perhapsSame01 = 0.35;

function mayBe(line: string, other: string | undefined): boolean {
  return other !== undefined && lineLikeness01(line, other) > perhapsSame01;
}

/** False where lines at the beginning or the end of the original are gone with no placeholder that stands for them. */
function endsAreKept(
  code: readonly string[],
  original: readonly string[],
  found: readonly unknown[],
  indexes: readonly number[],
  partners: readonly number[],
): boolean {
  const first = partners.findIndex((partner) => partner !== -1);
  const last = partners.findLastIndex((partner) => partner !== -1);
  const gone = (lines: readonly string[]): number => lines.filter((line) => !isBlank(line)).length;
  const atHead = found.slice(0, indexes[first]).every((each) => each === undefined);
  const atTail = found.slice(indexes[last] ?? code.length).every((each) => each === undefined);
  return (
    (!atHead || gone(original.slice(0, partners[first])) <= first) &&
    (!atTail || gone(original.slice((partners[last] ?? 0) + 1)) <= partners.length - 1 - last)
  );
}
