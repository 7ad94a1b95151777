/**
 * Where a cursor is in a conduit.yaml, by indentation alone: a file that is just being written is rarely valid YAML,
 * and that is when help is wanted.
 */
export interface CursorContext {
  /** The keys above, outermost first; the items of a list are '[]'. */
  readonly path: readonly string[];
  /** The key whose value the cursor is in; undefined: the cursor is where a key goes. */
  readonly key: string | undefined;
  /** What is written before the cursor of the key or value. */
  readonly typed: string;
  /** The other keys of the same mapping. */
  readonly siblings: readonly string[];
}

interface Line {
  /** Columns before the first "- ", from 0. */
  readonly indent: number;
  /** Columns before the key: behind the dashes. */
  readonly content: number;
  readonly dashes: number;
  readonly text: string;
}

const keyPattern = /^([\w.-]+)\s*:(?=\s|$)/;

/** The context at a place, line and column from 1; undefined within a comment. */
export function contextAt(text: string, line: number, column: number): CursorContext | undefined {
  const lines = text.split(/\r?\n/);
  const before = (lines[line - 1] ?? '').slice(0, column - 1);
  if (/(^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''))) return undefined;
  const current = readLine(before);
  const flow = flowOf(current.text);
  const above = pathAbove(lines, line - 1, current);
  if (flow !== undefined) return { ...flow, path: [...above, ...flow.path] };
  const key = keyPattern.exec(current.text);
  const siblings = siblingsOf(lines, line - 1, current);
  if (key === null) return { path: above, key: undefined, typed: current.text, siblings };
  return { path: above, key: key[1], typed: current.text.slice(key[0].length).trimStart(), siblings };
}

function readLine(text: string): Line {
  const [, space = '', dashes = '', rest = ''] = /^(\s*)((?:-(?:\s+|$))*)([^]*)$/.exec(text) ?? [];
  return {
    indent: space.length,
    content: space.length + dashes.length,
    dashes: dashes.replace(/\s/g, '').length,
    text: rest,
  };
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || /^\s*(#.*)?$/.test(text);
}

/** The keys that the lines above open for a line. */
function pathAbove(lines: readonly string[], at: number, current: Line): readonly string[] {
  const path: string[] = [];
  let { content: limit, indent } = current;
  let inList = current.dashes > 0;
  if (inList) path.unshift('[]');
  for (let index = at - 1; index >= 0 && (limit > 0 || inList); index -= 1) {
    if (isBlank(lines[index])) continue;
    const line = readLine(lines[index] ?? '');
    const key = keyPattern.exec(line.text)?.[1];
    if (inList) {
      // A list may stand as far left as its key.
      if (line.dashes > 0 ? line.content > indent : line.content > indent) continue;
      if (line.dashes > 0 && line.indent === indent) continue;
      if (key === undefined) continue;
    } else if (line.content === limit && line.dashes > 0) {
      path.unshift('[]');
      indent = line.indent;
      inList = true;
      continue;
    } else if (line.content >= limit || key === undefined) continue;
    path.unshift(key);
    limit = line.content;
    inList = line.dashes > 0;
    if (inList) {
      path.unshift('[]');
      indent = line.indent;
    }
  }
  return path;
}

/** The keys of the lines around that are in the same mapping. */
function siblingsOf(lines: readonly string[], at: number, current: Line): readonly string[] {
  const keys: string[] = [];
  const walk = (step: 1 | -1): void => {
    for (let index = at + step; index >= 0 && index < lines.length; index += step) {
      if (isBlank(lines[index])) continue;
      const line = readLine(lines[index] ?? '');
      if (line.content < current.content) return;
      if (step === 1 && line.dashes > 0 && line.content === current.content) return;
      const key = keyPattern.exec(line.text)?.[1];
      if (line.content === current.content && key !== undefined) keys.push(key);
      if (step === -1 && line.dashes > 0 && line.content === current.content) return;
    }
  };
  if (current.dashes === 0) walk(-1);
  walk(1);
  return keys;
}

/** No key is longer: what stands before a brace is looked at again and again where many follow each other. */
const longestKey = 200;

function keyIn(text: string, start: number, end: number): string | undefined {
  return end - start > longestKey ? undefined : keyPattern.exec(text.slice(start, end).trim())?.[1];
}

/** The context within `{ … }` of one line, where the cursor is in one. */
function flowOf(text: string): CursorContext | undefined {
  const outside = keyPattern.exec(text);
  const open: { readonly key: string | undefined; readonly start: number }[] = [];
  let from = outside === null ? 0 : outside[0].length;
  const firstKey = outside?.[1];
  if (!/^\s*[{[]/.test(text.slice(from))) return undefined;
  let start = from;
  for (; from < text.length; from += 1) {
    const character = text[from];
    if (character === '{' || character === '[') {
      const key = open.length === 0 ? firstKey : keyIn(text, start, from);
      open.push({ key, start });
      start = from + 1;
    } else if (character === '}' || character === ']') {
      start = open.pop()?.start ?? start;
    } else if (character === ',') start = from + 1;
  }
  if (open.length === 0) return undefined;
  const entry = text.slice(start).trimStart();
  const path = open.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const siblings = text
    .slice(open.at(-1)?.start ?? 0, start)
    .split(/[,{]/)
    .flatMap((piece) => keyPattern.exec(piece.trim())?.[1] ?? []);
  const key = keyPattern.exec(entry);
  if (key === null) return { path, key: undefined, typed: entry, siblings };
  return { path, key: key[1], typed: entry.slice(key[0].length).trimStart(), siblings };
}
