import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../core/pool/call-options';
import { reasoningEfforts } from '../../core/pool/call-options';
import type { Deployment, KeySource, TokenPrice } from '../../core/pool/deployment';
import { hostOf, isLoopback } from '../../core/pool/host';
import { baseProblem, normalBase } from './base-url';
import type { Environment } from './environment-reference';
import { environmentName, resolved } from './environment-reference';
import { notForChat, protocolOf } from './model-kind';
import type { ServedProvider } from './providers';
import { knownProviders } from './providers';
import { readModelName } from './model-name';
import type { FileModel } from '../file/schema';
import { isMapping } from '../file/yaml-value';

/** Something to say of one model of the file, at a path below it. */
export interface Note {
  readonly severity: 'error' | 'warning';
  readonly path: readonly string[];
  readonly message: string;
}

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
  const base = readBase(name.provider, params.api_base ?? undefined, environment);
  if ('message' in base) return leftOut(['litellm_params', 'api_base'], base.message);
  const notes: Note[] = [];
  const warn = (path: readonly string[], message: string): void => {
    notes.push({ severity: 'warning', path, message });
  };
  const draft: Draft = {
    pool: model_name,
    provider: name.provider,
    protocol: protocolOf(name, base.base, mode),
    model: name.model,
    apiBase: base.base,
    key: keySource(name.provider, params.api_key ?? '', base.base, (message) => warn(keyPath, message)),
    price: readPrice({ ...params, ...definedIn(model_info ?? {}) }, (message) =>
      warn(['model_info'], message),
    ),
    qualityPrior01: model_info?.quality ?? undefined,
    contextWindowTokens: model_info?.max_input_tokens ?? undefined,
    supportsTools: model_info?.supports_function_calling ?? undefined,
    supportsImages: model_info?.supports_vision ?? undefined,
    options: readOptions(params, (message) => warn(['litellm_params', 'reasoning_effort'], message)),
    apiVersion: name.provider === 'azure' ? (params.api_version ?? undefined) : undefined,
  };
  return { draft, notes };
}

function readBase(
  provider: ServedProvider,
  written: string | undefined,
  environment: Environment,
): { readonly base: string } | { readonly message: string } {
  const own = knownProviders[provider].base;
  if (provider === 'vscode') return { base: own ?? '' };
  if (written === undefined || written === '')
    return own === undefined
      ? { message: l10n.t('is needed for {0}/…: the server’s address. The model is left out', provider) }
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
    ? { base: normalBase(provider, base) }
    : { message: l10n.t('what the environment variable holds {0}: the model is left out', wrong) };
}

/** Says nothing of the key itself: a message may be logged. */
const literalKey = l10n.t(
  'keys are not read from files: write os.environ/NAME, or leave api_key out and run “Conduit: Set API Key”',
);

/** Where the key comes from. A server of this machine, or one that wants none, is asked without one. */
function keySource(
  provider: ServedProvider,
  written: string,
  apiBase: string,
  warn: (message: string) => void,
): KeySource {
  if (provider === 'vscode') {
    if (written !== '') warn(l10n.t('has no effect: the editor’s own models need no key'));
    return { kind: 'none' };
  }
  const name = environmentName(written);
  if (name !== undefined) return { kind: 'environment', name };
  if (written !== '') warn(literalKey);
  const open = knownProviders[provider].keyNames.length === 0 || isLoopback(apiBase);
  return open ? { kind: 'none' } : { kind: 'secret', host: hostOf(apiBase) };
}

type Prices = Pick<
  FileModel['litellm_params'],
  | 'input_cost_per_token'
  | 'output_cost_per_token'
  | 'cache_read_input_token_cost'
  | 'cache_creation_input_token_cost'
>;

/** The fields that say something: those of model_info come before those of litellm_params. */
function definedIn(prices: Prices): Prices {
  return Object.fromEntries(
    Object.entries(prices).filter(([, value]) => value !== null && value !== undefined),
  );
}

function readPrice(prices: Prices, warn: (message: string) => void): TokenPrice | undefined {
  const input = prices.input_cost_per_token ?? undefined;
  const output = prices.output_cost_per_token ?? undefined;
  if (input === undefined && output === undefined) return undefined;
  if (input === undefined || output === undefined) {
    const missing = input === undefined ? 'input_cost_per_token' : 'output_cost_per_token';
    warn(l10n.t('one price is given without the other, so that neither is used: add {0}', missing));
    return undefined;
  }
  return {
    inputUsdPerToken: input,
    outputUsdPerToken: output,
    cachedInputUsdPerToken: prices.cache_read_input_token_cost ?? undefined,
    cacheWriteUsdPerToken: prices.cache_creation_input_token_cost ?? undefined,
  };
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
    ...(isMapping(extra_body) && { extraBody: extra_body }),
  };
}
