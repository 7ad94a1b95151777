import { indentOf, isBlank } from './edit-place';
import { isTelling, isVersionOf, knownLine } from './likeness';

/** The lines of an original that those of a code are. */
export interface Aligned {
  /** For each line the one that it is, or is a new version of; -1: none. They don't cross. */
  readonly partners: readonly number[];
  /** There was no choice behind a placeholder, and no lines are passed over without one. */
  readonly sure: boolean;
}

/** What passing over a line of the original costs where no placeholder stands for it. */
const passingCost = 0.2;
/** More lines that are passed over, and for which none came, were perhaps not meant to go. */
const mostPassed = 2;

/**
 * Pairs that are worth the most together. Where that leaves a choice, a line behind a placeholder is a late one, and any
 * other an early one: so the placeholder stands for as much as it can. The lines say something.
 */
export function aligned(
  own: readonly string[],
  original: readonly string[],
  isBehindPlaceholder: (row: number) => boolean,
): Aligned {
  const [lines, there] = [own, original].map((all) => all.map(knownLine));
  const worth = (row: number, column: number): number => {
    const [line, other] = [own[row] ?? '', original[column] ?? ''];
    if (isBlank(other)) return 0;
    const sameMargin = indentOf(line) === indentOf(other) ? 0.25 : 0;
    if (line.trim() === other.trim()) return (isTelling(line) ? 3 : 0.5) + sameMargin;
    const [one, two] = [lines?.[row], there?.[column]];
    return one !== undefined && two !== undefined && isVersionOf(one, two) ? 0.6 + sameMargin : 0;
  };
  const cost = (row: number): number => (row === 0 || isBehindPlaceholder(row) ? 0 : passingCost);
  const width = original.length + 1;
  const best = new Float64Array((own.length + 1) * width);
  for (let row = own.length - 1; row >= 0; row -= 1)
    for (let column = original.length - 1; column >= 0; column -= 1) {
      const pair = worth(row, column);
      const at = row * width + column;
      best[at] = Math.max(
        best[at + width] ?? 0,
        (best[at + 1] ?? 0) - cost(row),
        pair === 0 ? 0 : pair + (best[at + width + 1] ?? 0),
      );
    }

  const partners: number[] = [];
  const last = original.findLastIndex((line) => !isBlank(line));
  let sure = true;
  let column = 0;
  for (let row = 0; row < own.length; row += 1) {
    const found: number[] = [];
    for (let each = column; each < original.length; each += 1) {
      const at = row * width + each;
      const pair = worth(row, each);
      if (pair > 0 && best[at] === pair + (best[at + width + 1] ?? 0)) found.push(each);
      const goesOn = best[at] === (best[at + 1] ?? 0) - cost(row);
      if (!goesOn || (found.length > 0 && !isBehindPlaceholder(row))) break;
    }
    const partner = found.at(-1) ?? -1;
    partners.push(partner);
    // The last line is the last one.
    if (found.length > 1 && (row < own.length - 1 || partner < last)) sure = false;
    if (partner !== -1) column = partner + 1;
  }
  return { partners, sure: sure && !passesOver(own, partners, original, isBehindPlaceholder) };
}

/** Where lines are passed over that nothing came for, or beside a line that may be the new version of another one. */
function passesOver(
  own: readonly string[],
  partners: readonly number[],
  original: readonly string[],
  isBehindPlaceholder: (row: number) => boolean,
): boolean {
  let previous: number | undefined;
  let wasVersion = false;
  let came = 0;
  for (const [row, partner] of partners.entries()) {
    if (isBehindPlaceholder(row)) previous = undefined;
    if (partner === -1) {
      came += 1;
      continue;
    }
    const isVersion = own[row]?.trim() !== original[partner]?.trim();
    const between = original.slice((previous ?? partner) + 1, partner);
    const passed = between.filter((line) => !isBlank(line)).length;
    if (passed > came + mostPassed || (passed > 0 && (isVersion || wasVersion))) return true;
    previous = partner;
    wasVersion = isVersion;
    came = 0;
  }
  return false;
}
