import type { EditorModel, LocalModel } from '../../core/configuration';
import { noOptions } from '../../core/pool/call-options';
import type { Deployment, KeySource, Pool } from '../../core/pool/deployment';
import { hostOf } from '../../core/pool/host';
import { baseProblem } from './base-url';
import type { DefaultModels } from './default-models';
import { defaultModels } from './default-models';
import type { Environment } from './environment-reference';
import { environmentProblem } from '../environment';
import type { FileProblem } from '../problem';
import type { ServedProvider } from './providers';
import { knownProviders } from './providers';
import { simulatedPool } from './simulated-pool';
import { pickEditorModels, pickLocal } from './small-and-strong';

/** What is there without a file. */
export interface Found {
  readonly environment: Environment;
  /** Hosts that a key is stored for. */
  readonly storedHosts: ReadonlySet<string>;
  readonly localModels: readonly LocalModel[];
  readonly editorModels: readonly EditorModel[];
}

/**
 * With no file: one pool of the providers whose keys are there, of local servers and of the editor's own models;
 * else the simulated pool. A provider whose base URL can't be used is left out and named: its key must not go to
 * another host than the one asked for.
 */
export function defaultPools(found: Found): {
  readonly pools: readonly Pool[];
  readonly problems: readonly FileProblem[];
} {
  const wrong = ({ baseName }: DefaultModels): string | undefined => {
    const base = baseName === undefined ? undefined : found.environment[baseName];
    return base ? baseProblem(base) : undefined;
  };
  const deployments = [
    ...defaultModels
      .filter((models) => wrong(models) === undefined)
      .flatMap((models) => ofKey(models, found)),
    ...pickLocal(found.localModels).map((local) =>
      deployment(local.provider, local.model, local.apiBase, { kind: 'none' }),
    ),
    ...pickEditorModels(found.editorModels).map(ofEditor),
  ];
  return {
    pools:
      deployments.length === 0
        ? [simulatedPool]
        : [{ name: 'default', deployments: distinct(deployments), simulated: false }],
    problems: defaultModels.flatMap((models) => {
      const message = wrong(models);
      return message === undefined || models.baseName === undefined
        ? []
        : [environmentProblem(models.baseName, message)];
    }),
  };
}

function ofKey(
  { provider, baseName, small, strong }: DefaultModels,
  { environment, storedHosts }: Found,
): readonly Deployment[] {
  const { base = '', keyNames } = knownProviders[provider];
  const apiBase = (baseName === undefined ? undefined : environment[baseName]) || base;
  const host = hostOf(apiBase);
  const name = keyNames.find((candidate) => environment[candidate]);
  const key: KeySource | undefined =
    name !== undefined
      ? { kind: 'environment', name }
      : storedHosts.has(host)
        ? { kind: 'secret', host }
        : undefined;
  if (key === undefined) return [];
  return [small, strong].map((model) => deployment(provider, model, apiBase, key));
}

function ofEditor({ vendor, family, maxInputTokens }: EditorModel): Deployment {
  const model = `${vendor}/${family}`;
  const { base = '' } = knownProviders.vscode;
  return {
    ...deployment('vscode', model, base, { kind: 'none' }),
    id: `vscode/${model}`,
    contextWindowTokens: maxInputTokens,
  };
}

function deployment(provider: ServedProvider, model: string, apiBase: string, key: KeySource): Deployment {
  return {
    id: model,
    pool: 'default',
    provider,
    protocol: knownProviders[provider].protocol,
    options: noOptions,
    apiVersion: undefined,
    model,
    apiBase,
    key,
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
  };
}

/** Two servers may have a model of the same name: the later one's id says whose it is. */
function distinct(deployments: readonly Deployment[]): readonly Deployment[] {
  const ids = deployments.map(({ id }) => id);
  return deployments
    .map((each, index) =>
      ids.indexOf(each.id) < index ? { ...each, id: `${each.provider}/${each.id}` } : each,
    )
    .filter((each, index, all) => all.findIndex(({ id }) => id === each.id) === index);
}
