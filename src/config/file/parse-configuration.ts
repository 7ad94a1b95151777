import * as l10n from '@vscode/l10n';
import type { z } from 'zod';
import type { EffectiveValue } from '../../core/configuration';
import type { Pool } from '../../core/pool/deployment';
import type { Environment } from '../models/environment-reference';
import type { Settings } from '../options';
import type { Problem } from '../problem';
import { mostProblems } from '../problem';
import { readModels } from '../models/read-models';
import type { FileTier } from '../read-settings';
import { readSettings } from '../read-settings';
import { userSchema, workspaceSchema } from './schema';
import { shown } from '../shown-text';
import { unknownKeys } from './unknown-keys';
import type { YamlFile } from './yaml-file';
import { readYaml } from './yaml-file';

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
  /** Whether a file without a model_list is an error. */
  readonly modelsNeeded: boolean;
  /** Ids that this file must not use. */
  readonly takenIds: ReadonlySet<string>;
}

const userFile: Reading = {
  name: 'conduit.yaml',
  tier: 'file',
  environment: {},
  modelsNeeded: true,
  takenIds: new Set(),
};

/** Parses and checks a user's conduit.yaml. Never throws. */
export function parseConfiguration(text: string, reading: Partial<Reading> = {}): ParseResult {
  const yaml = readYaml(text);
  const { configuration, problems } = parseFile(yaml, { ...userFile, ...reading });
  if (configuration === undefined) return { configuration, problems };
  const wrong = wrongPool(yaml, configuration.settings, namesOf(configuration.pools));
  return wrong === undefined
    ? { configuration, problems }
    : { configuration: undefined, problems: [wrong, ...problems] };
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
    const configuration = { pools: [], settings: new Map(), modelValues: new Map() };
    const problems = reading.modelsNeeded
      ? [yaml.problemAt('warning', [], l10n.t('the file lists no models yet'))]
      : [];
    return { configuration, problems };
  }
  const schema = reading.modelsNeeded ? userSchema : workspaceSchema;
  const parsed = schema.safeParse(yaml.value);
  const { settings, problems: ofSettings } = readSettings(yaml, reading, reading.environment);
  const problems = [...ofSettings, ...unknownKeys(yaml, yaml.value)];
  if (!parsed.success)
    return { configuration: undefined, problems: [...schemaProblems(yaml, parsed.error), ...problems] };
  const list = parsed.data.model_list ?? [];
  if (list.length === 0 && reading.modelsNeeded)
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
