import * as l10n from '@vscode/l10n';
import type { Protocol, Provider } from '../../core/pool/deployment';

/** What Conduit knows of a provider by its prefix in `litellm_params.model`. */
export interface KnownProvider {
  readonly protocol: Protocol;
  /** Its own address; undefined where `api_base` must say it. */
  readonly base: string | undefined;
  /** The environment variables that usually hold its key; none where it needs none. */
  readonly keyNames: readonly string[];
  /** For people. */
  readonly title: string;
}

export type ServedProvider = Exclude<Provider, 'simulated'>;

/** The prefixes of `litellm_params.model`, with the addresses that the providers document. */
export const knownProviders: Readonly<Record<ServedProvider, KnownProvider>> = {
  openai: {
    title: l10n.t('OpenAI, or any compatible server through `api_base`'),
    protocol: 'chat-completions',
    base: 'https://api.openai.com/v1',
    keyNames: ['OPENAI_API_KEY'],
  },
  anthropic: {
    title: 'Anthropic',
    protocol: 'anthropic-messages',
    base: 'https://api.anthropic.com',
    keyNames: ['ANTHROPIC_API_KEY'],
  },
  gemini: {
    title: 'Google Gemini',
    protocol: 'chat-completions',
    base: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyNames: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  },
  groq: {
    title: 'Groq',
    protocol: 'chat-completions',
    base: 'https://api.groq.com/openai/v1',
    keyNames: ['GROQ_API_KEY'],
  },
  openrouter: {
    title: 'OpenRouter',
    protocol: 'chat-completions',
    base: 'https://openrouter.ai/api/v1',
    keyNames: ['OPENROUTER_API_KEY'],
  },
  azure: {
    title: l10n.t('Azure OpenAI: the name of a deployment, with `api_base` and `api_version`'),
    protocol: 'chat-completions',
    base: undefined,
    keyNames: ['AZURE_API_KEY'],
  },
  ollama: {
    title: 'Ollama',
    protocol: 'chat-completions',
    base: 'http://127.0.0.1:11434/v1',
    keyNames: [],
  },
  lm_studio: {
    title: 'LM Studio',
    protocol: 'chat-completions',
    base: 'http://127.0.0.1:1234/v1',
    keyNames: [],
  },
  litellm_proxy: {
    title: l10n.t('a LiteLLM proxy, with `api_base`'),
    protocol: 'chat-completions',
    base: undefined,
    keyNames: ['LITELLM_PROXY_API_KEY'],
  },
  vscode: {
    title: l10n.t('a language model of the editor: `vscode/<vendor>/<family>`'),
    protocol: 'editor',
    base: 'vscode:',
    keyNames: [],
  },
};

/** Other spellings of a prefix that LiteLLM has. */
const otherPrefixes: Readonly<Record<string, ServedProvider>> = { ollama_chat: 'ollama' };

/** The prefixes in the order in which they are offered. */
export const providerPrefixes: readonly string[] = Object.keys(knownProviders);

/** The provider of a prefix; undefined for one that Conduit can't speak to. */
export function providerOf(prefix: string): ServedProvider | undefined {
  if (Object.hasOwn(otherPrefixes, prefix)) return otherPrefixes[prefix];
  return isServed(prefix) ? prefix : undefined;
}

function isServed(prefix: string): prefix is ServedProvider {
  return Object.hasOwn(knownProviders, prefix);
}
