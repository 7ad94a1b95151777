import type { Description, FeatureGroup, FeatureSpace } from '../../src/core/features/feature-space';
import { describe, spaceWith, textGroups } from '../../src/core/features/feature-space';
import { hashedNgrams } from '../../src/core/features/hashed-ngrams';
import type { RouteRequest } from '../../src/core/request';
import type { FeatureKind } from './arguments';
import type { Corpus } from './corpus';

/** A prompt as the router gets it, described once for all passes. */
export interface DescribedPrompt {
  readonly request: RouteRequest;
  readonly description: Description;
}

const hashedDimensions = 20;

export type GroupName = FeatureGroup['name'];

/** The corpus's prompts in the extension's own feature space. */
export interface PromptFeatures {
  readonly space: FeatureSpace;
  readonly prompts: readonly DescribedPrompt[];
  /** The sentence vectors as they are; undefined without a file of them. */
  readonly raw: readonly Float32Array[] | undefined;
}

/** Projects a sentence vector to the few numbers that the extension uses. */
export type Projection = (vector: Float32Array) => readonly number[];

/**
 * Describes all prompts of a corpus. `kind` says how: by the task's kind and format alone, with hashed n-grams, or
 * with the vectors too.
 */
export function describeCorpus(
  corpus: Corpus,
  kind: FeatureKind,
  raw: readonly Float32Array[] | undefined,
  projection: Projection | undefined,
): PromptFeatures {
  const encoder = encoderOf(kind, corpus, raw, projection);
  const name = `${corpus.name}-${kind}`;
  const first = encoder?.(0);
  const space = spaceWith(first && { space: name, dimensions: first.length });
  const prompts = corpus.rows.map(({ prompt }, index) => {
    const request: RouteRequest = {
      pool: corpus.name,
      origin: 'chat',
      conversationId: '',
      messages: [{ role: 'user', text: prompt }],
    };
    const vector = encoder?.(index);
    return { request, description: describe(request, vector && { space: name, vector }) };
  });
  return { space, prompts, raw };
}

/** What stands behind the text's own features, by row; undefined: nothing. */
function encoderOf(
  kind: FeatureKind,
  corpus: Corpus,
  raw: readonly Float32Array[] | undefined,
  projection: Projection | undefined,
): ((row: number) => readonly number[]) | undefined {
  switch (kind) {
    case 'formats':
      return undefined;
    case 'hash':
      return (row) => [...hashedNgrams(corpus.rows[row]?.prompt ?? '', hashedDimensions)];
    case 'vectors':
      return (row) => {
        const vector = raw?.[row];
        if (vector === undefined || projection === undefined) throw new RangeError('There are no vectors.');
        return projection(vector);
      };
  }
}

/** The same description with a group's numbers set to 0: as if the feature weren't there. */
export function without(description: Description, group: GroupName): Description {
  const { start, end } = rangeOf(group, description.features.length);
  const features = description.features.map((value, index) => (index >= start && index < end ? 0 : value));
  return { ...description, features };
}

function rangeOf(group: GroupName, length: number): { readonly start: number; readonly end: number } {
  let start = 0;
  for (const { name, size } of textGroups) {
    if (name === group) return { start, end: start + size };
    start += size;
  }
  return { start, end: length };
}
