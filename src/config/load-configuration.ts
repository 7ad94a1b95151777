import type { Configuration } from '../core/configuration';
import { defaultPools } from './default-pools';
import { defaults } from './defaults';
import { applyEnvironment, modelOrNone } from './environment';
import type { FileConfiguration } from './parse-configuration';
import { parseConfiguration } from './parse-configuration';
import type { FileProblem, Problem } from './problem';
import { parseWorkspaceConfiguration } from './workspace-rules';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

export interface Sources {
  /** The user's conduit.yaml, where there is one. */
  readonly file?: NamedText;
  /** The workspace's, where there is one and the workspace is trusted. */
  readonly workspaceFile?: NamedText;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Hosts that a key is stored for. */
  readonly storedHosts: ReadonlySet<string>;
  /** What is in force now. */
  readonly previous?: Configuration;
}

export interface Loaded {
  readonly configuration: Configuration;
  readonly problems: readonly FileProblem[];
  /** True where the user's file has errors and the previous configuration stays in force. */
  readonly kept: boolean;
}

/**
 * The configuration in force: defaults, then the user's file, then the workspace's choice, then the environment.
 * A file with errors changes nothing: what was in force stays, and at the start the keys that are there, or
 * simulated models, serve. Never throws.
 */
export function loadConfiguration({
  file,
  workspaceFile,
  environment,
  storedHosts,
  previous,
}: Sources): Loaded {
  const parsed = file === undefined ? undefined : parseConfiguration(file.text);
  const problems = file === undefined ? [] : inFile(file.name, parsed?.problems ?? []);
  const broken = parsed !== undefined && parsed.configuration === undefined;
  if (broken && previous !== undefined) return { configuration: previous, problems, kept: true };

  const { configuration: base, problems: ofVariables } = baseConfiguration(
    parsed?.configuration,
    environment,
    storedHosts,
  );
  const names = base.pools.map(({ name }) => name);
  const workspace =
    workspaceFile === undefined ? undefined : parseWorkspaceConfiguration(workspaceFile.text, names);
  const chosen: Configuration = {
    ...base,
    defaultPool: workspace?.choice.pool ?? base.defaultPool,
    preset: workspace?.choice.preset ?? base.preset,
  };
  const overridden = applyEnvironment(chosen, environment);
  return {
    configuration: overridden.configuration,
    problems: [
      ...problems,
      ...(workspaceFile === undefined ? [] : inFile(workspaceFile.name, workspace?.problems ?? [])),
      ...ofVariables,
      ...overridden.problems,
    ],
    kept: false,
  };
}

function baseConfiguration(
  file: FileConfiguration | undefined,
  environment: Sources['environment'],
  storedHosts: ReadonlySet<string>,
): { readonly configuration: Configuration; readonly problems: readonly FileProblem[] } {
  const fromFile = file !== undefined && file.pools.length > 0;
  const { pools, problems } = fromFile
    ? { pools: file.pools, problems: [] }
    : defaultPools(environment, storedHosts);
  const simulated = pools.every((pool) => pool.simulated);
  const configuration: Configuration = {
    pools,
    defaultPool: file?.defaultPool ?? pools[0]?.name ?? '',
    preset: file?.preset ?? defaults.preset,
    switchAfter: file?.switchAfter ?? defaults.switchAfter,
    keepPrompts: file?.keepPrompts ?? defaults.keepPrompts,
    dailyBudgetUsd: undefined,
    maxCostPerRequestUsd: undefined,
    instructions: [],
    limits: defaults.limits,
    cache: { enabled: defaults.cacheEnabled, redisUrl: undefined },
    embeddingModel: modelOrNone(file?.embeddingModel ?? defaults.embeddingModel),
    source: fromFile ? 'file' : simulated ? 'simulated' : 'keys',
  };
  return { configuration, problems };
}

function inFile(fileName: string, problems: readonly Problem[]): readonly FileProblem[] {
  return problems.map((problem) => ({ fileName, ...problem }));
}
