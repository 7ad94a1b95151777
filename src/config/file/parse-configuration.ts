import * as l10n from '@vscode/l10n';
import type { z } from 'zod';
import type { EffectiveValue } from '../effective-values';
import type { Pool } from '../../core/terms/deployment';
import type { Environment } from '../models/environment-reference';
import type { Settings } from '../options';
import type { Problem } from '../problem';
import { mostProblems } from '../problem';
import { readModels } from '../models/read-models';
import type { FileTier } from '../read-settings';
import { readSettings } from '../read-settings';
import { fileSchema, schemaWithModels } from './schema';
import { shown } from '../shown-text';
import { isKnownSection, unknownKeys } from './unknown-keys';
import type { YamlFile } from './yaml-file';
import { readYaml } from './yaml-file';
import { keysOf } from './yaml-value';

/** What a conduit.yaml says. */
export interface FileConfiguration {
  /** Empty where the file lists no models. */
  readonly pools: readonly Pool[];
  readonly settings: Settings;
  /** What is in force of its models. */
  readonly modelValues: ModelValues;
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

/** Parses and checks a user's conduit.yaml. Never throws. */
export function parseConfiguration(text: string, reading: Partial<Reading> = {}): ParseResult {
  const yaml = readYaml(text);
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
  const message = l10n.t(
    "there is no pool '{0}' (pools: {1})",
    shown(pool),
    names.join(', ') || l10n.t('none'),
  );
  return yaml.problemAt('error', ['router', 'pool'], message);
}

function poolOf(settings: Settings): string | undefined {
  const wanted = settings.get('router.pool')?.value;
  return typeof wanted === 'string' ? wanted : undefined;
}

/** Checks a file that was read. Never throws. */
export function parseFile(yaml: YamlFile, reading: Reading): ParseResult {
  if (yaml.problems.length > 0) return { configuration: undefined, problems: yaml.problems };
  if (yaml.value === undefined || yaml.value === null) {
    return { configuration: { pools: [], settings: new Map(), modelValues: new Map() }, problems: [] };
  }
  const ofUser = reading.tier === 'file';
  // Without it the prompts go to the models that are there: an unknown key may be one that was meant to list them.
  const modelsNeeded = ofUser && !keysOf(yaml.value).every(isKnownSection);
  const parsed = (modelsNeeded ? schemaWithModels : fileSchema).safeParse(yaml.value);
  const { settings, problems: ofSettings } = readSettings(yaml, reading, reading.environment);
  const problems = [...ofSettings, ...unknownKeys(yaml, yaml.value)];
  if (!parsed.success)
    return { configuration: undefined, problems: [...schemaProblems(yaml, parsed.error), ...problems] };
  const list = parsed.data.model_list ?? [];
  if (list.length === 0 && ofUser && parsed.data.model_list !== undefined)
    problems.unshift(yaml.problemAt('warning', [], l10n.t('the file lists no models yet')));
  const models = readModels(yaml, list, reading, reading.environment, reading.takenIds, poolOf(settings));
  problems.unshift(...models.problems);
  const broken = problems.some(({ severity }) => severity === 'error');
  return {
    configuration: broken ? undefined : { pools: models.pools, settings, modelValues: models.values },
    problems: firstOf(problems),
  };
}

/** The first ones of many: errors before warnings, so that none is lost behind them. */
function firstOf(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return [...errors, ...warnings].slice(0, mostProblems);
}

/** What the schema found wrong, each at its place: the first ones of many. */
function schemaProblems(yaml: YamlFile, error: z.ZodError): readonly Problem[] {
  return error.issues.slice(0, mostProblems).map(({ path, message }) => {
    const segments = path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
    return yaml.problemAt('error', segments, message);
  });
}
