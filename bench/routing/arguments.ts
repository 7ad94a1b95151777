import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export type FeatureKind = (typeof featureKinds)[number];
const featureKinds = ['hash', 'vectors', 'formats'] as const;

export interface Options {
  readonly corpus: string;
  readonly vectors?: string;
  /** Numbers in a vector of `vectors` and `projectionFrom`. */
  readonly dims: number;
  readonly projectionFrom?: string;
  readonly features: FeatureKind;
  /** Weights of the cost in the reward, each 0 or more. */
  readonly lambdas: readonly number[];
  /** How many passes, each over the rows in another order. */
  readonly seeds: number;
  /** Names of policies. Absent: all. */
  readonly policies?: readonly string[];
  /** How many decisions a reward comes late. */
  readonly delay: number;
  /** The share of decisions whose reward is ever seen, more than 0 and at most 1. */
  readonly feedback: number;
  /** At most this many rows of the corpus. */
  readonly limit?: number;
  readonly json?: string;
  /** A folder. */
  readonly svg?: string;
  readonly jobs: number;
}

/** The command line can't be understood. The message says why, and how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(problem: string) {
    super(`${problem}\n\n${usage}`);
  }
}

const usage = `Usage: npm run bench:routing -- --corpus FILE.jsonl.gz [options]

  --vectors FILE.f16          a sentence vector for each row: little-endian half floats
  --dims N                    numbers in a vector (512)
  --projection-from FILE.f16  vectors of other prompts, to choose the projection by
  --features KIND             hash, vectors or formats (vectors with --vectors, else hash)
  --lambda X,Y,…              weights of the cost in the reward (0,0.2,0.5)
  --seeds N                   passes over the corpus (20)
  --policies A,B,…            only these
  --delay N                   a reward arrives N decisions late (0)
  --feedback X                share of the decisions that are ever rated (1)
  --limit N                   only the first N rows
  --json FILE                 write the results there
  --svg FOLDER                write the charts there
  --jobs N                    processes at a time (the processor's cores, at most 4)`;

const mostJobs = 4;
const text = { type: 'string' } as const;

/** Reads the arguments after the script's name. Throws UsageError, `--help` included. */
export function parseArguments(argv: readonly string[]): Options {
  const given = valuesOf(argv);
  if (given.help === true) throw new UsageError('Replays real prompts through routing policies.');
  const corpus = file('corpus', given.corpus);
  if (corpus === undefined) throw new UsageError('--corpus is missing.');
  const vectors = file('vectors', given.vectors);
  const projectionFrom = file('projection-from', given['projection-from']);
  const features = featuresOf(given.features, vectors);
  if (features === 'vectors' && vectors === undefined) {
    throw new UsageError('--features vectors needs --vectors FILE.f16.');
  }
  if (projectionFrom !== undefined && vectors === undefined) {
    throw new UsageError('--projection-from needs --vectors FILE.f16.');
  }
  const policies = given.policies === undefined ? undefined : list('policies', given.policies);
  const limit = given.limit === undefined ? undefined : whole('limit', given.limit, 1);
  const json = file('json', given.json);
  const svg = file('svg', given.svg);
  return {
    corpus,
    dims: whole('dims', given.dims ?? '512', 1),
    features,
    lambdas: lambdasOf(given.lambda ?? '0,0.2,0.5'),
    seeds: whole('seeds', given.seeds ?? '20', 1),
    delay: whole('delay', given.delay ?? '0', 0),
    feedback: share('feedback', given.feedback ?? '1'),
    jobs:
      given.jobs === undefined ? Math.min(availableParallelism(), mostJobs) : whole('jobs', given.jobs, 1),
    ...(vectors !== undefined && { vectors }),
    ...(projectionFrom !== undefined && { projectionFrom }),
    ...(policies !== undefined && { policies }),
    ...(limit !== undefined && { limit }),
    ...(json !== undefined && { json }),
    ...(svg !== undefined && { svg }),
  };
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        corpus: text,
        vectors: text,
        dims: text,
        'projection-from': text,
        features: text,
        lambda: text,
        seeds: text,
        policies: text,
        delay: text,
        feedback: text,
        limit: text,
        json: text,
        svg: text,
        jobs: text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (failure) {
    throw new UsageError(failure instanceof Error ? failure.message : String(failure));
  }
}

function featuresOf(given: string | undefined, vectors: string | undefined): FeatureKind {
  if (given === undefined) return vectors === undefined ? 'hash' : 'vectors';
  const kind = featureKinds.find((each) => each === given);
  if (kind === undefined) throw new UsageError(wrong('features', featureKinds.join(', '), given));
  return kind;
}

function file(name: string, given: string | undefined): string | undefined {
  if (given === '') throw new UsageError(wrong(name, 'a path', given));
  return given;
}

function list(name: string, given: string): readonly string[] {
  const items = given.split(',').map((item) => item.trim());
  if (items.includes('') || new Set(items).size < items.length) {
    throw new UsageError(wrong(name, 'different values with commas between them', given));
  }
  return items;
}

function whole(name: string, given: string, least: number): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(wrong(name, `a whole number, ${String(least)} or more`, given));
}

function share(name: string, given: string): number {
  const value = decimal(given);
  if (value > 0 && value <= 1) return value;
  throw new UsageError(wrong(name, 'a number above 0 and at most 1', given));
}

function lambdasOf(given: string): readonly number[] {
  const values = list('lambda', given).map(decimal);
  if (values.every((value) => value >= 0) && new Set(values).size === values.length) return values;
  throw new UsageError(wrong('lambda', 'different numbers of 0 or more', given));
}

/** NaN where `given` isn't a plain decimal: Number() would take '' and '0x1' too. */
function decimal(given: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(given) ? Number(given) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

function wrong(name: string, expected: string, found: string): string {
  return `--${name}: expected ${expected}, found ${JSON.stringify(found)}.`;
}
