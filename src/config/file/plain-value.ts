import * as l10n from '@vscode/l10n';
import type { Alias, Document, Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, visit } from 'yaml';
import { mostProblems } from '../problem';

/** A mistake between two offsets of the text. */
export interface YamlMistake {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A document, read as LiteLLM's reader (PyYAML) reads it. */
export interface PlainDocument {
  /** What it says; undefined where there is an error. */
  readonly value: unknown;
  /** The first ones of many. */
  readonly mistakes: readonly YamlMistake[];
  /** The pairs of a mapping by their keys: those that are written there, the last one of a key. */
  readonly pairsOf: (map: YAMLMap) => ReadonlyMap<string, Pair>;
  /** What an alias stands for; any other node itself. */
  readonly target: (node: unknown) => Node | undefined;
  /** The mappings that a mapping merges, the one that counts most first. */
  readonly mergedInto: (map: YAMLMap) => readonly YAMLMap[];
}

/**
 * Values that a document may come to once its aliases and merges are written out. No text of the longest length has as
 * many without them.
 */
const mostValues = 200_000;

interface Sized {
  readonly value: unknown;
  /** Values within it, itself among them. */
  readonly size: number;
}

/**
 * The plain values of a document, in one pass: every alias is looked up once, and what merges and aliases repeat is
 * counted before it is made. The yaml package's own reading compares every two keys, and walks through the whole
 * document for each alias and merge.
 */
export function readPlain(document: Document): PlainDocument {
  const { targets, mistakes } = resolveAliases(document);
  const target = (node: unknown): Node | undefined =>
    isAlias(node) ? targets.get(node) : isNode(node) ? node : undefined;
  const pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const merged = new Map<YAMLMap, readonly YAMLMap[]>();
  const known = new Map<Node, Sized>();
  const add = (severity: YamlMistake['severity'], message: string, node: unknown): void => {
    if (mistakes.length >= mostProblems) return;
    const [start = 0, end = start] = (isNode(node) ? node.range : undefined) ?? [];
    mistakes.push({ severity, message, start, end });
  };

  /** Sorts the pairs of a mapping, the first time that it is met. */
  function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const before = pairs.get(map);
    if (before !== undefined) return before;
    const own = new Map<string, Pair>();
    const sources: YAMLMap[] = [];
    for (const pair of map.items) {
      if (!isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      if (isMerge(pair)) {
        sources.unshift(...mergeSources(pair));
        continue;
      }
      if (own.has(key)) add('warning', l10n.t('this key is used twice: the last one counts'), pair.key);
      own.set(key, pair);
    }
    pairs.set(map, own);
    merged.set(map, sources);
    return own;
  }

  function mergeSources(pair: Pair): readonly YAMLMap[] {
    const source = target(pair.value);
    const all = isSeq(source) ? source.items.map(target) : [source];
    return all.flatMap((each) => {
      if (isMap(each)) return [each];
      add('error', l10n.t('only a mapping, or a list of mappings, can be merged'), pair.key);
      return [];
    });
  }

  function mergedInto(map: YAMLMap): readonly YAMLMap[] {
    pairsOf(map);
    return merged.get(map) ?? [];
  }

  function sized(node: Node | undefined): Sized {
    const before = node && known.get(node);
    if (before !== undefined) return before;
    const made = isMap(node)
      ? mapping(node)
      : isSeq(node)
        ? list(node.items)
        : { value: isScalar(node) ? node.value : undefined, size: 1 };
    if (made.size > mostValues) throw new RangeError(l10n.t('its aliases repeat too much of it'));
    if (node !== undefined) known.set(node, made);
    return made;
  }

  function mapping(map: YAMLMap): Sized {
    const entries = new Map<string, unknown>();
    let size = 1;
    // What counts least first: a later entry takes the place of an earlier one.
    for (const source of mergedInto(map).toReversed()) {
      const { value, size: more } = sized(source);
      size += more;
      if (size > mostValues) break;
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) entries.set(key, inner);
    }
    for (const [key, pair] of pairsOf(map)) {
      const { value, size: more } = sized(target(pair.value));
      size += more;
      if (size > mostValues) break;
      entries.set(key, value === undefined ? null : value);
    }
    return { value: Object.fromEntries(entries), size };
  }

  function list(items: readonly unknown[]): Sized {
    const values: unknown[] = [];
    let size = 1;
    for (const item of items) {
      const { value, size: more } = sized(target(item));
      size += more;
      if (size > mostValues) break;
      values.push(value === undefined ? null : value);
    }
    return { value: values, size };
  }

  const broken = (): boolean => mistakes.some(({ severity }) => severity === 'error');
  const value = broken() ? undefined : sized(target(document.contents)).value;
  return { value: broken() ? undefined : value, mistakes, pairsOf, target, mergedInto };
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && (key.type === undefined || key.type === 'PLAIN');
}

/** What each alias stands for: the last anchor of its name above it. */
function resolveAliases(document: Document): {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly mistakes: YamlMistake[];
} {
  const mistakes: YamlMistake[] = [];
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  const add = (message: string, node: Node): void => {
    const [start = 0, end = start] = node.range ?? [];
    mistakes.push({ severity: 'error', message, start, end });
  };
  visit(document, {
    Node: (_key, node, ancestors) => {
      if (mistakes.length >= mostProblems) return visit.BREAK;
      if (!isAlias(node)) {
        if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
        return undefined;
      }
      const found = anchors.get(node.source);
      if (found === undefined) add(l10n.t('this alias has no anchor above it'), node);
      else if (ancestors.includes(found)) add(l10n.t('this alias stands inside of what it repeats'), node);
      else targets.set(node, found);
      return undefined;
    },
  });
  return { targets, mistakes };
}
