import type { Doubt } from './doubt';
import type { PlaceLines } from './edit-place';
import { indentOf, isBlank } from './edit-place';

/** A line of a change: it stays, goes or comes. */
export interface Step {
  readonly kind: 'keep' | 'drop' | 'add';
  readonly text: string;
}

/** Lines that are to be found in a document, and what becomes of them. */
export interface Change {
  readonly steps: readonly Step[];
  /** The line, from 1, that the answer says they begin at. */
  readonly line: number | undefined;
  /** The file that they are said to be in; '' where nothing is said. */
  readonly file: string;
}

/** The lines in question with the changes made; undefined where none of them could be. */
export interface Placed {
  readonly lines: readonly string[] | undefined;
  readonly doubts: readonly Doubt[];
}

/** What takes the place of `count` lines at `at` of the document. */
interface Hunk {
  readonly at: number;
  readonly count: number;
  readonly lines: readonly string[];
}

/** Looking for a hostile change in a hostile document ends after so many comparisons of lines. */
const mostComparisons = 1_000_000;

/** Makes changes in the lines in question, each found in the document by its text. */
export function placeChanges(changes: readonly Change[], { before, original, after }: PlaceLines): Placed {
  const finder = createFinder([...before, ...original, ...after]);
  const [first, end] = [before.length, before.length + original.length];
  const doubts = new Set<Doubt>();
  const hunks: Hunk[] = [];
  let from = first;
  for (const change of changes) {
    const steps = withoutBlankKeeps(change.steps);
    if (steps.every(({ kind, text }) => kind === 'add' || isBlank(text))) {
      // An empty place, of which nothing has to be found.
      if (original.every(isBlank)) hunks.push({ at: first, count: original.length, lines: addedBy(steps) });
      else doubts.add('unplaced');
      continue;
    }
    const found = finder(steps);
    const within = found.filter((each) => isWithin(each.hunks, first, end));
    const chosen = chooseOf(within, change.line, first, from);
    if (chosen === undefined) {
      doubts.add(found.length > 0 ? 'outside' : 'unplaced');
      continue;
    }
    if (chosen.guessed) doubts.add('ambiguous');
    hunks.push(...chosen.found.hunks);
    from = chosen.found.end;
  }
  const ordered = hunks.toSorted((one, other) => one.at - other.at || one.count - other.count);
  const overlap = ordered.some(({ at, count }, index) => at + count > (ordered[index + 1]?.at ?? Infinity));
  if (overlap) return { lines: undefined, doubts: ['unplaced'] };
  if (hunks.length === 0 && doubts.size > 0) return { lines: undefined, doubts: [...doubts] };
  const lines: string[] = [];
  let done = first;
  for (const { at, count, lines: put } of ordered) {
    for (const line of original.slice(done - first, at - first)) lines.push(line);
    for (const line of put) lines.push(line);
    done = at + count;
  }
  for (const line of original.slice(done - first)) lines.push(line);
  return { lines, doubts: [...doubts] };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly hunks: readonly Hunk[];
}

function chooseOf(
  found: readonly Found[],
  line: number | undefined,
  first: number,
  from: number,
): { readonly found: Found; readonly guessed: boolean } | undefined {
  const [one, ...others] = found;
  if (one === undefined || others.length === 0) return one && { found: one, guessed: false };
  // Lines are counted from the beginning of the document, or of the lines in question.
  const told =
    line === undefined ? [] : found.filter(({ start }) => [line - 1, first + line - 1].includes(start));
  const [exact] = told;
  if (exact !== undefined && told.length === 1) return { found: exact, guessed: false };
  return { found: found.find(({ start }) => start >= from) ?? one, guessed: true };
}

function isWithin(hunks: readonly Hunk[], first: number, end: number): boolean {
  return hunks.every(({ at, count }) => at >= first && at + count <= end);
}

function addedBy(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ kind, text }) => (kind === 'drop' ? [] : [text]));
}

/** Blank lines around a change say nothing of where it is, and models add and leave them out. */
function withoutBlankKeeps(steps: readonly Step[]): readonly Step[] {
  const says = ({ kind, text }: Step): boolean => kind !== 'keep' || !isBlank(text);
  const first = steps.findIndex(says);
  return first === -1 ? [] : steps.slice(first, steps.findLastIndex(says) + 1);
}

/** Finds the lines of a change: as they are, else without blanks at their ends, else with another margin. */
function createFinder(document: readonly string[]): (steps: readonly Step[]) => readonly Found[] {
  const at = new Map<string, number[]>();
  for (const [index, line] of document.entries()) {
    const places = at.get(line.trim());
    if (places === undefined) at.set(line.trim(), [index]);
    else places.push(index);
  }
  let left = mostComparisons;
  const looser: readonly ((line: string) => string)[] = [
    (line) => line,
    (line) => line.trimEnd(),
    (line) => line.trim(),
  ];

  return (steps) => {
    const wanted = steps.filter(({ kind }) => kind !== 'add').map(({ text }) => text);
    const rarest = rarestOf(wanted, at);
    for (const read of looser) {
      const found: Found[] = [];
      for (const place of at.get((wanted[rarest] ?? '').trim()) ?? []) {
        const start = place - rarest;
        if (start < 0 || start + wanted.length > document.length) continue;
        let same = 0;
        while (same < wanted.length && read(wanted[same] ?? '') === read(document[start + same] ?? ''))
          same += 1;
        left -= same + 1;
        if (left < 0) return [];
        if (same < wanted.length) continue;
        const hunks = hunksAt(steps, start, document);
        if (hunks !== undefined) found.push({ start, end: start + wanted.length, hunks });
      }
      if (found.length > 0) return found;
    }
    return partsOfLines(steps, document);
  };
}

/** A part of one line that gives way to another: where it stands once in the document. */
function partsOfLines(steps: readonly Step[], document: readonly string[]): readonly Found[] {
  const [old, now, ...more] = steps;
  if (old?.kind !== 'drop' || now?.kind !== 'add' || more.length > 0) return [];
  const text = old.text.trim();
  const found = document.flatMap((line, start): readonly Found[] => {
    const at = line.indexOf(text);
    if (at === -1 || text === '') return [];
    if (line.includes(text, at + 1))
      return [
        { start, end: start, hunks: [] },
        { start, end: start, hunks: [] },
      ];
    const put = line.slice(0, at) + now.text.trim() + line.slice(at + text.length);
    return [{ start, end: start + 1, hunks: [{ at: start, count: 1, lines: [put] }] }];
  });
  return found.length === 1 ? found : [];
}

function rarestOf(wanted: readonly string[], at: ReadonlyMap<string, readonly number[]>): number {
  const often = wanted.map((line) => (isBlank(line) ? Infinity : (at.get(line.trim())?.length ?? 0)));
  let rarest = 0;
  for (const [index, count] of often.entries()) if (count < (often[rarest] ?? Infinity)) rarest = index;
  return rarest;
}

/** What a change does where it was found; undefined where the margin of a new line can't be told. */
function hunksAt(
  steps: readonly Step[],
  start: number,
  document: readonly string[],
): readonly Hunk[] | undefined {
  const margins = marginsOf(steps, start, document);
  const hunks: Hunk[] = [];
  let at = start;
  let open: { at: number; count: number; lines: string[] } | undefined;
  let lastKnown = '';
  let gone: string[] = [];
  for (const { kind, text } of steps) {
    if (kind !== 'add') lastKnown = indentOf(text);
    if (kind === 'keep') {
      if (open !== undefined) hunks.push(open);
      open = undefined;
      gone = [];
      at += 1;
      continue;
    }
    open ??= { at, count: 0, lines: [] };
    if (kind === 'drop') {
      gone.push(text);
      open.count += 1;
      at += 1;
      continue;
    }
    // The line that it comes for has the same margin.
    const pair = gone[open.lines.length];
    const line =
      pair !== undefined && !isBlank(pair) && !isBlank(text) && indentOf(pair) === indentOf(text)
        ? indentOf(document[open.at + open.lines.length] ?? '') + text.trimStart()
        : withMargin(text, margins, lastKnown);
    if (line === undefined) return undefined;
    open.lines.push(line);
  }
  if (open !== undefined) hunks.push(open);
  return hunks.flatMap((hunk) => shortened(hunk, document) ?? []);
}

/** Lines that go and come again at the ends of a hunk stay as they are. */
function shortened({ at, count, lines }: Hunk, document: readonly string[]): Hunk | undefined {
  let head = 0;
  while (head < count && head < lines.length && same(document[at + head], lines[head])) head += 1;
  let tail = 0;
  while (
    tail < count - head &&
    tail < lines.length - head &&
    same(document[at + count - 1 - tail], lines[lines.length - 1 - tail])
  )
    tail += 1;
  if (head + tail === count && head + tail === lines.length) return undefined;
  return { at: at + head, count: count - head - tail, lines: lines.slice(head, lines.length - tail) };
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one?.trimEnd() === other?.trimEnd();
}

/** What the margins of a change's lines are in the document; undefined where that differs. */
function marginsOf(
  steps: readonly Step[],
  start: number,
  document: readonly string[],
): ReadonlyMap<string, string | undefined> {
  const margins = new Map<string, string | undefined>();
  let at = start;
  for (const { kind, text } of steps) {
    if (kind === 'add') continue;
    const [own, there] = [indentOf(text), indentOf(document[at] ?? '')];
    if (!isBlank(text)) margins.set(own, margins.has(own) && margins.get(own) !== there ? undefined : there);
    at += 1;
  }
  return margins;
}

/** A new line with the margin that its own stands for: that of a line that has the same, else further in than one. */
function withMargin(
  text: string,
  margins: ReadonlyMap<string, string | undefined>,
  lastKnown: string,
): string | undefined {
  if (isBlank(text)) return '';
  const own = indentOf(text);
  const rest = text.slice(own.length);
  const known = margins.get(own);
  if (known !== undefined) return known + rest;
  // A diff whose unchanged lines lost the blank that marks them.
  const onlyMarks = [...margins].every(([from, to]) => from === to || ` ${from}` === to);
  if (onlyMarks) return text;
  const bases = [lastKnown, ...[...margins.keys()].toSorted((one, other) => other.length - one.length)];
  const base = bases.find((margin) => margins.has(margin) && own.startsWith(margin));
  const there = base === undefined ? undefined : margins.get(base);
  return base === undefined || there === undefined ? undefined : there + own.slice(base.length) + rest;
}
