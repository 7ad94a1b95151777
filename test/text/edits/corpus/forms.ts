import { structuredPatch } from 'diff';
import { indentationOf } from '../../../../src/text/edits/indentation';
import type { Chance } from './random';
import type { CorpusEdit } from './rules';
import { intended } from './rules';

/** How models write an answer. Each gives undefined where the edit can't be said so. */
export const forms = {
  plain: (edit) => edit.lines.join('\n'),
  fenced: (edit) => fenced(edit, edit.lines),
  chatty: (edit, by) =>
    by.of([
      `Sure! I changed what you asked for:\n\n${fenced(edit, edit.lines)}\n\nLet me know if there is anything else to do.`,
      `Here it is:${fenced(edit, edit.lines)} That is all.`,
      `1. Open \`${edit.source.fileName}\`.\n2. Put this there:\n\n   ${fenced(edit, edit.lines).replaceAll('\n', '\n   ')}\n\n3. Save.`,
    ]),
  thinking: (edit) =>
    `<think>\nThe user wants it so. Maybe:\n${fenced(edit, original(edit))}\nNo.\n</think>\n\n${fenced(edit, edit.lines)}`,
  'whole file': (edit) => fenced(edit, intended(edit).split('\n')),
  diff: (edit, by) => `\`\`\`diff\n${unified(edit, by)}\n\`\`\``,
  'search/replace': (edit, by) => searchReplace(edit, by),
  placeholder: (edit) => leftOut(edit),
  'wrong margin': (edit, by) => fenced(edit, wrongMargin(edit.lines, by)),
  tabs: (edit) => {
    const lines = otherBlanks(edit);
    return lines && fenced(edit, lines);
  },
  CRLF: (edit) => fenced(edit, edit.lines).replaceAll('\n', '\r\n'),
  'two blocks': (edit, by) =>
    by.of([
      `Before:\n${fenced(edit, original(edit))}\nAfter:\n${fenced(edit, edit.lines)}`,
      `\`\`\`console\n$ cat ${edit.source.fileName}\n\`\`\`\n${fenced(edit, edit.lines)}`,
      `${fenced(edit, edit.lines)}\nRun it:\n\`\`\`console\n$ run ${edit.source.fileName} --all --verbose --color\n\`\`\``,
    ]),
} satisfies Record<string, (edit: CorpusEdit, by: Chance) => string | undefined>;

export type Form = keyof typeof forms;

const names: Readonly<Record<string, string>> = { shellscript: 'bash', typescript: 'ts' };

function original({ source, first, last }: CorpusEdit): readonly string[] {
  return source.text.split('\n').slice(first - 1, last);
}

function fenced({ source: { languageId } }: CorpusEdit, lines: readonly string[]): string {
  const text = lines.join('\n');
  const marks = text.includes('```') ? '````' : '```';
  return `${marks}${names[languageId] ?? languageId}\n${text}\n${marks}`;
}

function hunksOf(edit: CorpusEdit) {
  const { fileName, text } = edit.source;
  return structuredPatch(fileName, fileName, text, intended(edit), '', '', { context: 3 }).hunks;
}

/** A unified diff whose numbers are right, wrong, or left out. */
function unified(edit: CorpusEdit, by: Chance): string {
  const { fileName } = edit.source;
  const numbers = by.of(['right', 'wrong', 'none']);
  const hunks = hunksOf(edit).map(({ oldStart, oldLines, newStart, newLines, lines }) => {
    const [from, of, to, count] =
      numbers === 'right' ? [oldStart, oldLines, newStart, newLines] : [oldStart + 7, 3, 1, 9];
    const head =
      numbers === 'none'
        ? '@@ ... @@'
        : `@@ -${String(from)},${String(of)} +${String(to)},${String(count)} @@`;
    return [head, ...lines.filter((line) => !line.startsWith('\\'))].join('\n');
  });
  return `--- a/${fileName}\n+++ b/${fileName}\n${hunks.join('\n')}`;
}

function searchReplace(edit: CorpusEdit, by: Chance): string {
  const [open, close] = by.of([
    ['<<<<<<< SEARCH', '>>>>>>> REPLACE'],
    ['------- SEARCH', '+++++++ REPLACE'],
    ['<<<<<<< ORIGINAL', '>>>>>>> UPDATED'],
  ]);
  const blocks = hunksOf(edit).map(({ lines }) => {
    const side = (sign: string): string =>
      lines
        .filter((line) => line.startsWith(sign) || line.startsWith(' '))
        .map((line) => line.slice(1))
        .join('\n');
    return `${open}\n${side('-')}\n=======\n${side('+')}\n${close}`;
  });
  return `${edit.source.fileName}\n${blocks.join('\n\n')}`;
}

/** The first line, what changes with a line on each side, and the last line; the rest is left out. */
function leftOut(edit: CorpusEdit): string | undefined {
  const old = original(edit);
  const { lines } = edit;
  let head = 0;
  while (head < old.length && head < lines.length && old[head] === lines[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < lines.length - head && old.at(-1 - tail) === lines.at(-1 - tail))
    tail += 1;
  // A line that says something is shown on each side.
  const tells = (line: string | undefined): boolean => /\w{2}/.test(line ?? 'is beyond the end');
  let from = Math.max(0, head - 1);
  while (!tells(lines[from])) from -= 1;
  let to = Math.min(lines.length, lines.length - tail + 1);
  while (!tells(lines[to - 1])) to += 1;
  if (from < 4 && lines.length - to < 4) return undefined;
  const comment =
    { python: '#', shellscript: '#', yaml: '#', css: '/*' }[edit.source.languageId as string] ?? '//';
  const close = comment === '/*' ? ' */' : '';
  const margin = /^[ \t]*/.exec(lines[from] ?? '')?.[0] ?? '';
  const placeholder = `${margin}${comment} ... existing code ...${close}`;
  const code = [
    ...(from < 4 ? lines.slice(0, from) : [...lines.slice(0, 1), placeholder]),
    ...lines.slice(from, to),
    ...(lines.length - to < 4 ? lines.slice(to) : [placeholder, ...lines.slice(-1)]),
  ];
  return fenced(edit, code);
}

/** All lines from the margin, the first one alone, or all four blanks further in. */
function wrongMargin(lines: readonly string[], by: Chance): readonly string[] {
  const told = lines.filter((line) => line.trim() !== '');
  const least = Math.min(...told.map((line) => line.length - line.trimStart().length));
  const way = by.of(['none', 'first', 'more']);
  if (way === 'first') return [(lines[0] ?? '').trimStart(), ...lines.slice(1)];
  if (way === 'none') return lines.map((line) => line.slice(Math.min(least, line.length)));
  return lines.map((line) => (line.trim() === '' ? line : `    ${line}`));
}

/** Tabs for the file's blanks, or four blanks for its tabs. */
function otherBlanks({ lines, source }: CorpusEdit): readonly string[] | undefined {
  const hasTabs = source.text.includes('\n\t');
  const unit = hasTabs ? 4 : indentationOf(source.text.split('\n')).unit;
  if (unit === 0 || (hasTabs && source.text.includes('\n  '))) return undefined;
  return lines.map((line) => {
    const margin = /^[ \t]*/.exec(line)?.[0] ?? '';
    const other = hasTabs
      ? margin.replaceAll('\t', '    ')
      : '\t'.repeat(Math.floor(margin.length / unit)) + ' '.repeat(margin.length % unit);
    return line.trim() === '' ? line : other + line.slice(margin.length);
  });
}
