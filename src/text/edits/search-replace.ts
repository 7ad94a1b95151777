import type { Change, Step } from './changes';

/** Blocks that say what to search and what to put there, as several tools ask their models for. */
export interface SearchReplace {
  readonly changes: readonly Change[];
  /** The last one has no end. */
  readonly cut: boolean;
}

const searchWords = /SEARCH|ORIGINAL|OLD|BEFORE|FIND/i;

/**
 * The SEARCH/REPLACE blocks of an answer, fenced or not; undefined where it has none. Between `<<<<<<< SEARCH` (or
 * `------- SEARCH`) and `=======` stands what to search, up to `>>>>>>> REPLACE` (or `+++++++ REPLACE`) what comes there.
 */
export function searchReplaceOf(lines: readonly string[]): SearchReplace | undefined {
  const changes: Change[] = [];
  let phase: 'outside' | 'search' | 'base' | 'replace' = 'outside';
  let steps: Step[] = [];
  let line: number | undefined;
  let file = '';
  let lead = '';
  for (const text of lines) {
    if (phase === 'outside') {
      if (beginsSearch(text)) {
        phase = 'search';
        steps = [];
        line = undefined;
        file = fileOf(lead) ?? file;
      } else if (text.trim() !== '' && !/^\s*(```|~~~)/.test(text)) lead = text;
    } else if (phase === 'search') {
      const told = steps.length === 0 ? /^:start_line:\s{0,9}(\d{1,9})/.exec(text.trim())?.[1] : undefined;
      if (told !== undefined) line = Number(told);
      else if (isDivider(text)) phase = 'replace';
      else if (/^\|{5,}/.test(text.trim())) phase = 'base';
      else if (steps.length > 0 || !isHead(text)) steps.push({ kind: 'drop', text });
    } else if (phase === 'base') {
      if (isDivider(text)) phase = 'replace';
    } else if (endsReplace(text)) {
      changes.push({ steps: paired(steps), line, file });
      phase = 'outside';
      lead = '';
    } else steps.push({ kind: 'add', text });
  }
  const cut = phase !== 'outside';
  return changes.length === 0 && !cut ? undefined : { changes, cut };
}

function beginsSearch(line: string): boolean {
  const text = line.trim().replace(/^`{3,20}\w{0,20}(?=<)/, '');
  return text.length < 100 && /^(?:<{5,9}|-{5,9}) ?[\w<> ]+$/.test(text) && searchWords.test(text);
}

function isDivider(line: string): boolean {
  return /^={5,9}$/.test(line.trim());
}

function endsReplace(line: string): boolean {
  return /^(?:>{5,9}|\+{5,9})(?: ?\w{1,20})?$/.test(line.trim());
}

/** Other lines that stand before what is searched: `:end_line:12`, `-------`. */
function isHead(line: string): boolean {
  return /^(?::end_line:.{0,20}|-{5,9})$/.test(line.trim());
}

/** "src/a.ts", "**src/a.ts**:", "File: src/a.ts", "### `a.ts`". */
function fileOf(line: string): string | undefined {
  return line.length > 300 ? undefined : /([^\s`*:"'()]+\.\w{1,10})[`*:"')]*\s*$/.exec(line)?.[1];
}

/** Lines that stand at the beginning or at the end of both sides stay. */
function paired(steps: readonly Step[]): readonly Step[] {
  const old = steps.filter(({ kind }) => kind === 'drop');
  const now = steps.filter(({ kind }) => kind === 'add');
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head]?.text === now[head]?.text) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail)?.text === now.at(-1 - tail)?.text) tail += 1;
  const keep = ({ text }: Step): Step => ({ kind: 'keep', text });
  return [
    ...old.slice(0, head).map(keep),
    ...old.slice(head, old.length - tail),
    ...now.slice(head, now.length - tail),
    ...old.slice(old.length - tail).map(keep),
  ];
}

/** Code with git's marks of a conflict in it: what stands below is the new one. */
export interface Resolved {
  readonly lines: readonly string[];
  /** What stood above, of each conflict. */
  readonly above: readonly (readonly string[])[];
}

/** Code without its conflicts; undefined where it has none. */
export function resolvedConflicts(code: readonly string[]): Resolved | undefined {
  const lines: string[] = [];
  const above: string[][] = [];
  let phase: 'outside' | 'above' | 'base' | 'below' = 'outside';
  for (const line of code) {
    if (phase === 'outside') {
      if (/^<{7}(?: |$)/.test(line)) {
        phase = 'above';
        above.push([]);
      } else lines.push(line);
    } else if (/^>{7}(?: |$)/.test(line)) phase = 'outside';
    else if (/^={7}$/.test(line)) phase = 'below';
    else if (/^\|{7}/.test(line)) phase = 'base';
    else if (phase === 'above') above.at(-1)?.push(line);
    else if (phase === 'below') lines.push(line);
  }
  return above.length === 0 ? undefined : { lines, above };
}
