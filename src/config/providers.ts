import type { Protocol, Provider } from '../core/pool/deployment';

/** What Conduit knows of a provider by its prefix in `litellm_params.model`. */
export interface KnownProvider {
  readonly protocol: Protocol;
  /** Its own address; undefined where `api_base` must say it. */
  readonly base: string | undefined;
}

/** The prefixes of `litellm_params.model`, with the addresses that the providers document. */
export const knownProviders: Readonly<Record<Exclude<Provider, 'simulated'>, KnownProvider>> = {
  openai: { protocol: 'chat-completions', base: 'https://api.openai.com/v1' },
  anthropic: { protocol: 'anthropic-messages', base: 'https://api.anthropic.com' },
  gemini: {
    protocol: 'chat-completions',
    base: 'https://generativelanguage.googleapis.com/v1beta/openai',
  },
  groq: { protocol: 'chat-completions', base: 'https://api.groq.com/openai/v1' },
  openrouter: { protocol: 'chat-completions', base: 'https://openrouter.ai/api/v1' },
  azure: { protocol: 'chat-completions', base: undefined },
  ollama: { protocol: 'chat-completions', base: 'http://127.0.0.1:11434/v1' },
  lm_studio: { protocol: 'chat-completions', base: 'http://127.0.0.1:1234/v1' },
  litellm_proxy: { protocol: 'chat-completions', base: undefined },
  vscode: { protocol: 'editor', base: 'vscode:' },
};
