import type { Change, Step } from './changes';

/** A diff as models write it: what its headers count is seldom right, and so only its lines count. */
export interface Diff {
  readonly changes: readonly Change[];
  /** The lines of a file that the diff makes anew; undefined: none. */
  readonly wholeFile: readonly string[] | undefined;
}

const hunkHeader = /^@@(?: -(\d{1,9})[\d, +-]{0,40}@@| |$|@@)/;
const fileHeader = /^\*\*\* (Update|Add|Delete) File: (.+)$/;

/** True for lines that can only be of a diff. */
export function hasDiffHeaders(lines: readonly string[]): boolean {
  return lines.some(
    (line, index) =>
      /^@@ -\d/.test(line) ||
      /^\*\*\* (Begin Patch|(Update|Add) File: )/.test(line) ||
      (line.startsWith('--- ') && (lines[index + 1] ?? '').startsWith('+++ ')),
  );
}

/** The changes of a diff: unified, or as `*** Begin Patch` has them. Text before its first header is passed over. */
export function diffOf(lines: readonly string[], headed: boolean): Diff {
  const changes: Change[] = [];
  let steps: Step[] = [];
  let line: number | undefined;
  let file = '';
  let within = !headed;
  const close = (): void => {
    if (steps.some(({ kind }) => kind !== 'keep')) changes.push({ steps, line, file });
    steps = [];
    line = undefined;
  };
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index] ?? '';
    const next = lines[index + 1] ?? '';
    const named = fileHeader.exec(text)?.[2];
    const begins = text.startsWith('--- ') && next.startsWith('+++ ');
    if (named !== undefined || begins) {
      close();
      file = (named ?? next.slice(4).split('\t', 1)[0] ?? '').trim();
      within = true;
      if (begins) index += 1;
    } else if (hunkHeader.test(text)) {
      close();
      const told = hunkHeader.exec(text)?.[1];
      line = told === undefined ? undefined : Number(told);
      within = true;
    } else if (/^(diff --git |\*\*\* Begin Patch|\*\*\* Move to: )/.test(text)) {
      close();
      within = true;
    } else if (/^(\*\*\* End|```|~~~)/.test(text)) {
      close();
      // Only a fence can end the diff: another file may follow a patch's end.
      within = !headed;
    } else if (within && !isBeside(text, steps)) steps.push(stepOf(text));
  }
  close();
  const all = changes.flatMap((change) => change.steps);
  const isNew = all.length > 0 && all.every(({ kind, text }) => kind === 'add' || text.trim() === '');
  return { changes, wholeFile: isNew ? all.map(({ text }) => text) : undefined };
}

/** Lines between the headers of git's diffs. */
function isBeside(text: string, steps: readonly Step[]): boolean {
  return (
    // “\ No newline at end of file”, in whatever language.
    /^\\ \S/.test(text) ||
    (steps.length === 0 &&
      /^(index [0-9a-f]+\.\.|(new|old|deleted) (file )?mode |similarity index |rename (from|to) |Index: |={20})/.test(
        text,
      ))
  );
}

function stepOf(line: string): Step {
  if (line.startsWith('+')) return { kind: 'add', text: line.slice(1) };
  if (line.startsWith('-')) return { kind: 'drop', text: line.slice(1) };
  return { kind: 'keep', text: line.startsWith(' ') ? line.slice(1) : line };
}

/** Those of the file in question, where the diff is of several. */
export function changesOf(changes: readonly Change[], fileName: string): readonly Change[] {
  const files = new Set(changes.map(({ file }) => file));
  if (files.size < 2 || fileName === '') return changes;
  const own = changes.filter(({ file }) => file === '' || file.split(/[\\/]/).at(-1) === fileName);
  return own.length === 0 ? changes : own;
}
