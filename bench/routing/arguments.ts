import { file, list, numbers, whole, wrong } from './argument-values';
import type { PriorsKind } from './priors';
import { priorsKinds } from './priors';
import type { Overrides } from './settings-overrides';
import { overridesIn } from './settings-overrides';
import { usage } from './usage';
import { explained, UsageError } from './usage-error';
import type { WalkOptions } from './walk-arguments';
import { present, text, valuesOf, walkFlags, walkOptionsIn } from './walk-arguments';

export { UsageError } from './usage-error';

export interface Options extends WalkOptions {
  /** Models are added until there are so many. */
  readonly grow?: number;
  /** Shares of decisions whose reward is ever seen, each more than 0 and at most 1. */
  readonly feedbacks: readonly number[];
  /** How many decisions a reward comes late. */
  readonly delay: number;
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
}

const flags = {
  ...walkFlags,
  grow: text,
  feedback: text,
  delay: text,
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
} as const;

/** One pass in a hundred that gets stuck isn't seen in fewer. */
const stuckSeeds = 200;
const stuckPolicies = ['conduit', 'best-single'];

/** Reads the arguments after the script's name. Throws UsageError, `--help` included. */
export function parseArguments(argv: readonly string[]): Options {
  return explained(usage, () => optionsIn(argv));
}

function optionsIn(argv: readonly string[]): Options {
  const given = valuesOf(argv, flags);
  if (given.help === true) throw new UsageError('Replays real prompts through routing policies.');
  const { stuck } = given;
  const policies =
    given.policies === undefined ? (stuck ? stuckPolicies : undefined) : list('policies', given.policies);
  const optional = {
    grow: given.grow === undefined ? undefined : whole('grow', given.grow, 2),
    policies,
    sets: file('sets', given.sets),
    router: file('router', given.router),
    baseline: file('baseline', given.baseline),
    json: file('json', given.json),
    svg: file('svg', given.svg),
  };
  return {
    ...walkOptionsIn(given, { seeds: stuck ? stuckSeeds : 20, lambda: '0,0.2,0.5' }),
    feedbacks: numbers(
      'feedback',
      given.feedback ?? '1',
      'different numbers above 0 and at most 1',
      (x) => x > 0 && x <= 1,
    ),
    delay: whole('delay', given.delay ?? '0', 0),
    ...priorsIn(given.priors, file('table', given.table)),
    set: given.set === undefined ? {} : overridesIn(given.set),
    stuck,
    ...present(optional),
  };
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
