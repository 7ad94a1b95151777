import * as l10n from '@vscode/l10n';
import type { Document } from 'yaml';
import { isAlias, isMap, isNode, isScalar, visit } from 'yaml';
import { mostProblems } from '../problem';

/** A mistake between two offsets of the text. */
export interface YamlMistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Keys that are written twice and aliases of nothing, in one pass. The yaml package compares every two keys of a
 * mapping, which takes minutes for a file made to do so, and says of an alias only that it is wrong, not where.
 */
export function structureMistakes(document: Document): readonly YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  const anchors = new Set<string>();
  const add = (message: string, node: unknown): void => {
    const [start = 0, end = start] = (isNode(node) ? node.range : undefined) ?? [];
    mistakes.push({ message, start, end });
  };
  visit(document, (_key, node, ancestors) => {
    if (mistakes.length >= mostProblems) return visit.BREAK;
    if (isAlias(node)) {
      if (!anchors.has(node.source)) add(l10n.t('this alias has no anchor above it'), node);
      else if (ancestors.some((above) => isNode(above) && 'anchor' in above && above.anchor === node.source))
        add(l10n.t('this alias stands inside of what it repeats'), node);
      return undefined;
    }
    if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
    if (!isMap(node)) return undefined;
    const seen = new Set<unknown>();
    for (const { key } of node.items) {
      if (!isScalar(key)) continue;
      if (seen.has(key.value) && mistakes.length < mostProblems) add(l10n.t('this key is used twice'), key);
      seen.add(key.value);
    }
    return undefined;
  });
  return mistakes;
}
