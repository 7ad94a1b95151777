import type { EditorModel } from './small-and-strong';
import { vendors } from '../../vendors/catalogue';
import type { LocalModel } from '../../vendors/local-model';
import { editorVendor, vendorNamed } from '../../vendors/lookup';
import type { Vendor } from '../../vendors/vendor';
import { noOptions } from '../../core/terms/call-options';
import type { Deployment, KeySource, Pool } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import { bareAddress, baseProblem, readBase } from './base-url';
import type { Environment } from './environment-reference';
import { environmentProblem } from '../environment';
import type { ConfigurationProblem } from '../problem';
import { simulatedPool } from './simulated-pool';
import { pickEditorModels, pickLocal } from './small-and-strong';
import { servedBy, wireName } from './to-deployment';

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
  readonly problems: readonly ConfigurationProblem[];
} {
  const wrong = ({ baseName }: Vendor): string | undefined => {
    const base = baseName === undefined ? undefined : found.environment[baseName];
    return base ? baseProblem(bareAddress(base)) : undefined;
  };
  const deployments = [
    ...vendors.filter((vendor) => wrong(vendor) === undefined).flatMap((vendor) => ofKey(vendor, found)),
    ...pickLocal(found.localModels).flatMap(ofServer),
    ...pickEditorModels(found.editorModels).map(ofEditor),
  ];
  return {
    pools:
      deployments.length === 0
        ? [simulatedPool]
        : [{ name: 'default', deployments: distinct(deployments), simulated: false }],
    problems: vendors.flatMap((vendor) => {
      const message = wrong(vendor);
      return message === undefined || vendor.baseName === undefined
        ? []
        : [environmentProblem(vendor.baseName, message)];
    }),
  };
}

function ofServer({ provider, model, apiBase }: LocalModel): readonly Deployment[] {
  const vendor = vendorNamed(provider);
  return vendor === undefined ? [] : [deployment(vendor, model, apiBase, { kind: 'none' })];
}

/** A small and a strong model of a vendor whose key is there. */
function ofKey(vendor: Vendor, { environment, storedHosts }: Found): readonly Deployment[] {
  const { base, baseName, keyNames, defaultModels } = vendor;
  if (base === undefined || defaultModels === undefined) return [];
  const moved = baseName === undefined ? undefined : environment[baseName];
  const apiBase = moved ? readBase(vendor, bareAddress(moved)).base : base;
  const host = hostOf(apiBase);
  const name = keyNames.find((candidate) => environment[candidate]);
  const key: KeySource | undefined =
    name !== undefined
      ? { kind: 'environment', name }
      : storedHosts.has(host)
        ? { kind: 'secret', host }
        : undefined;
  if (key === undefined) return [];
  return [defaultModels.small, defaultModels.strong]
    .filter((model) => model !== undefined)
    .map((model) => deployment(vendor, model, apiBase, key));
}

function ofEditor({ vendor, family, maxInputTokens }: EditorModel): Deployment {
  const model = `${vendor}/${family}`;
  return {
    ...deployment(editorVendor, model, editorVendor.base ?? '', { kind: 'none' }),
    id: `${editorVendor.prefix}/${model}`,
    contextWindowTokens: maxInputTokens,
  };
}

function deployment(vendor: Vendor, model: string, apiBase: string, key: KeySource): Deployment {
  return {
    id: model,
    pool: 'default',
    ...servedBy(vendor, apiBase),
    protocol: vendor.protocol,
    options: noOptions,
    apiVersion: undefined,
    model: wireName(vendor, model, apiBase),
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
