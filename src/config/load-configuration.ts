import * as l10n from '@vscode/l10n';
import type { Configuration } from '../core/terms/configuration';
import type { EditorModel } from './models/small-and-strong';
import type { LocalModel } from '../vendors/local-model';
import type { ModelFacts } from '../vendors/model-facts';
import { completed, keptFacts } from '../vendors/model-facts';
import type { WorkspaceRequest } from './workspace/workspace-rules';
import type { EffectiveValue } from './effective-values';
import type { Deployment, Pool } from '../core/terms/deployment';
import { buildConfiguration } from './build-configuration';
import { looserBudgets } from './budgets';
import { judgeProblem } from './judges';
import { defaultPools } from './models/default-pools';
import { budgetValues, deploymentValues, optionValues, signalValues } from './effective-values';
import { environmentProblem, readVariables } from './environment';
import type { NamedText } from './file/named-text';
import type { SignalChanges } from './file/read-signals';
import type { OptionPath, Setting, Settings } from './options';
import type { FileConfiguration, ModelValues } from './file/parse-configuration';
import { namesOf, parseConfiguration, shownNames } from './file/parse-configuration';
import type { Problem, ConfigurationProblem } from './problem';
import { shown } from './shown-text';
import { readWorkspace } from './workspace/workspace-rules';

export interface Sources {
  /** The user's conduit.yaml, where there is one. */
  readonly file?: NamedText;
  /** The workspace's, where there is one and the workspace is trusted. */
  readonly workspaceFile?: NamedText;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Hosts that a key is stored for. */
  readonly storedHosts: ReadonlySet<string>;
  /** Models of local servers; they serve where no file lists models. */
  readonly localModels?: readonly LocalModel[];
  /** What local servers told of the models that they serve. */
  readonly toldFacts?: (deployment: Deployment) => ModelFacts;
  /** The editor's own models that the user let Conduit use; likewise. */
  readonly editorModels?: readonly EditorModel[];
  /** The fingerprint of the workspace's request that the user agreed to. */
  readonly workspaceGrant?: string;
  /** What is in force now. */
  readonly previous?: Configuration;
  /** The user's conduit.yaml as it was last read without errors; without a file: there was none. */
  readonly lastGood?: { readonly file?: NamedText | undefined };
}

export interface Loaded {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
  /** True where the user's file has errors and the previous configuration stays in force. */
  readonly kept: boolean;
  /** Every value in force with its tier, secrets masked; empty where the previous configuration was kept. */
  readonly values: readonly EffectiveValue[];
  /** What the workspace's file asks for beyond a choice, whether it was allowed or not. */
  readonly workspaceRequest?: WorkspaceRequest | undefined;
}

/**
 * The configuration in force: defaults, then the user's file, then the workspace's choice (and what it was allowed
 * beyond), then the environment. A file with errors changes nothing: what was in force stays, and at the start the
 * keys that are there, or simulated models, serve. Never throws.
 */
export function loadConfiguration(sources: Sources): Loaded {
  const { file, workspaceFile, environment, previous } = sources;
  const there = found(sources);
  const poolsThere = namesOf(there.pools);
  const parsed = file && parseConfiguration(file.text, { ...file, environment, poolsThere });
  const problems = file === undefined ? [] : inFile(file.name, parsed?.problems ?? []);
  const broken = parsed !== undefined && parsed.configuration === undefined;
  if (broken && previous !== undefined) return keeping(previous, sources, problems);

  const user = parsed?.configuration ?? {
    pools: [],
    settings: noSettings,
    modelValues: noValues,
    signals: noSignals,
    budgets: [],
  };
  const base = user.pools.length > 0 ? { ...user, problems: [] } : there;
  const read = workspaceFile && readWorkspace(workspaceFile, base.pools, environment, sources.workspaceGrant);
  const pools = merged(base.pools, read?.configuration.pools ?? []);
  const variables = readVariables(environment);
  const wrongPool = wrongPoolOf(variables.settings, pools);
  const overrides = wrongPool === undefined ? variables.settings : without(variables.settings, 'router.pool');
  const layers = [user.settings, read?.configuration.settings ?? noSettings, overrides];
  const rows = new Map([...base.modelValues, ...(read?.configuration.modelValues ?? noValues)]);
  const configuration = buildConfiguration(
    pools.map((pool) => withFacts(pool, sources)),
    layers,
    environment,
    sourceOf(pools, user, read?.configuration),
    user,
  );
  return {
    configuration,
    problems: [
      ...problems,
      ...(workspaceFile === undefined ? [] : inFile(workspaceFile.name, read?.problems ?? [])),
      ...base.problems,
      ...variables.problems,
      ...(wrongPool === undefined ? [] : [wrongPool]),
      ...wrongJudge(configuration, layers),
      ...wrongMeasure(configuration, layers),
      ...looserBudgets(layers).map(({ path, setting, message }) => problemOf(setting, path, message)),
    ],
    kept: false,
    values: [
      ...optionValues(layers, environment),
      ...signalValues(user.signals, configuration.signals),
      ...budgetValues(user.budgets),
      ...pools.flatMap(({ deployments }) => deployments.flatMap(({ id }) => rows.get(id) ?? [])),
    ],
    workspaceRequest: read?.request,
  };
}

/** What is known of the models goes where nothing is written of them: first what their servers tell, then what is kept. */
function withFacts(pool: Pool, { toldFacts }: Sources): Pool {
  const deployments = pool.deployments.map((each) =>
    completed(each, toldFacts?.(each) ?? {}, keptFacts(each)),
  );
  return { ...pool, deployments };
}

/** What the last good file says, with everything beside it as it is now: what was allowed may be taken back. */
function keeping(
  previous: Configuration,
  sources: Sources,
  problems: readonly ConfigurationProblem[],
): Loaded {
  const { lastGood, file, previous: _previous, ...rest } = sources;
  if (lastGood === undefined) return { configuration: previous, problems, kept: true, values: [] };
  const loaded = loadConfiguration({ ...rest, ...(lastGood.file && { file: lastGood.file }) });
  const own = fileNames(file);
  const others = loaded.problems.filter(({ fileName }) => !own.has(fileName));
  return { ...loaded, problems: [...problems, ...others], kept: true };
}

/** What problems call a file and those that it includes. */
export function fileNames(file: NamedText | undefined): ReadonlySet<string> {
  if (file === undefined) return new Set();
  return new Set([file.name, ...(file.included ?? []).map(({ name }) => name)]);
}

const noSettings: Settings = new Map<OptionPath, Setting>();
const noSignals: SignalChanges = new Map();
const noValues: ModelValues = new Map<string, readonly EffectiveValue[]>();

/** Without a file that lists models: what is there. */
function found({ environment, storedHosts, localModels = [], editorModels = [] }: Sources): {
  readonly pools: readonly Pool[];
  readonly modelValues: ModelValues;
  readonly problems: readonly ConfigurationProblem[];
} {
  const { pools, problems } = defaultPools({ environment, storedHosts, localModels, editorModels });
  const deployments = pools.flatMap((pool) => pool.deployments);
  const modelValues = new Map(
    deployments.map((deployment, index) => [deployment.id, valuesOfFound(deployment, index)] as const),
  );
  return { pools, modelValues, problems };
}

/** A variable that holds a key is why the models are there. */
function valuesOfFound(deployment: Deployment, index: number): readonly EffectiveValue[] {
  const { key } = deployment;
  const name = key.kind === 'environment' ? key.name : undefined;
  return deploymentValues(deployment, index, name === undefined ? 'default' : 'environment', () => name);
}

/** The workspace's pools in the place of the user's of the same name; simulated ones only where nothing else is. */
function merged(user: readonly Pool[], workspace: readonly Pool[]): readonly Pool[] {
  if (workspace.length === 0) return user;
  const kept = user.filter((pool) => !pool.simulated);
  const named = new Map(workspace.map((pool) => [pool.name, pool]));
  const own = new Set(namesOf(kept));
  const added = workspace.filter(({ name }) => !own.has(name));
  return [...kept.map((pool) => named.get(pool.name) ?? pool), ...added];
}

function sourceOf(
  pools: readonly Pool[],
  user: FileConfiguration,
  workspace: FileConfiguration | undefined,
): Configuration['source'] {
  if (user.pools.length > 0 || (workspace?.pools ?? []).length > 0) return 'file';
  return pools.every((pool) => pool.simulated) ? 'simulated' : 'keys';
}

function wrongPoolOf(settings: Settings, pools: readonly Pool[]): ConfigurationProblem | undefined {
  const setting = settings.get('router.pool');
  if (setting === undefined || pools.some(({ name }) => name === setting.value)) return undefined;
  return environmentProblem(
    setting.place,
    l10n.t('there is no such pool (pools: {0})', shownNames(namesOf(pools))),
  );
}

/** A judge that is turned on and can't judge, where it is named or turned on. */
function wrongJudge(
  { judge, pools }: Configuration,
  layers: readonly Settings[],
): readonly ConfigurationProblem[] {
  const message = judgeProblem(judge, pools);
  if (message === undefined) return [];
  const lastOf = (path: OptionPath): Setting | undefined =>
    layers.findLast((layer) => layer.has(path))?.get(path);
  const path = lastOf('judge.model') === undefined ? 'judge.enabled' : 'judge.model';
  const setting = lastOf(path);
  return setting === undefined ? [] : [problemOf(setting, path, message)];
}

/** A model to be measured that isn't there, or is alone in its pool; a share without one. */
function wrongMeasure(
  { measure, pools }: Configuration,
  layers: readonly Settings[],
): readonly ConfigurationProblem[] {
  const path = measure === undefined ? 'router.measure.share' : 'router.measure.against';
  const setting = layers.findLast((layer) => layer.has(path))?.get(path);
  if (setting === undefined) return [];
  // What a variable holds isn't repeated: it may have been meant for another one.
  const name = setting.tier === 'environment' ? setting.place : shown(String(setting.value));
  const message = measureProblem(measure, pools, name);
  return message === undefined ? [] : [problemOf(setting, path, message)];
}

function measureProblem(
  measure: Configuration['measure'],
  pools: readonly Pool[],
  name: string,
): string | undefined {
  if (measure === undefined) return l10n.t('there is no router.measure.against: nothing is measured');
  const { against } = measure;
  const pool = pools.find(({ deployments }) => deployments.some(({ id }) => id === against));
  if (pool === undefined) return l10n.t('there is no model with the id {0}: nothing is measured', name);
  return pool.deployments.length > 1
    ? undefined
    : l10n.t('{0} is the only model of its pool: there is nothing to hold against it', name);
}

/** A warning at the place of a setting. */
function problemOf({ tier, place }: Setting, path: OptionPath, message: string): ConfigurationProblem {
  if (tier === 'environment') return environmentProblem(place, message, 'warning');
  const [, fileName = place, line = '1'] = /^(.*):(\d+)$/.exec(place) ?? [];
  const where = { line: Number(line), column: 1, endLine: Number(line), endColumn: 2 };
  return { fileName, severity: 'warning', message, path, ...where };
}

function without(settings: Settings, path: OptionPath): Settings {
  return new Map([...settings].filter(([other]) => other !== path));
}

function inFile(fileName: string, problems: readonly Problem[]): readonly ConfigurationProblem[] {
  return problems.map((problem) => ({ ...problem, fileName: problem.fileName ?? fileName }));
}
