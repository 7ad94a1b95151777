import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { file, list, numbers, oneOf, whole, wrong } from './argument-values';
import type { Half } from './half';
import { halves } from './half';
import type { PriorsKind } from './priors';
import { priorsKinds } from './priors';
import type { Overrides } from './settings-overrides';
import { overridesIn } from './settings-overrides';
import { UsageError } from './usage';

export { UsageError } from './usage';

export type FeatureKind = (typeof featureKinds)[number];
const featureKinds = ['hash', 'vectors', 'formats'] as const;

export interface Options {
  /** Paths, one or more. */
  readonly corpora: readonly string[];
  /** At most this many rows of each. */
  readonly limit?: number;
  readonly half: Half | 'all';
  /** Models are added until there are so many. */
  readonly grow?: number;
  /** At most this many steps of a pass. */
  readonly steps?: number;
  /** How many passes, each over the rows in another order. */
  readonly seeds: number;
  /** The seed of the first pass; the others have the next ones. */
  readonly firstSeed: number;
  /** Weights of the cost in the reward, each 0 or more. */
  readonly lambdas: readonly number[];
  /** Shares of decisions whose reward is ever seen, each more than 0 and at most 1. */
  readonly feedbacks: readonly number[];
  /** How many decisions a reward comes late. */
  readonly delay: number;
  readonly features: FeatureKind;
  /** A file for each corpus. */
  readonly vectors?: readonly string[];
  /** Numbers in a vector of `vectors` and `projectionFrom`. */
  readonly dims: number;
  readonly projectionFrom?: string;
  /** Names of policies. Absent: all. */
  readonly policies?: readonly string[];
  /** What the router is told of the models; one or more, the first is that of `conduit`. */
  readonly priors: readonly PriorsKind[];
  readonly table?: string;
  readonly set: Overrides;
  readonly sets?: string;
  /** A folder: the checkout whose router is `conduit-before`. */
  readonly router?: string;
  readonly stuck: boolean;
  readonly baseline?: string;
  readonly json?: string;
  /** A folder. */
  readonly svg?: string;
  readonly jobs: number;
}

const mostJobs = 4;
/** One pass in a hundred that gets stuck isn't seen in fewer. */
const stuckSeeds = 200;
const stuckPolicies = ['conduit', 'best-single'];
const text = { type: 'string' } as const;

/** Reads the arguments after the script's name. Throws UsageError, `--help` included. */
export function parseArguments(argv: readonly string[]): Options {
  const given = valuesOf(argv);
  if (given.help === true) throw new UsageError('Replays real prompts through routing policies.');
  if (given.corpus === undefined) throw new UsageError('--corpus is missing.');
  const corpora = files('corpus', given.corpus);
  const described = descriptionOf(given, corpora.length);
  const { stuck } = given;
  const policies =
    given.policies === undefined ? (stuck ? stuckPolicies : undefined) : list('policies', given.policies);
  const optional = {
    limit: given.limit === undefined ? undefined : whole('limit', given.limit, 1),
    grow: given.grow === undefined ? undefined : whole('grow', given.grow, 2),
    steps: given.steps === undefined ? undefined : whole('steps', given.steps, 1),
    policies,
    sets: file('sets', given.sets),
    router: file('router', given.router),
    baseline: file('baseline', given.baseline),
    json: file('json', given.json),
    svg: file('svg', given.svg),
  };
  return {
    corpora,
    half: oneOf('half', [...halves, 'all'], given.half ?? 'all'),
    seeds: whole('seeds', given.seeds ?? String(stuck ? stuckSeeds : 20), 1),
    firstSeed: whole('first-seed', given['first-seed'] ?? '1', 1),
    lambdas: numbers('lambda', given.lambda ?? '0,0.2,0.5', 'different numbers of 0 or more', (x) => x >= 0),
    feedbacks: numbers(
      'feedback',
      given.feedback ?? '1',
      'different numbers above 0 and at most 1',
      (x) => x > 0 && x <= 1,
    ),
    delay: whole('delay', given.delay ?? '0', 0),
    ...described,
    ...priorsIn(given.priors, file('table', given.table)),
    set: given.set === undefined ? {} : overridesIn(given.set),
    stuck,
    jobs:
      given.jobs === undefined ? Math.min(availableParallelism(), mostJobs) : whole('jobs', given.jobs, 1),
    ...present(optional),
  };
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        corpus: text,
        limit: text,
        half: text,
        grow: text,
        steps: text,
        seeds: text,
        'first-seed': text,
        lambda: text,
        feedback: text,
        delay: text,
        features: text,
        vectors: text,
        dims: text,
        'projection-from': text,
        policies: text,
        table: text,
        priors: text,
        set: text,
        sets: text,
        router: text,
        stuck: { type: 'boolean', default: false },
        baseline: text,
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

type Description = Pick<Options, 'features' | 'vectors' | 'dims' | 'projectionFrom'>;

function descriptionOf(given: ReturnType<typeof valuesOf>, corpora: number): Description {
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

function priorsIn(given: string | undefined, stated: string | undefined): Pick<Options, 'priors' | 'table'> {
  const items = given === undefined ? [stated === undefined ? 'off' : 'table'] : list('priors', given);
  const kinds = items.map((item) => priorsKinds.find((kind) => kind === item));
  const named = items.filter((_, index) => kinds[index] === undefined);
  const tables = [...named, ...(stated === undefined ? [] : [stated])];
  if (tables.length > 1) throw wrong('priors', `one table, or ${priorsKinds.join(', ')}`, given ?? '');
  const priors = kinds.map((kind) => kind ?? 'table');
  if (new Set(priors).size < priors.length) throw wrong('priors', 'different values', given ?? '');
  const needing = priors.find((kind) => kind === 'table' || kind === 'reversed' || kind === 'random');
  const [table] = tables;
  if (table === undefined && needing !== undefined) {
    throw new UsageError(`--priors ${needing} needs --table FILE.json.`);
  }
  return { priors, ...(table !== undefined && { table }) };
}

function files(name: string, given: string): readonly string[] {
  return file(name, given) === undefined ? [] : list(name, given);
}

type Present<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** Without what is undefined: an option that isn't given is absent. */
function present<Given extends object>(given: Given): Present<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Present<Given>;
}
