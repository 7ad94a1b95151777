import { isJsonObject } from '../../core/terms/tools';
import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../core/terms/call-options';
import { reasoningEfforts } from '../../core/terms/call-options';
import type { Deployment, KeySource } from '../../core/terms/deployment';
import { hostOf, isLoopback } from '../../core/terms/host';
import { promptCacheOf } from '../../vendors/lookup';
import type { Vendor } from '../../vendors/vendor';
import { baseProblem, normalBase } from './base-url';
import type { Environment } from './environment-reference';
import { environmentName, resolved } from './environment-reference';
import { notForChat, protocolOf } from './model-kind';
import { readModelName } from './model-name';
import type { Note } from './note';
import { readPrice } from './read-price';
import type { FileModel } from '../file/schema';

/** A deployment whose id isn't known yet. */
export type Draft = Omit<Deployment, 'id'>;

/** A model of the file, as far as it can be used: without a draft it is left out, and a note says why. */
export interface ModelReading {
  readonly draft: Draft | undefined;
  readonly notes: readonly Note[];
}

const keyPath = ['litellm_params', 'api_key'];
const modelPath = ['litellm_params', 'model'];

/** Reads one model. Keys and addresses that the file takes from the environment are looked up in `environment`. */
export function toDeployment(
  { model_name, litellm_params: params, model_info }: FileModel,
  environment: Environment,
): ModelReading {
  const leftOut = (path: readonly string[], message: string, severity: Note['severity'] = 'warning') => ({
    draft: undefined,
    notes: [{ severity, path, message }],
  });
  if (model_name.includes('*') || params.model.includes('*')) {
    const path = params.model.includes('*') ? modelPath : ['model_name'];
    return leftOut(path, l10n.t('a wildcard names no model: it is left out. List the models that you want'));
  }
  const name = readModelName(params.model, params.custom_llm_provider ?? undefined);
  if ('message' in name) return leftOut(modelPath, name.message, name.severity);
  const mode = model_info?.mode ?? undefined;
  const unfit = notForChat(name.model, mode);
  if (unfit !== undefined) return leftOut(mode === undefined ? modelPath : ['model_info', 'mode'], unfit);
  const { vendor } = name;
  const base = readBase(vendor, params.api_base ?? undefined, environment);
  if ('message' in base) return leftOut(['litellm_params', 'api_base'], base.message);
  const notes: Note[] = [];
  const warn = (path: readonly string[], message: string): void => {
    notes.push({ severity: 'warning', path, message });
  };
  const draft: Draft = {
    pool: model_name,
    ...servedBy(vendor, base.base),
    protocol: protocolOf(name, base.base, mode),
    model: wireName(vendor, name.model, base.base),
    apiBase: base.base,
    key: keySource(vendor, params.api_key ?? '', base.base, (message) => warn(keyPath, message)),
    ...readPrice(params, model_info ?? {}, (note) => notes.push(note)),
    qualityPrior01: model_info?.quality ?? undefined,
    contextWindowTokens: model_info?.max_input_tokens ?? undefined,
    supportsTools: model_info?.supports_function_calling ?? undefined,
    supportsImages: model_info?.supports_vision ?? undefined,
    options: readOptions(params, (message) => warn(['litellm_params', 'reasoning_effort'], message)),
    apiVersion:
      vendor.quirks?.includes('model-in-address') === true ? (params.api_version ?? undefined) : undefined,
  };
  return { draft, notes };
}

/** What the catalogue says of a deployment at that address. */
export function servedBy(
  { prefix, tellsPrices }: Vendor,
  apiBase: string,
): Pick<Deployment, 'provider' | 'promptCache' | 'serverTellsPrice'> {
  const promptCache = promptCacheOf({ provider: prefix, apiBase });
  return {
    provider: prefix,
    ...(promptCache && { promptCache }),
    ...(tellsPrices && { serverTellsPrice: true }),
  };
}

/** The model as its server knows it: another server than the vendor's own gets what the file writes. */
export function wireName(vendor: Vendor, written: string, apiBase: string): string {
  const own = vendor.base !== undefined && hostOf(vendor.base) === hostOf(apiBase);
  return own && vendor.wireName !== undefined ? vendor.wireName(written) : written;
}

function readBase(
  vendor: Vendor,
  written: string | undefined,
  environment: Environment,
): { readonly base: string } | { readonly message: string } {
  const { base: own, prefix } = vendor;
  if (vendor.protocol === 'editor') return { base: own ?? '' };
  if (written === undefined || written === '')
    return own === undefined
      ? { message: l10n.t('is needed for {0}/…: the server’s address. The model is left out', prefix) }
      : { base: own };
  const base = resolved(written, environment);
  if (base === undefined)
    return {
      message: l10n.t(
        'the environment variable {0} is not set: the model is left out',
        environmentName(written) ?? '',
      ),
    };
  const wrong = baseProblem(base);
  return wrong === undefined
    ? { base: normalBase(vendor, base) }
    : { message: l10n.t('what the environment variable holds {0}: the model is left out', wrong) };
}

/** Says nothing of the key itself: a message may be logged. */
const literalKey = l10n.t(
  'keys are not read from files: write os.environ/NAME, or leave api_key out and run “Conduit: Set API Key”',
);

/** Where the key comes from. A server of this machine, or one that wants none, is asked without one. */
function keySource(
  { protocol, local, keyNames }: Vendor,
  written: string,
  apiBase: string,
  warn: (message: string) => void,
): KeySource {
  if (protocol === 'editor') {
    if (written !== '') warn(l10n.t('has no effect: the editor’s own models need no key'));
    return { kind: 'none' };
  }
  const name = environmentName(written);
  if (name !== undefined) return { kind: 'environment', name };
  if (written !== '') warn(literalKey);
  const open = keyNames.length === 0 || local !== undefined || isLoopback(apiBase);
  return open ? { kind: 'none' } : { kind: 'secret', host: hostOf(apiBase) };
}

function readOptions(params: FileModel['litellm_params'], warn: (message: string) => void): CallOptions {
  const { max_tokens, max_completion_tokens, temperature, reasoning_effort, extra_body } = params;
  const limits = [max_tokens, max_completion_tokens].filter((limit) => limit !== undefined && limit !== null);
  const effort = reasoningEfforts.find((known) => known === reasoning_effort);
  if (effort === undefined && reasoning_effort !== undefined && reasoning_effort !== null)
    warn(l10n.t('must be one of {0}: it has no effect', reasoningEfforts.join(', ')));
  return {
    ...(limits.length > 0 && { maxOutputTokens: Math.min(...limits) }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(effort !== undefined && { reasoningEffort: effort }),
    ...(isJsonObject(extra_body) && { extraBody: extra_body }),
  };
}
