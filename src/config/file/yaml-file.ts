import * as l10n from '@vscode/l10n';
import type { Document, DocumentOptions, Node, ParseOptions, SchemaOptions } from 'yaml';
import { Composer, isAlias, isCollection, isMap, isSeq, LineCounter, Parser, YAMLParseError } from 'yaml';
import type { TextEdit, PathSegment, Problem } from '../problem';
import { formatPath, mostProblems } from '../problem';
import { indentFlow } from './flow-indent';
import type { PlainDocument } from './plain-value';
import { readPlain } from './plain-value';
import { scalarTags } from './scalar-tags';

/** A YAML text that was read, with the place of every node. */
export interface YamlFile {
  /** What the text says; undefined where it has errors or says nothing. */
  readonly value: unknown;
  /** Errors of the syntax, and keys that are written twice: the first ones. */
  readonly problems: readonly Problem[];
  /**
   * A problem at the node of a path, or at the nearest one above it that exists; `onKey` marks its key. What an alias or
   * a merge brought is marked where it is written.
   */
  problemAt(
    severity: Problem['severity'],
    path: readonly PathSegment[],
    message: string,
    onKey?: boolean,
  ): Problem;
  /** The node of a path as it is written there; undefined where an alias or a merge brought it, or there is none. */
  nodeAt(path: readonly PathSegment[]): Node | undefined;
  /** The node of its key. */
  keyAt(path: readonly PathSegment[]): Node | undefined;
  /** Replaces the text between two offsets. */
  edit(start: number, end: number, text: string): TextEdit;
  /** The one file that a path is in, and its path there, where several are read as one. */
  ownerOf(path: readonly PathSegment[]): { readonly file: YamlFile; readonly path: readonly PathSegment[] };
}

/** In characters: room for a thousand models. The parser runs on the editor's own thread. */
const longestText = 250_000;

/** What was read last: a key or a setting that changes has the same files read again. */
const lastRead = new Map<string, YamlFile>();
const mostRemembered = 4;

/** Reads a YAML text as LiteLLM's reader does. Never throws: what can't be read is a problem at its line. */
export function readYaml(text: string): YamlFile {
  const known = lastRead.get(text);
  const file = known ?? readAnew(text);
  lastRead.delete(text);
  lastRead.set(text, file);
  const [oldest] = lastRead.keys();
  if (lastRead.size > mostRemembered && oldest !== undefined) lastRead.delete(oldest);
  return file;
}

function readAnew(text: string): YamlFile {
  if (text.length > longestText)
    return unreadable(l10n.t('The file is longer than 250,000 characters: this is not a configuration.'));
  try {
    const first = parse(text);
    if (first.document.errors.length === 0) return opened(first);
    if (!first.document.errors.some(({ code }) => code === 'BAD_INDENT')) return opened(first);
    const { text: indented, moved } = indentFlow(text);
    const again = parse(indented);
    return again.document.errors.length === 0 ? opened({ ...again, moved }) : opened(first);
  } catch (error) {
    return unreadable(
      l10n.t(
        'the file can’t be read as YAML: {0}',
        inWords(error instanceof Error ? error.message : String(error)),
      ),
    );
  }
}

interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** Columns by which lines were moved before they were parsed. */
  readonly moved: ReadonlyMap<number, number>;
}

/** As `parseDocument` of the yaml package does it, but for a text of nothing but errors, which it takes minutes for. */
function parse(text: string): Parsed {
  const lines = new LineCounter();
  const options: ParseOptions & DocumentOptions & SchemaOptions = {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
    schema: 'yaml-1.1',
    customTags: scalarTags,
    resolveKnownTags: false,
  };
  const tokens = new Parser(lines.addNewLine).parse(text);
  let document: Document.Parsed | undefined;
  for (const next of new Composer(options).compose(beforeManyErrors(tokens), true, text.length)) {
    if (document === undefined) document = next;
    else {
      const [start, end] = next.range;
      document.errors.push(
        new YAMLParseError([start, end], 'MULTIPLE_DOCS', l10n.t('the file has several documents')),
      );
      break;
    }
  }
  if (document === undefined) throw new Error(l10n.t('it says nothing'));
  return { document, lines, moved: new Map() };
}

function* beforeManyErrors<T extends { readonly type: string }>(tokens: Iterable<T>): Generator<T> {
  let errors = 0;
  for (const token of tokens) {
    if (token.type === 'error') errors += 1;
    if (errors > mostProblems) return;
    yield token;
  }
}

function opened({ document, lines, moved }: Parsed): YamlFile {
  const place = (start: number, end: number): Place => placeOf(lines, moved, start, end);
  if (document.errors.length > 0) {
    const errors = document.errors.slice(0, mostProblems);
    const problems = errors.map(({ message, pos: [start, end] }) => ({
      severity: 'error' as const,
      message: inWords(message),
      path: '',
      ...place(start, end),
    }));
    return { ...unreadable(''), problems };
  }
  const plain = readPlain(document);
  const written = createFinder(document, plain, false);
  const anywhere = createFinder(document, plain, true);
  const file: YamlFile = {
    value: plain.value,
    problems: plain.mistakes.map(({ severity, message, start, end }) => ({
      severity,
      message,
      path: '',
      ...place(start, end),
    })),
    problemAt: (severity, path, message, onKey = false) => ({
      severity,
      message,
      path: formatPath(path),
      ...rangeOf(anywhere, place, path, onKey),
    }),
    nodeAt: (path) => written(path)?.value,
    keyAt: (path) => written(path)?.key,
    edit: (start, end, replacement) => {
      const [from, to] = [lines.linePos(start), lines.linePos(end)];
      const columnIn = ({ line, col }: typeof from): number => col - (moved.get(line) ?? 0);
      return {
        line: from.line,
        column: columnIn(from),
        endLine: to.line,
        endColumn: columnIn(to),
        text: replacement,
      };
    },
    ownerOf: (path) => ({ file, path }),
  };
  return file;
}

type Place = Pick<Problem, 'line' | 'column' | 'endLine' | 'endColumn'>;

const wholeFile: Place = { line: 1, column: 1, endLine: 1, endColumn: 2 };

function unreadable(message: string): YamlFile {
  const problem: Problem = { severity: 'error', message, path: '', ...wholeFile };
  const file: YamlFile = {
    value: undefined,
    problems: [problem],
    problemAt: (severity, path, text) => ({ severity, message: text, path: formatPath(path), ...wholeFile }),
    nodeAt: () => undefined,
    keyAt: () => undefined,
    edit: (_start, _end, text) => ({ ...wholeFile, text }),
    ownerOf: (path) => ({ file, path }),
  };
  return file;
}

/** A node and the key that it stands behind. */
interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

type Finder = (path: readonly PathSegment[]) => Found | undefined;

/** Finds nodes by their paths, at a cost that only the length of the path counts for. `through` aliases and merges. */
function createFinder(document: Document, plain: PlainDocument, through: boolean): Finder {
  const nodeOf = (value: unknown): Node | undefined =>
    !through && isAlias(value) ? undefined : plain.target(value);

  function within(node: Node | undefined, segment: PathSegment): Found | undefined {
    if (isSeq(node)) {
      const item = typeof segment === 'number' ? node.items[segment] : undefined;
      return item === undefined ? undefined : { key: undefined, value: nodeOf(item) };
    }
    if (!isMap(node)) return undefined;
    const pair = plain.pairsOf(node).get(String(segment));
    if (pair !== undefined)
      return { key: isNode(pair.key) ? pair.key : undefined, value: nodeOf(pair.value) };
    if (!through) return undefined;
    for (const source of plain.mergedInto(node)) {
      const found = within(source, segment);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return (path) => {
    let found: Found | undefined = { key: undefined, value: nodeOf(document.contents) };
    for (const segment of path) found = within(found?.value, segment);
    return found;
  };
}

function rangeOf(
  find: Finder,
  place: (start: number, end: number) => Place,
  path: readonly PathSegment[],
  onKey: boolean,
): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const found = find(path.slice(0, length));
    // A mapping or list is marked at its key: its own range may be half of the file.
    const atKey = onKey || length < path.length || isCollection(found?.value);
    const node = (atKey ? found?.key : undefined) ?? found?.value;
    if (node?.range) return place(node.range[0], node.range[1]);
  }
  return wholeFile;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function placeOf(lines: LineCounter, moved: Parsed['moved'], start: number, end: number): Place {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(start + 1, end));
  const line = Math.max(1, from.line);
  const endLine = Math.max(line, to.line);
  const column = Math.max(1, from.col - (moved.get(line) ?? 0));
  const endColumn = to.col - (moved.get(endLine) ?? 0);
  return { line, column, endLine, endColumn: Math.max(endLine > line ? 1 : column + 1, endColumn) };
}

/** The parser's words, without the piece of the file that it quotes after a colon: that may be a key. */
function inWords(message: string): string {
  if (message.startsWith('Maximum call stack')) return l10n.t('it is nested too deeply');
  return message.split(/\n|: /, 1)[0] ?? '';
}
