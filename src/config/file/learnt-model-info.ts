import type { Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** What was learnt of a model, as `model_info` states it. */
export interface LearntModelInfo {
  readonly inputUsdPerToken?: number | undefined;
  readonly outputUsdPerToken?: number | undefined;
  /** Mean quality, 0 to 1. */
  readonly quality01?: number | undefined;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a conduit.yaml with what was learnt written into `model_info`, by its `id`. Everything else keeps its
 * form, comments too. A text that isn't valid YAML, and a model without an `id`, are left as they are.
 */
export function withLearntModelInfo(text: string, learnt: ReadonlyMap<string, LearntModelInfo>): string {
  const document = parseDocument(text, { stringKeys: true, uniqueKeys: false });
  if (document.errors.length > 0) return text;
  const list: unknown = document.get('model_list');
  const models: readonly unknown[] = isSeq(list) ? list.items : [];
  const edits = models.flatMap((model) => {
    const info: unknown = isMap(model) ? model.get('model_info') : undefined;
    if (!isMap(info)) return [];
    const id = info.get('id');
    const known = typeof id === 'string' ? learnt.get(id) : undefined;
    return known === undefined ? [] : editsOf(text, info, fieldsOf(known));
  });
  let from = 0;
  const pieces = edits
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, text: put }) => {
      const piece = text.slice(from, start) + put;
      from = end;
      return piece;
    });
  return [...pieces, text.slice(from)].join('');
}

function fieldsOf({ inputUsdPerToken, outputUsdPerToken, quality01 }: LearntModelInfo) {
  const fields = [
    ['input_cost_per_token', inputUsdPerToken, 4],
    ['output_cost_per_token', outputUsdPerToken, 4],
    ['quality', quality01, 2],
  ] as const;
  return fields.flatMap(([key, value, digits]) =>
    value === undefined ? [] : [[key, yamlNumber(Number(value.toPrecision(digits)))] as const],
  );
}

/** YAML 1.1 readers take 1e-7 for a text: it needs the point. */
function yamlNumber(value: number): string {
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function editsOf(
  text: string,
  info: YAMLMap,
  fields: readonly (readonly [key: string, value: string])[],
): readonly Edit[] {
  const pairOf = (key: string): Pair | undefined =>
    info.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  const replaced: Edit[] = [];
  const added: string[] = [];
  for (const [key, value] of fields) {
    const pair = pairOf(key);
    const range = isScalar(pair?.value) ? pair.value.range : undefined;
    if (pair === undefined) added.push(`${key}: ${value}`);
    else if (range) replaced.push({ start: range[0], end: range[1], text: value });
  }
  const id = pairOf('id');
  const idRange = isScalar(id?.value) ? id.value.range : undefined;
  const keyRange = isScalar(id?.key) ? id.key.range : undefined;
  if (added.length === 0 || !idRange || !keyRange) return replaced;
  const [start, end] = [keyRange[0], idRange[1]];
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  // Before the id's own line: what follows it there may be a comment.
  const put: Edit =
    info.flow === true
      ? { start: end, end, text: added.map((field) => `, ${field}`).join('') }
      : { start, end: start, text: added.map((field) => `${field}\n${indent}`).join('') };
  return [...replaced, put];
}
