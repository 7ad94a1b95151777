import { indentOf, isBlank } from './edit-place';

/** How lines are indented. */
export interface Indentation {
  /** Undefined: nothing tells, or both are there. */
  readonly with: 'tabs' | 'spaces' | undefined;
  /** Spaces of one level; 0: nothing tells. */
  readonly unit: number;
}

/** The same, measured over all of some lines. */
export function indentationOf(lines: readonly string[]): Indentation {
  let tabs = 0;
  let spaces = 0;
  const steps = new Map<number, number>();
  let last: number | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = indentOf(line);
    if (indent.startsWith('\t')) tabs += 1;
    // One blank more is the second line of a comment.
    else if (indent.length > 1) spaces += 1;
    const step = indent.length - (last ?? indent.length);
    last = indent.length;
    if (step > 1 && !indent.includes('\t')) steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const [most] = [...steps].toSorted((one, other) => other[1] - one[1] || one[0] - other[0]);
  const kind = tabs > 0 && spaces === 0 ? 'tabs' : spaces > 0 && tabs === 0 ? 'spaces' : undefined;
  return { with: kind, unit: most?.[0] ?? 0 };
}

/** Spaces that the lines within a block stand further in than the line that opens it; 0: no block tells. */
export function blockUnit(lines: readonly string[]): number {
  const told = lines.filter((line) => !isBlank(line));
  const steps = told.flatMap((line, index) => {
    const next = told[index + 1];
    const opens = /[:{]$|\b(?:then|do)$/.test(line.trimEnd().slice(-10));
    const step = next === undefined || !opens ? 0 : indentOf(next).length - indentOf(line).length;
    return step > 0 ? [step] : [];
  });
  return steps.reduce((least, step) => (least === 0 ? step : Math.min(least, step)), 0);
}

/** The kind that most lines have. */
export function usualKind(lines: readonly string[]): Indentation['with'] {
  let more = 0;
  for (const line of lines) {
    if (line.startsWith('\t')) more += 1;
    else if (line.startsWith('  ')) more -= 1;
  }
  return more > 0 ? 'tabs' : more < 0 ? 'spaces' : undefined;
}

/** A line with a level of tabs for each so many spaces; what is left stays blanks. */
export function withTabs(line: string, unit: number): string {
  const { length } = indentOf(line);
  return '\t'.repeat(Math.floor(length / unit)) + ' '.repeat(length % unit) + line.slice(length);
}

/** A line with so many spaces for each tab of its margin. */
export function withSpaces(line: string, unit: number): string {
  const indent = indentOf(line);
  return indent.replaceAll('\t', ' '.repeat(unit)) + line.slice(indent.length);
}
