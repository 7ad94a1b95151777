import { indentationOf } from '../../../../src/text/edits/indentation';
import type { Chance } from './random';
import type { CorpusLanguage, Source } from './sources';

/** Some lines of a real file, and what they are to become. Lines from 1. */
export interface CorpusEdit {
  readonly source: Source;
  readonly rule: string;
  readonly instruction: string;
  readonly selection: string;
  readonly first: number;
  readonly last: number;
  readonly lines: readonly string[];
}

/** The document once the edit is made as it was meant. */
export function intended({ source, first, last, lines }: CorpusEdit): string {
  const all = source.text.split('\n');
  return [...all.slice(0, first - 1), ...lines, ...all.slice(last)].join('\n');
}

interface Ways {
  readonly comment: string;
  readonly statement: string;
  readonly wrap: readonly [head: string, tail: string | undefined] | undefined;
  readonly definition: RegExp;
  readonly parameter: string;
}

const ways: Readonly<Record<CorpusLanguage, Ways>> = {
  python: {
    comment: '#',
    statement: 'print("checked")',
    wrap: ['if True:', undefined],
    definition: /^\s*def \w+\([^)]+\)/,
    parameter: ', extra=None)',
  },
  typescript: {
    comment: '//',
    statement: "console.log('checked');",
    wrap: ['if (true) {', '}'],
    definition: /function \w+\([^)]+\)/,
    parameter: ', extra?: number)',
  },
  go: {
    comment: '//',
    statement: 'println("checked")',
    wrap: ['if true {', '}'],
    definition: /^func .*\w+\([^)]+\)/,
    parameter: ', extra int)',
  },
  java: {
    comment: '//',
    statement: 'System.out.println("checked");',
    wrap: ['if (true) {', '}'],
    definition: /^\s*(?:public|private|protected) .*\w+\([^)]+\)/,
    parameter: ', int extra)',
  },
  shellscript: {
    comment: '#',
    statement: 'echo checked',
    wrap: ['if true; then', 'fi'],
    definition: /^$/,
    parameter: '',
  },
  yaml: { comment: '#', statement: 'checked: true', wrap: undefined, definition: /^$/, parameter: '' },
  css: {
    comment: '/* checked */',
    statement: 'color: red;',
    wrap: undefined,
    definition: /^$/,
    parameter: '',
  },
};

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
const isBlank = (line: string): boolean => line.trim() === '';

/** One edit of a file, chosen by chance; undefined where the rule finds nothing to do in the lines. */
export function editOf(source: Source, by: Chance): CorpusEdit | undefined {
  const all = source.text.split('\n');
  const end = all.at(-1) === '' ? all.length - 1 : all.length;
  const selection = by.of(['line', 'block', 'block', 'block', 'function', 'start', 'end', 'file']);
  const [first, last] = selected(all, end, selection, source, by);
  if (first === undefined || last === undefined) return undefined;
  const lines = all.slice(first - 1, last);
  if (lines.every(isBlank)) return undefined;
  const [rule, instruction, make] = by.of(rules);
  const made = make(lines, ways[source.languageId], by, indentUnit(all));
  if (made === undefined || made.join('\n') === lines.join('\n')) return undefined;
  return { source, rule, instruction, selection, first, last, lines: made };
}

function indentUnit(all: readonly string[]): string {
  return all.some((line) => line.startsWith('\t')) ? '\t' : ' '.repeat(indentationOf(all).unit || 4);
}

function selected(
  all: readonly string[],
  end: number,
  selection: string,
  { languageId }: Source,
  by: Chance,
): readonly [number?, number?] {
  if (selection === 'file') return end <= 150 ? [1, end] : [];
  if (selection === 'start') return [1, Math.min(end, 3 + by.below(12))];
  if (selection === 'end') return [Math.max(1, end - 3 - by.below(12)), end];
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const first = 1 + by.below(end);
    const line = all[first - 1] ?? '';
    if (isBlank(line)) continue;
    if (selection === 'line') return [first, first];
    if (selection === 'function' && !ways[languageId].definition.test(line)) continue;
    const last = blockEnd(all, first, end);
    if (last > first && last - first < 40) return [first, last];
  }
  return [];
}

/** A line, the ones further in below it, and what closes them. */
function blockEnd(all: readonly string[], first: number, end: number): number {
  const margin = indentOf(all[first - 1] ?? '').length;
  let last = first;
  for (let at = first; at < end; at += 1) {
    const line = all[at] ?? '';
    if (isBlank(line)) continue;
    const closes = /^\s*(?:[}\])]|fi\b|done\b|esac\b)/.test(line);
    const { length } = indentOf(line);
    if (length < margin || (length === margin && !closes)) break;
    last = at + 1;
    if (length === margin && closes && !/[{([]$/.test(line)) break;
  }
  return last;
}

type Made = readonly string[] | undefined;
type Rule = readonly [
  name: string,
  instruction: string,
  make: (lines: readonly string[], ways: Ways, by: Chance, unit: string) => Made,
];

const rules: readonly [Rule, ...Rule[]] = [
  ['rename', 'Rename it', rename],
  [
    'insert',
    'Say that it was checked',
    (lines, { statement }, by) => put(lines, by, (margin) => `${margin}${statement}`),
  ],
  ['delete', 'Remove that line', remove],
  ['literal', 'Make the number one larger', literal],
  ['wrap', 'Only if it is true', wrapped],
  [
    'comment',
    'Comment it',
    (lines, { comment }, by) =>
      put(lines, by, (margin) =>
        comment.startsWith('/*') ? margin + comment : `${margin}${comment} was checked by hand`,
      ),
  ],
  ['signature', 'Take another argument', signature],
];

function rename(lines: readonly string[], _ways: Ways, by: Chance): Made {
  const [first, ...names] = new Set(lines.join('\n').match(/\b[a-z][a-zA-Z_]{4,}\b/g) ?? []);
  if (first === undefined) return undefined;
  const name = by.of([first, ...names]);
  return lines.map((line) => line.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}Renamed`));
}

/** Before a line that says something, as far in as it is. */
function put(lines: readonly string[], by: Chance, make: (margin: string) => string): Made {
  const at = by.below(lines.length);
  const line = lines[at] ?? '';
  return isBlank(line) ? undefined : [...lines.slice(0, at), make(indentOf(line)), ...lines.slice(at)];
}

function remove(lines: readonly string[], _ways: Ways, by: Chance): Made {
  const at = by.below(lines.length);
  const [line = '', next = ''] = lines.slice(at, at + 2);
  const opens = indentOf(next).length > indentOf(line).length;
  const isAtEdge = isBlank(lines[at - 1] ?? '') || isBlank(next);
  return lines.length < 3 || isBlank(line) || opens || isAtEdge ? undefined : lines.toSpliced(at, 1);
}

function literal(lines: readonly string[], _ways: Ways, by: Chance): Made {
  const at = by.below(lines.length);
  const line = lines[at] ?? '';
  const number = /\b\d{1,6}\b/.exec(line)?.[0];
  return number === undefined ? undefined : lines.with(at, line.replace(number, String(Number(number) + 1)));
}

function wrapped(lines: readonly string[], { wrap }: Ways, _by: Chance, unit: string): Made {
  if (wrap === undefined || isBlank(lines[0] ?? '') || isBlank(lines.at(-1) ?? '')) return undefined;
  const goesOut = lines.some(
    (line) => !isBlank(line) && indentOf(line).length < indentOf(lines[0] ?? '').length,
  );
  if (goesOut) return undefined;
  const margin = indentOf(lines.find((line) => !isBlank(line)) ?? '');
  const [head, tail] = wrap;
  const within = lines.map((line) => (isBlank(line) ? line : unit + line));
  return [`${margin}${head}`, ...within, ...(tail === undefined ? [] : [`${margin}${tail}`])];
}

function signature(lines: readonly string[], { definition, parameter }: Ways): Made {
  const at = lines.findIndex((line) => definition.test(line));
  return at === -1
    ? undefined
    : lines.with(
        at,
        (lines[at] ?? '').replace(definition, (head) => head.slice(0, -1) + parameter),
      );
}
