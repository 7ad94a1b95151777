import * as l10n from '@vscode/l10n';
import { nearWord } from '../file/near-word';
import type { ServedProvider } from './providers';
import { providerOf, providerPrefixes } from './providers';

/** `litellm_params.model`, read. */
export interface ModelName {
  readonly provider: ServedProvider;
  /** As the provider knows it. */
  readonly model: string;
  /** True where the name asks for OpenAI's Responses API: `openai/responses/<model>`. */
  readonly responses: boolean;
}

/** Why a model can't be used. */
export interface Unusable {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** How LiteLLM knows the provider of a model that is written without one. */
const unprefixed: readonly (readonly [RegExp, ServedProvider])[] = [
  [/^(gpt-|chatgpt-|o[134](-|$)|ft:gpt-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'gemini'],
];

/** Longest prefix that a message repeats: a longer word is no provider's name, but might be a key in a wrong line. */
const longestPrefix = 24;

/** Reads `provider/model` as LiteLLM does; `custom` is `custom_llm_provider`, which says the provider apart. */
export function readModelName(written: string, custom: string | undefined): ModelName | Unusable {
  const [first = '', ...rest] = written.split('/');
  const customProvider = custom === undefined ? undefined : providerOf(custom);
  if (custom !== undefined && customProvider === undefined) return unknownProvider(custom);
  const prefixed = providerOf(first);
  if (customProvider !== undefined && prefixed !== customProvider) return named(customProvider, written);
  if (rest.length > 0)
    return prefixed === undefined ? unknownProvider(first) : named(prefixed, rest.join('/'));
  const inferred = unprefixed.find(([pattern]) => pattern.test(written))?.[1];
  if (inferred !== undefined) return named(inferred, written);
  return {
    severity: 'warning',
    message: isLong(first)
      ? l10n.t('names no provider: write provider/model ({0}). The model is left out', prefixes)
      : l10n.t("'{0}' names no provider: write provider/model ({1}). The model is left out", first, prefixes),
  };
}

function named(provider: ServedProvider, written: string): ModelName | Unusable {
  const bridged = (provider === 'openai' || provider === 'azure') && written.startsWith('responses/');
  const model = bridged ? written.slice('responses/'.length) : written;
  if (model === '') return { severity: 'error', message: l10n.t("'{0}/' names no model", provider) };
  if (provider === 'vscode') {
    const [vendor = '', ...family] = model.split('/');
    if (vendor.trim() === '' || family.join('/').trim() === '')
      return {
        severity: 'error',
        message: l10n.t('must be vscode/<vendor>/<family>, for example vscode/copilot/gpt-4o'),
      };
    if (vendor.trim().toLowerCase() === 'conduit')
      return {
        severity: 'error',
        message: l10n.t('Conduit never routes to itself: name the models that it is to choose from'),
      };
  }
  return { provider, model, responses: bridged };
}

const prefixes = providerPrefixes.map((prefix) => `${prefix}/`).join(', ');

function unknownProvider(prefix: string): Unusable {
  const near = nearWord(prefix, providerPrefixes);
  const what =
    near === undefined ? l10n.t('Conduit speaks to {0}', prefixes) : l10n.t("did you mean '{0}/'?", near);
  return {
    severity: 'warning',
    message: isLong(prefix)
      ? l10n.t('unknown provider, the model is left out: {0}', what)
      : l10n.t("unknown provider '{0}', the model is left out: {1}", prefix, what),
  };
}

function isLong(prefix: string): boolean {
  return prefix.length > longestPrefix;
}
