import * as l10n from '@vscode/l10n';
import type { Pool } from '../../core/terms/deployment';
import type { Environment } from '../models/environment-reference';
import { fingerprintOf } from './fingerprint';
import type { NamedText } from '../file/named-text';
import type { OptionPath } from '../options';
import type { FileConfiguration, ParseResult } from '../file/parse-configuration';
import { namesOf, parseFile, wrongPool } from '../file/parse-configuration';
import type { Problem } from '../problem';
import { mostProblems } from '../problem';
import { requestLines } from './workspace-request';
import { keysOf, valueAt } from '../file/yaml-value';
import type { YamlFile } from '../file/yaml-file';
import { readFiles } from '../file/join-files';

/** What a workspace's conduit.yaml asks for beyond a choice among the user's own pools and presets. */
export interface WorkspaceRequest {
  /** Of all that it asks for: another one means that something changed. */
  readonly fingerprint: string;
  /** What would go where, one sentence each: "Prompts for pool 'fast' would go to evil.example with the key in GITHUB_TOKEN." */
  readonly lines: readonly string[];
}

/** What a workspace's file does, and what it would do if it were allowed. */
export interface WorkspaceReading {
  /** What is applied. */
  readonly configuration: FileConfiguration;
  readonly problems: readonly Problem[];
  /** What it asks for beyond a choice; undefined: nothing. */
  readonly request: WorkspaceRequest | undefined;
}

const nothing: FileConfiguration = {
  pools: [],
  settings: new Map(),
  modelValues: new Map(),
  signals: new Map(),
  budgets: [],
};
const mayChoose: readonly OptionPath[] = ['router.pool', 'router.preset'];
const notApplied = l10n.t(
  'was not applied: by itself a workspace’s conduit.yaml only chooses router.pool and router.preset, and the rest waits until you allow it',
);

/**
 * Reads a workspace's conduit.yaml. It comes with somebody's repository, so that by itself it only chooses among the
 * user's own pools and presets. All else in it is named in warnings and asked for in a request, and is applied when
 * `grant` is that request's fingerprint. A file with errors does nothing at all. Never throws.
 */
export function readWorkspace(
  file: NamedText,
  userPools: readonly Pool[],
  environment: Environment,
  grant: string | undefined,
): WorkspaceReading {
  const yaml = readFiles(file);
  const parse = (takenIds: ReadonlySet<string>): ParseResult =>
    parseFile(yaml, { name: file.name, tier: 'workspace', environment, poolsThere: undefined, takenIds });
  // A pool of which no model can be used takes the place of none: which ones do is known when they were read.
  const brought = new Set(namesOf(parse(new Set()).configuration?.pools ?? []));
  const kept = userPools.filter(({ name }) => !brought.has(name));
  const ids = kept.flatMap(({ deployments }) => deployments.map(({ id }) => id));
  const { configuration, problems } = parse(new Set(ids));
  const waiting = beyondChoice(yaml);
  if (configuration === undefined) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    return { configuration: nothing, problems: [...errors, ...waiting], request: undefined };
  }
  const lines = requestLines(configuration, yaml.value);
  const request =
    waiting.length === 0 || lines.length === 0
      ? undefined
      : { fingerprint: fingerprintOf([yaml.value, meaningOf(configuration)]), lines };
  const granted = request !== undefined && request.fingerprint === grant;
  const applied = granted ? configuration : choiceOf(configuration);
  const told = granted ? problems : waiting;
  const names = namesOf(granted ? [...userPools, ...configuration.pools] : userPools);
  const wrong = wrongPool(yaml, applied.settings, names);
  if (wrong === undefined) return { configuration: applied, problems: told, request };
  const ownPool = configuration.pools.some(({ name }) => name === applied.settings.get('router.pool')?.value);
  const problem = ownPool ? yaml.problemAt('warning', ['router', 'pool'], notApplied) : wrong;
  const settings = new Map([...applied.settings].filter(([path]) => path !== 'router.pool'));
  return { configuration: { ...applied, settings }, problems: [problem, ...told], request };
}

/**
 * What the lines tell, without the language that they tell it in: with what the environment makes of the file, and
 * without what the catalogue of vendors knows beside it, so that another version of Conduit doesn't ask again.
 */
function meaningOf({ pools, settings }: FileConfiguration): unknown {
  const told = pools.map((pool) => ({
    ...pool,
    deployments: pool.deployments.map(
      ({ promptCache: _habit, serverTellsPrice: _tells, ...deployment }) => deployment,
    ),
  }));
  return [told, [...settings].map(([path, { value }]) => [path, value])];
}

/** What the file may do by itself. */
function choiceOf({ settings }: FileConfiguration): FileConfiguration {
  return { ...nothing, settings: new Map([...settings].filter(([path]) => mayChoose.includes(path))) };
}

/** A warning for everything that needs to be allowed. */
function beyondChoice(yaml: YamlFile): readonly Problem[] {
  const top = keysOf(yaml.value).filter((key) => key !== 'router');
  const ofRouter = keysOf(valueAt(yaml.value, ['router'])).filter(
    (key) => !mayChoose.some((path) => path === `router.${key}`),
  );
  const paths = [...top.map((key) => [key]), ...ofRouter.map((key) => ['router', key])];
  return paths.slice(0, mostProblems).map((path) => yaml.problemAt('warning', path, notApplied, true));
}
