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
    message: `${shownPrefix(first)} names no provider: write provider/model (${prefixes}). The model is left out`,
  };
}

function named(provider: ServedProvider, written: string): ModelName | Unusable {
  const bridged = (provider === 'openai' || provider === 'azure') && written.startsWith('responses/');
  const model = bridged ? written.slice('responses/'.length) : written;
  if (model === '') return { severity: 'error', message: `'${provider}/' names no model` };
  if (provider === 'vscode') {
    const [vendor = '', ...family] = model.split('/');
    if (vendor.trim() === '' || family.join('/').trim() === '')
      return {
        severity: 'error',
        message: 'must be vscode/<vendor>/<family>, for example vscode/copilot/gpt-4o',
      };
    if (vendor.trim().toLowerCase() === 'conduit')
      return {
        severity: 'error',
        message: 'Conduit never routes to itself: name the models that it is to choose from',
      };
  }
  return { provider, model, responses: bridged };
}

const prefixes = providerPrefixes.map((prefix) => `${prefix}/`).join(', ');

function unknownProvider(prefix: string): Unusable {
  const near = nearWord(prefix, providerPrefixes);
  const what = near === undefined ? `Conduit speaks to ${prefixes}` : `did you mean '${near}/'?`;
  return {
    severity: 'warning',
    message: `unknown provider ${shownPrefix(prefix)}, the model is left out: ${what}`,
  };
}

function shownPrefix(prefix: string): string {
  return prefix.length > longestPrefix ? 'it' : `'${prefix}'`;
}
