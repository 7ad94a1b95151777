import { isLanguageName, isProse, namesOf } from './code-languages';
import { indentOf, isBlank } from './edit-place';

/** A block between fences, as a model wrote it. */
export interface FencedBlock {
  /** The first word behind the opening fence, in lower case; '' where there is none. */
  readonly language: string;
  /** All that stands behind the opening fence. */
  readonly info: string;
  /** The last line that says something before the block; '' where none is. */
  readonly lead: string;
  readonly lines: readonly string[];
  /** A fence ended it. */
  readonly closed: boolean;
}

export interface AnswerParts {
  readonly blocks: readonly FencedBlock[];
  /** What stands outside of the blocks. */
  readonly prose: readonly string[];
}

interface Opening {
  readonly marks: string;
  /** Columns before the marks. */
  readonly column: number;
  readonly info: string;
  /** Code that begins in the same line. */
  readonly code: string | undefined;
}

interface OpenBlock extends Opening {
  readonly lead: string;
  readonly lines: string[];
  /** Blocks within it that are open. */
  inner: number;
  /** Fences that say no language may be the code's own. */
  readonly holdsFences: boolean;
}

/**
 * The fenced blocks of an answer, by CommonMark's rules (a closing fence has as many marks, and stands at most three
 * columns further in than the opening one) and by what models do beside them: fences glued to text, within documents that
 * have as many marks, with words behind the closing one. A block whose end has not come goes as far as the answer does.
 * `holdsFences`: the code in question has fences that could end the block.
 */
export function fencedBlocks(
  lines: readonly string[],
  languageId: string,
  holdsFences: boolean,
): AnswerParts {
  const blocks: FencedBlock[] = [];
  const prose: string[] = [];
  const runs = bareRuns(lines);
  let lead = '';
  let open: OpenBlock | undefined;
  const close = (closed: boolean): void => {
    if (open === undefined) return;
    const { info, column } = open;
    // A block whose code doesn't stand as far in as its fences was not moved with them.
    const margin = open.lines.reduce(
      (least, line) => (isBlank(line) ? least : Math.min(least, columns(indentOf(line)))),
      column,
    );
    const code = margin <= 0 ? open.lines : open.lines.map((line) => withoutColumns(line, margin));
    blocks.push({ language: languageOf(info), info, lead: open.lead, lines: code, closed });
    open = undefined;
    lead = '';
  };
  for (const [index, line] of lines.entries()) {
    if (open === undefined) {
      const single = blockInOneLine(line, lead);
      if (single !== undefined) {
        blocks.push(single);
        continue;
      }
      const opened = openingOf(line);
      if (opened === undefined) {
        prose.push(line);
        if (!isBlank(line)) lead = line;
        continue;
      }
      const before = opened.column === gluedColumn ? line.slice(0, line.indexOf(opened.marks)) : '';
      const code = opened.code === undefined ? [] : [opened.code];
      open = {
        ...opened,
        lead: before === '' ? lead : before,
        lines: code,
        inner: 0,
        holdsFences: mayHold(opened, languageId, holdsFences),
      };
      continue;
    }
    const closes = closesBlock(line, open);
    // Fences that say nothing come in pairs within a document; the one that is left ends it.
    if (closes && open.inner === 0 && open.holdsFences && (runs[index] ?? 0) > 1) open.inner = 1;
    else if (closes && open.inner === 0) {
      close(true);
      continue;
    } else if (closes) open.inner -= 1;
    else if (opensWithin(line, open)) open.inner += 1;
    open.lines.push(line);
  }
  if (open !== undefined) {
    const { lines: code, rest } = cutAtGluedFence(open);
    open = { ...open, lines: [...code] };
    for (const line of rest) prose.push(line);
    close(rest.length > 0);
  }
  return { blocks, prose };
}

/** A column that no fence with a line of its own has. */
const gluedColumn = -1;

/**
 * What a line that opens a block says; undefined where it opens none. Model output is not matched with patterns that
 * can go back over what they took: on a long line they would take as long as its square.
 */
function openingOf(line: string): Opening | undefined {
  const item = /^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]+/.exec(line)?.[0] ?? '';
  const rest = line.slice(item.length);
  const text = rest.trimStart();
  const marks = marksAt(text);
  if (marks === '') return item === '' ? gluedOpening(line) : undefined;
  const info = text.slice(marks.length).trim();
  if (info.includes('`')) return undefined;
  const column = columns(item) + columns(rest.slice(0, rest.length - text.length));
  return { marks, column, ...infoAndCode(info) };
}

/** "Here it is:```ts": a sentence that a fence is glued to. */
function gluedOpening(line: string): Opening | undefined {
  const at = line.indexOf('```');
  if (at <= 0 || !/[:.!?)]\s*$/.test(line.slice(Math.max(0, at - 20), at))) return undefined;
  const marks = marksAt(line.slice(at));
  const info = line.slice(at + marks.length).trim();
  return /^[\w+#.-]{0,40}$/.test(info) ? { marks, column: gluedColumn, info, code: undefined } : undefined;
}

function marksAt(text: string): string {
  const sign = text.charAt(0);
  if (sign !== '`' && sign !== '~') return '';
  let length = 1;
  while (text.charAt(length) === sign) length += 1;
  return length < 3 ? '' : text.slice(0, length);
}

/** Longer words behind a fence are neither a language nor code. */
const longestInfo = 500;

/** Behind a fence there may be code: "```def f():", "```python def f():". */
function infoAndCode(info: string): Pick<Opening, 'info' | 'code'> {
  const first = /^\S*/.exec(info)?.[0] ?? '';
  if (info.length > longestInfo) return { info, code: undefined };
  if (!isLanguageName(first))
    return /[(){};=]/.test(info) && !/^\{|^\S+[:=]\S/.test(info)
      ? { info: '', code: info }
      : { info, code: undefined };
  const rest = info.slice(first.length).trim();
  return /[;:({)]$/.test(rest) && !/^[{(\[]/.test(rest)
    ? { info: first, code: rest }
    : { info, code: undefined };
}

/** "```python", "```{.python}", "```ts:src/a.ts", "```12:15:src/a.ts", "```src/a.ts". */
function languageOf(info: string): string {
  const first = (/^\S*/.exec(info)?.[0] ?? '').toLowerCase().replace(/^\{?\.?/, '');
  const [word = '', second = ''] = first.split(/[:,{}]/);
  const name = word === 'lang' || word === 'language' ? second : word.replace(/^lang(?:uage)?[=-]/, '');
  if (isLanguageName(name)) return name;
  return /\.([\w+#-]{1,20})$/.exec(first)?.[1] ?? name;
}

/** "```let a = 3;```" on a line of its own. */
function blockInOneLine(line: string, lead: string): FencedBlock | undefined {
  const text = line.trim();
  const marks = marksAt(text);
  if (marks === '' || text.length < 2 * marks.length + 1 || !text.endsWith(marks)) return undefined;
  const within = text.slice(marks.length, -marks.length);
  if (within.includes(marks.charAt(0))) return undefined;
  const first = /^\S*/.exec(within)?.[0] ?? '';
  const named = isLanguageName(first) && first.length < within.trim().length;
  const code = (named ? within.slice(first.length) : within).trim();
  const language = named ? first.toLowerCase() : '';
  return { language, info: language, lead, lines: [code], closed: true };
}

/** Models fence a document that has blocks of its own with no more marks than those: what they end is not the document. */
function opensWithin(line: string, { marks, column }: OpenBlock): boolean {
  if (columns(indentOf(line)) > Math.max(0, column) + 3) return false;
  const text = line.trimStart();
  const found = marksAt(text);
  const info = text.slice(found.length).trim();
  return found.startsWith(marks) && info !== '' && !info.includes('`');
}

function closesBlock(line: string, { marks, column, inner }: OpenBlock): boolean {
  if (columns(indentOf(line)) > Math.max(0, column) + 3) return false;
  const text = line.trim();
  const found = marksAt(text);
  if (!found.startsWith(marks)) return false;
  const rest = text.slice(found.length);
  // "``` That is all." opens no block: a language is one word.
  return (
    rest === '' ||
    (inner === 0 && /^\s+\S+\s+\S/.test(rest) && !isLanguageName(rest.trim().split(/\s/, 1)[0] ?? ''))
  );
}

/** True for a block that may have fences of its own with as many marks: a document, or code that has them already. */
function mayHold({ info, marks }: Opening, languageId: string, holdsFences: boolean): boolean {
  const language = languageOf(info);
  const isOwn = language === '' || namesOf(languageId).includes(language);
  return isOwn && marks.length === 3 && (holdsFences || (isProse(languageId) && language !== ''));
}

/** For each line how many fences that say no language follow each other from it on. */
function bareRuns(lines: readonly string[]): readonly number[] {
  const runs: number[] = [];
  let run = 0;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? '';
    const text = line.trim();
    const marks = marksAt(text);
    if (marks !== '' && columns(indentOf(line)) <= 3) run = text === marks ? run + 1 : 0;
    runs[index] = run;
  }
  return runs;
}

/**
 * Where a block has no end: the fence may be glued to the last line of the code ("return 1```"), or have come in part.
 */
function cutAtGluedFence({ lines, marks }: OpenBlock): {
  readonly lines: readonly string[];
  readonly rest: readonly string[];
} {
  const at = lines.findIndex((line) => {
    const text = line.trimEnd();
    return text.endsWith(marks) && text.indexOf(marks) === text.length - marks.length;
  });
  if (at !== -1 && lines.slice(at + 1).every((line) => marksAt(line.trim()) === '')) {
    const line = (lines[at] ?? '').trimEnd().slice(0, -marks.length);
    return { lines: [...lines.slice(0, at), line], rest: lines.slice(at + 1) };
  }
  const last = lines.at(-1)?.trim() ?? '';
  return { lines: last !== '' && marks.startsWith(last) ? lines.slice(0, -1) : lines, rest: [] };
}

/** Columns that blanks take, where tabs stop at every fourth. */
function columns(blanks: string): number {
  let column = 0;
  for (const sign of blanks) column += sign === '\t' ? 4 - (column % 4) : 1;
  return column;
}

/** A line without so many columns of blanks, or as many as it has. */
function withoutColumns(line: string, count: number): string {
  let at = 0;
  let column = 0;
  while (column < count && (line.charAt(at) === ' ' || line.charAt(at) === '\t')) {
    column += line.charAt(at) === '\t' ? 4 - (column % 4) : 1;
    at += 1;
  }
  return line.slice(at);
}
