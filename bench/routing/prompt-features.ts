import type { Description, FeatureGroup, FeatureSpace } from '../../src/core/features/feature-space';
import { describe, spaceWith, textGroups } from '../../src/core/features/feature-space';
import { hashedNgrams } from './hashed-ngrams';
import type { RouteRequest } from '../../src/core/terms/request';
import { fitProjection, project } from '../../src/embedding/projection';
import type { Corpus } from './corpus';
import type { FeatureKind } from './walk-arguments';

/** A prompt as the router gets it, described once for all policies of a pass. */
export interface DescribedPrompt {
  readonly request: RouteRequest;
  readonly description: Description;
}

/** The corpus's prompts in the extension's own feature space. */
export interface PromptFeatures {
  readonly space: FeatureSpace;
  /** In the order of the corpus. */
  readonly prompts: readonly DescribedPrompt[];
  /** The vectors as they are; hashed n-grams of as many numbers where there is no file of them. */
  readonly raw: readonly Float32Array[];
  /** Vectors of other prompts than those of the pass, or of its first ones: what projections are fitted on. */
  readonly projectionSample: readonly Float32Array[];
}

export interface VectorFiles {
  readonly own: readonly Float32Array[] | undefined;
  /** Vectors of another corpus. */
  readonly others: readonly Float32Array[] | undefined;
}

/** As many numbers as the extension makes of an encoder's vector. */
const components = 24;
const hashedDimensions = 20;
const rawHashedDimensions = 512;
/** Prompts of the pass that go by without vectors until the projection is fitted on them. */
const pastPrompts = 256;
/** So many vectors of another corpus say all about its main directions. */
const mostSampled = 500;

interface Kept {
  hashed?: readonly Float32Array[];
  text?: readonly DescribedPrompt[];
  /** With hashed n-grams, which don't depend on the order. */
  withHash?: Pick<PromptFeatures, 'space' | 'prompts'>;
}

const kept = new WeakMap<Corpus, Kept>();

/**
 * Describes all prompts of a corpus. `kind` says how: by the kind of task and the format alone, or with hashed
 * n-grams or a projection of the vectors behind them. Without another corpus the projection is fitted on the first
 * prompts of the pass, `order`, which go by without vectors themselves.
 */
export function describeCorpus(
  corpus: Corpus,
  kind: FeatureKind,
  vectors: VectorFiles,
  order: readonly number[],
): PromptFeatures {
  const cache: Kept = kept.get(corpus) ?? {};
  kept.set(corpus, cache);
  const text = (cache.text ??= corpus.rows.map(({ prompt }) => describePrompt(prompt)));
  const past = order.slice(0, pastPrompts);
  // Made when they are asked for: it takes longer than a pass of the router, which doesn't read them.
  const vectorsOf = {
    get raw(): readonly Float32Array[] {
      return (
        vectors.own ??
        (cache.hashed ??= corpus.rows.map(({ prompt }) =>
          Float32Array.from(hashedNgrams(prompt, rawHashedDimensions)),
        ))
      );
    },
    get projectionSample(): readonly Float32Array[] {
      const { raw } = vectorsOf;
      return vectors.others === undefined ? past.flatMap((row) => raw[row] ?? []) : thinned(vectors.others);
    },
  };
  if (kind === 'formats') return Object.assign(vectorsOf, { space: spaceWith(undefined), prompts: text });

  if (kind === 'hash' && cache.withHash !== undefined) return Object.assign(vectorsOf, cache.withHash);

  const name = `${corpus.name}-${kind}`;
  const unseen = kind === 'vectors' && vectors.others === undefined ? new Set(past) : new Set<number>();
  const vectorOf = kind === 'hash' ? hashedOf(corpus) : projectedOf(vectorsOf);
  const space = spaceWith({ space: name, dimensions: vectorOf(0).length });
  const prompts = text.map((described, row) => {
    if (unseen.has(row)) return described;
    const description = describe(described.request, { space: name, vector: vectorOf(row) });
    return { request: described.request, description };
  });
  if (kind === 'hash') cache.withHash = { space, prompts };
  return Object.assign(vectorsOf, { space, prompts });
}

/** The vector of a row, as a linear bandit takes it. Throws a RangeError where there is none. */
export function rawVectorOf({ raw }: PromptFeatures, row: number): Float64Array {
  const vector = raw[row];
  if (vector === undefined) throw new RangeError(`There is no vector of row ${String(row)}.`);
  return Float64Array.from(vector);
}

/** The same description with a group's numbers set to 0: as if the features weren't there. */
export function without(description: Description, group: FeatureGroup['name']): Description {
  let start = 0;
  for (const { name, size } of textGroups) {
    if (name === group)
      return { ...description, features: zeroed(description.features, start, start + size) };
    start += size;
  }
  return { ...description, features: description.features.slice(0, start) };
}

/** The same space with other ridges for some of its groups. */
export function withRidges(
  space: FeatureSpace,
  ridges: Readonly<Partial<Record<FeatureGroup['name'], number>>> = {},
): FeatureSpace {
  const encoder = { name: 'encoder', size: Number.POSITIVE_INFINITY } as const;
  let end = 0;
  const ends = [...textGroups, encoder].map(({ name, size }) => ({ name, end: (end += size) }));
  const ridge = space.ridge.map((own, index) => {
    const group = ends.find((each) => index < each.end);
    return (group && ridges[group.name]) ?? own;
  });
  return { ...space, ridge };
}

function describePrompt(prompt: string): DescribedPrompt {
  const messages = [{ role: 'user', text: prompt }] as const;
  const request: RouteRequest = { pool: '', origin: 'chat', conversationId: '', messages };
  return { request, description: describe(request) };
}

function hashedOf(corpus: Corpus): (row: number) => readonly number[] {
  return (row) => [...hashedNgrams(corpus.rows[row]?.prompt ?? '', hashedDimensions)];
}

function projectedOf({
  raw,
  projectionSample,
}: Pick<PromptFeatures, 'raw' | 'projectionSample'>): (row: number) => readonly number[] {
  const projection = fitProjection(projectionSample, components);
  return (row) => {
    const vector = raw[row];
    if (vector === undefined) throw new RangeError(`There is no vector of row ${String(row)}.`);
    return project(projection, vector);
  };
}

function thinned(vectors: readonly Float32Array[]): readonly Float32Array[] {
  const stride = Math.max(1, Math.ceil(vectors.length / mostSampled));
  return vectors.filter((_, index) => index % stride === 0);
}

function zeroed(features: readonly number[], start: number, end: number): readonly number[] {
  return features.map((value, index) => (index >= start && index < end ? 0 : value));
}
