import * as l10n from '@vscode/l10n';
import type { Document, Node } from 'yaml';
import { isCollection, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { TextEdit, PathSegment, Problem } from '../problem';
import { formatPath, mostProblems } from '../problem';
import { structureMistakes } from './yaml-structure';

/** A YAML text that was read, with the place of every node. */
export interface YamlFile {
  /** What the text says; undefined where it has errors or says nothing. */
  readonly value: unknown;
  /** Errors of the syntax: the first ones. */
  readonly problems: readonly Problem[];
  /** A problem at the node of a path, or at the nearest one above it that exists; `onKey` marks its key. */
  problemAt(
    severity: Problem['severity'],
    path: readonly PathSegment[],
    message: string,
    onKey?: boolean,
  ): Problem;
  /** The node of a path as it is written there; undefined where a merge brought it, or there is none. */
  nodeAt(path: readonly PathSegment[]): Node | undefined;
  /** The node of its key. */
  keyAt(path: readonly PathSegment[]): Node | undefined;
  /** Replaces the text between two offsets. */
  edit(start: number, end: number, text: string): TextEdit;
}

/**
 * In characters: room for a thousand models. The parser runs on the editor's own thread, and the worst text of this
 * length takes it about two seconds.
 */
const longestText = 250_000;
/** Aliases may multiply a text; a configuration has no use for more than a few. */
const mostAliases = 100;

/** Reads a YAML text. Never throws: what can't be read is a problem at its line. */
export function readYaml(text: string): YamlFile {
  if (text.length > longestText)
    return unreadable(l10n.t('The file is longer than 250,000 characters: this is not a configuration.'));
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
      // LiteLLM's reader merges `<<`.
      merge: true,
      // Plain values only: no dates, sets or bytes, whatever the text declares.
      schema: 'core',
      resolveKnownTags: false,
    });
    const mistakes =
      document.errors.length > 0
        ? document.errors
            .slice(0, mostProblems)
            .map(({ message, pos: [start, end] }) => ({ message: inWords(message), start, end }))
        : structureMistakes(document);
    const problems = mistakes.map(({ message, start, end }) => ({
      severity: 'error' as const,
      message,
      path: '',
      ...placeOf(lines, start, end),
    }));
    return {
      value: problems.length > 0 ? undefined : (document.toJS({ maxAliasCount: mostAliases }) as unknown),
      problems,
      problemAt: (severity, path, message, onKey = false) => ({
        severity,
        message,
        path: formatPath(path),
        ...rangeOf(document, lines, path, onKey),
      }),
      nodeAt: (path) => nodeAt(document, path),
      keyAt: (path) => keyNode(document, path),
      edit: (start, end, replacement) => {
        const [from, to] = [lines.linePos(start), lines.linePos(end)];
        return { line: from.line, column: from.col, endLine: to.line, endColumn: to.col, text: replacement };
      },
    };
  } catch (error) {
    return unreadable(
      l10n.t(
        'the file can’t be read as YAML: {0}',
        inWords(error instanceof Error ? error.message : String(error)),
      ),
    );
  }
}

type Place = Pick<Problem, 'line' | 'column' | 'endLine' | 'endColumn'>;

const wholeFile: Place = { line: 1, column: 1, endLine: 1, endColumn: 2 };

function unreadable(message: string): YamlFile {
  const problem: Problem = { severity: 'error', message, path: '', ...wholeFile };
  return {
    value: undefined,
    problems: [problem],
    problemAt: (severity, path, text) => ({ severity, message: text, path: formatPath(path), ...wholeFile }),
    nodeAt: () => undefined,
    keyAt: () => undefined,
    edit: (_start, _end, text) => ({ ...wholeFile, text }),
  };
}

function rangeOf(
  document: Document,
  lines: LineCounter,
  path: readonly PathSegment[],
  onKey: boolean,
): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const above = path.slice(0, length);
    const value = nodeAt(document, above);
    // A mapping or list is marked at its key: its own range may be half of the file.
    const atKey = onKey || length < path.length || isCollection(value);
    const node = (atKey ? keyNode(document, above) : undefined) ?? value;
    if (node?.range) return placeOf(lines, node.range[0], node.range[1]);
  }
  return wholeFile;
}

function nodeAt(document: Document, path: readonly PathSegment[]): Node | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function keyNode(document: Document, path: readonly PathSegment[]): Node | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  const parent = nodeAt(document, path.slice(0, -1));
  if (!isMap(parent)) return undefined;
  const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key;
  return isNode(key) ? key : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function placeOf(lines: LineCounter, start: number, end: number): Place {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(start + 1, end));
  const line = Math.max(1, from.line);
  const column = Math.max(1, from.col);
  return {
    line,
    column,
    endLine: Math.max(line, to.line),
    endColumn: Math.max(to.line > line ? 1 : column + 1, to.col),
  };
}

/** The parser's words, without the piece of the file that it quotes after a colon: that may be a key. */
function inWords(message: string): string {
  if (message.startsWith('Maximum call stack')) return l10n.t('it is nested too deeply');
  if (message.startsWith('Excessive alias count')) return l10n.t('its aliases repeat too much of it');
  return message.split(/\n|: /, 1)[0] ?? '';
}
