import * as l10n from '@vscode/l10n';
import type { EffectiveValue } from '../effective-values';
import type { Pool } from '../../core/terms/deployment';
import type { Environment } from '../models/environment-reference';
import type { Settings } from '../options';
import type { Problem } from '../problem';
import { mostProblems } from '../problem';
import { readModels } from '../models/read-models';
import type { FileTier } from '../read-settings';
import { readSettings } from '../read-settings';
import { readShared, sharedProblems } from '../models/shared-values';
import { isJsonObject } from '../../core/terms/tools';
import type { NamedText } from './named-text';
import { readFiles } from './join-files';
import type { WrittenBudget } from './read-budgets';
import { readBudgets } from './read-budgets';
import type { SignalChanges } from './read-signals';
import { readSignals } from './read-signals';
import { shown } from '../shown-text';
import { isKnownSection, unknownKeys } from './unknown-keys';
import type { YamlFile } from './yaml-file';
import { keysOf, valueAt } from './yaml-value';

/** What a conduit.yaml says. */
export interface FileConfiguration {
  /** Empty where the file lists no models. */
  readonly pools: readonly Pool[];
  readonly settings: Settings;
  /** What is in force of its models. */
  readonly modelValues: ModelValues;
  /** What it says of signals. */
  readonly signals: SignalChanges;
  /** Its budgets of single pools and models. */
  readonly budgets: readonly WrittenBudget[];
}

/** What is in force of each model, by its id. */
export type ModelValues = ReadonlyMap<string, readonly EffectiveValue[]>;

export interface ParseResult {
  /** Undefined where there is any error: a file never half-applies. */
  readonly configuration: FileConfiguration | undefined;
  readonly problems: readonly Problem[];
}

/** How a file is read. */
export interface Reading extends FileTier {
  readonly environment: Environment;
  /** Names of the pools that are there where the file lists no models; undefined: any name will do. */
  readonly poolsThere: readonly string[] | undefined;
  /** Ids that this file must not use. */
  readonly takenIds: ReadonlySet<string>;
}

const userFile: Reading = {
  name: 'conduit.yaml',
  tier: 'file',
  environment: {},
  poolsThere: undefined,
  takenIds: new Set(),
};

/** Parses and checks a user's conduit.yaml, with what it includes. Never throws. */
export function parseConfiguration(
  text: string,
  reading: Partial<Reading> & Pick<NamedText, 'included'> = {},
): ParseResult {
  const yaml = readFiles({ name: reading.name ?? userFile.name, text, included: reading.included });
  const { configuration, problems } = parseFile(yaml, { ...userFile, ...reading });
  if (configuration === undefined) return { configuration, problems };
  const { pools, settings } = configuration;
  const names = pools.length > 0 ? namesOf(pools) : reading.poolsThere;
  const wrong = names && wrongPool(yaml, settings, names);
  if (wrong === undefined) return { configuration, problems };
  if (pools.length > 0) return { configuration: undefined, problems: [wrong, ...problems] };
  // A key or a server that is gone for now takes its pool along: no fault of the file's.
  const others = new Map([...settings].filter(([path]) => path !== 'router.pool'));
  return {
    configuration: { ...configuration, settings: others },
    problems: [{ ...wrong, severity: 'warning' }, ...problems],
  };
}

export function namesOf(pools: readonly Pool[]): readonly string[] {
  return pools.map(({ name }) => name);
}

/** What is wrong with router.pool where there are only the pools of these names. */
export function wrongPool(yaml: YamlFile, settings: Settings, names: readonly string[]): Problem | undefined {
  const pool = poolOf(settings);
  if (pool === undefined || names.includes(pool)) return undefined;
  const message = l10n.t("there is no pool '{0}' (pools: {1})", shown(pool), shownNames(names));
  return yaml.problemAt('error', ['router', 'pool'], message);
}

/** Names enough to find the right one among. */
const mostNames = 20;

/** Names of pools for a message. */
export function shownNames(names: readonly string[]): string {
  const first = names.slice(0, mostNames).map((name) => shown(name));
  return [...first, ...(names.length > mostNames ? ['…'] : [])].join(', ') || l10n.t('none');
}

function poolOf(settings: Settings): string | undefined {
  const wanted = settings.get('router.pool')?.value;
  return typeof wanted === 'string' ? wanted : undefined;
}

/** Checks a file that was read. Never throws. */
export function parseFile(yaml: YamlFile, reading: Reading): ParseResult {
  const { value } = yaml;
  if (yaml.problems.some(({ severity }) => severity === 'error'))
    return { configuration: undefined, problems: yaml.problems };
  if (value === undefined || value === null)
    return {
      configuration: {
        pools: [],
        settings: new Map(),
        modelValues: new Map(),
        signals: new Map(),
        budgets: [],
      },
      problems: yaml.problems,
    };
  if (!isJsonObject(value)) {
    const noMapping = l10n.t('must be a mapping, for example with a model_list');
    return { configuration: undefined, problems: [yaml.problemAt('error', [], noMapping)] };
  }
  const { settings, problems: ofSettings } = readSettings(yaml, reading, reading.environment);
  const { changes: signals, problems: ofSignals } = readSignals(yaml, reading);
  const { list, problems: ofList } = modelList(yaml, reading);
  const ofShared = sharedProblems(value).map(({ path, message }) => yaml.problemAt('warning', path, message));
  const shared = readShared(value, reading.environment);
  const models = readModels(yaml, list, reading, shared, reading.takenIds, poolOf(settings));
  const { budgets, problems: ofBudgets } = readBudgets(yaml, reading, models.pools);
  const problems = [
    ...models.problems,
    ...ofList,
    ...yaml.problems,
    ...ofSettings,
    ...ofSignals,
    ...ofBudgets,
    ...ofShared,
    ...unknownKeys(yaml, value, (index) => models.used.has(index)),
  ];
  const broken = problems.some(({ severity }) => severity === 'error');
  return {
    configuration: broken
      ? undefined
      : { pools: models.pools, settings, modelValues: models.values, signals, budgets },
    problems: firstOf(problems),
  };
}

/** The entries of `model_list`, and what is wrong with the list as a whole. */
function modelList(
  yaml: YamlFile,
  { tier }: FileTier,
): { readonly list: readonly unknown[]; readonly problems: readonly Problem[] } {
  const { value } = yaml;
  const none = (severity: Problem['severity'], path: readonly string[], message: string) => ({
    list: [],
    problems: [yaml.problemAt(severity, path, message)],
  });
  const written = valueAt(value, ['model_list']);
  const keys = keysOf(value);
  const includes = keys.includes('include');
  if (Array.isArray(written) && written.length > 0) return { list: written, problems: [] };
  if (written !== undefined && written !== null && !Array.isArray(written))
    return none('error', ['model_list'], l10n.t('must be a list of models'));
  // Without any model the prompts would go to the models that are there, which the file didn't mean.
  if (includes && tier === 'file') {
    const message = l10n.t('no file that is included lists a model that is read: the file has no models');
    return none('error', ['include'], message);
  }
  if (Array.isArray(written) || (written === null && keys.includes('model_list')))
    return tier === 'file'
      ? none('warning', [], l10n.t('the file lists no models yet'))
      : { list: [], problems: [] };
  // An unknown key may be one that was meant to list them.
  return tier === 'file' && !keys.every(isKnownSection)
    ? none('error', ['model_list'], l10n.t('is needed: the models to choose from'))
    : { list: [], problems: [] };
}

/** The first ones of many: errors before warnings, so that none is lost behind them. */
function firstOf(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const of = (wanted: Problem['severity']): readonly Problem[] =>
    problems.filter(({ severity }) => severity === wanted);
  return [...of('error'), ...of('warning'), ...of('note')].slice(0, mostProblems);
}
