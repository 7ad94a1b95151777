import { lostIn } from './encodings';

/** The texts of a file before and after a change, decoded; undefined: it was not there, or can't be read. */
export interface Sides {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The changes to one file, with the lines in which the diff has lost characters as they stand in the file: git prints
 * bytes, and what reads them takes them for UTF-8. A line that isn't found stays as it is.
 */
export function withDecodedLines(diff: string, sides: Sides): string {
  const before = sides.before?.split('\n') ?? [];
  const after = sides.after?.split('\n') ?? [];
  let [old, fresh] = [0, 0];
  let inHunk = false;
  return diff
    .split('\n')
    .map((line) => {
      const hunk = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/.exec(line);
      if (hunk !== null) {
        inHunk = true;
        [old, fresh] = [Number(hunk[1]), Number(hunk[2])];
        // What follows the marks is a line of the file that the diff doesn't number.
        return lostIn(line) === 0 ? line : hunk[0];
      }
      const sign = line.charAt(0);
      if (!inHunk || !['+', '-', ' '].includes(sign)) return line;
      const known = sign === '-' ? before[old - 1] : after[fresh - 1];
      if (sign !== '+') old += 1;
      if (sign !== '-') fresh += 1;
      return lostIn(line) === 0 || known === undefined || !isSame(line.slice(1), known) ? line : sign + known;
    })
    .join('\n');
}

/** Whether a line may be the same as the decoded one: files change while they are read. */
function isSame(line: string, known: string): boolean {
  const [beginning = ''] = /^\p{ASCII}*/u.exec(line) ?? [];
  return known.startsWith(beginning) && line.endsWith('\r') === known.endsWith('\r');
}
