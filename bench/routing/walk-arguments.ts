import { availableParallelism } from 'node:os';
import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { file, list, numbers, oneOf, whole } from './argument-values';
import type { Half } from './half';
import { halves } from './half';
import { UsageError } from './usage-error';

export type FeatureKind = (typeof featureKinds)[number];
const featureKinds = ['hash', 'vectors', 'formats'] as const;

/** Over what passes go, how often, and how the prompts are described: what several commands can be told. */
export interface WalkOptions {
  /** Paths, one or more. */
  readonly corpora: readonly string[];
  /** At most this many rows of each. */
  readonly limit?: number;
  readonly half: Half | 'all';
  /** At most this many steps of a pass. */
  readonly steps?: number;
  /** How many passes, each over the rows in another order. */
  readonly seeds: number;
  /** The seed of the first pass; the others have the next ones. */
  readonly firstSeed: number;
  /** Weights of the cost in the reward, each 0 or more. */
  readonly lambdas: readonly number[];
  readonly features: FeatureKind;
  /** A file for each corpus. */
  readonly vectors?: readonly string[];
  /** Numbers in a vector of `vectors` and `projectionFrom`. */
  readonly dims: number;
  readonly projectionFrom?: string;
  readonly jobs: number;
}

export const text = { type: 'string' } as const;

export const walkFlags = {
  corpus: text,
  limit: text,
  half: text,
  steps: text,
  seeds: text,
  'first-seed': text,
  lambda: text,
  features: text,
  vectors: text,
  dims: text,
  'projection-from': text,
  jobs: text,
  help: { type: 'boolean', short: 'h' },
} as const;

type Given = Readonly<Partial<Record<Exclude<keyof typeof walkFlags, 'help'>, string | undefined>>>;

const mostJobs = 4;

/** Throws UsageError where an argument is unknown, or has no value. */
export function valuesOf<const Flags extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Flags,
) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (failure) {
    throw new UsageError(failure instanceof Error ? failure.message : String(failure));
  }
}

/** Throws UsageError. `defaults` are what the command has where nothing is given. */
export function walkOptionsIn(
  given: Given,
  defaults: { readonly seeds: number; readonly lambda: string },
): WalkOptions {
  if (given.corpus === undefined) throw new UsageError('--corpus is missing.');
  const corpora = files('corpus', given.corpus);
  const optional = {
    limit: given.limit === undefined ? undefined : whole('limit', given.limit, 1),
    steps: given.steps === undefined ? undefined : whole('steps', given.steps, 1),
  };
  return {
    corpora,
    half: oneOf('half', [...halves, 'all'], given.half ?? 'all'),
    seeds: whole('seeds', given.seeds ?? String(defaults.seeds), 1),
    firstSeed: whole('first-seed', given['first-seed'] ?? '1', 1),
    lambdas: numbers(
      'lambda',
      given.lambda ?? defaults.lambda,
      'different numbers of 0 or more',
      (x) => x >= 0,
    ),
    ...descriptionOf(given, corpora.length),
    jobs:
      given.jobs === undefined ? Math.min(availableParallelism(), mostJobs) : whole('jobs', given.jobs, 1),
    ...present(optional),
  };
}

type Described = Pick<WalkOptions, 'features' | 'vectors' | 'dims' | 'projectionFrom'>;

function descriptionOf(given: Given, corpora: number): Described {
  const vectors = given.vectors === undefined ? undefined : files('vectors', given.vectors);
  const projectionFrom = file('projection-from', given['projection-from']);
  const features = oneOf('features', featureKinds, given.features ?? (vectors ? 'vectors' : 'hash'));
  if (vectors === undefined && features === 'vectors') {
    throw new UsageError('--features vectors needs --vectors FILE.f16.');
  }
  if (vectors === undefined && projectionFrom !== undefined) {
    throw new UsageError('--projection-from needs --vectors FILE.f16.');
  }
  if (vectors !== undefined && vectors.length !== corpora) {
    throw new UsageError(
      `--vectors: expected a file for each corpus, ${String(corpora)}, found ${String(vectors.length)}.`,
    );
  }
  return { features, dims: whole('dims', given.dims ?? '512', 1), ...present({ vectors, projectionFrom }) };
}

function files(name: string, given: string): readonly string[] {
  return file(name, given) === undefined ? [] : list(name, given);
}

type Present<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** Without what is undefined: an option that isn't given is absent. */
export function present<Given extends object>(given: Given): Present<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Present<Given>;
}
