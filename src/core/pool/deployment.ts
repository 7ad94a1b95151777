import type { CallOptions } from './call-options';

/** Who serves a deployment, as the prefix of `litellm_params.model` names it. */
export type Provider =
  | 'openai'
  | 'anthropic'
  | 'gemini'
  | 'groq'
  | 'openrouter'
  | 'azure'
  | 'ollama'
  | 'lm_studio'
  | 'litellm_proxy'
  /** A language model of the editor itself, `vscode/<vendor>/<family>`. */
  | 'vscode'
  | 'simulated';

/** How a deployment is spoken to. */
export type Protocol = 'chat-completions' | 'responses' | 'anthropic-messages' | 'editor' | 'simulated';

/** Where the key of a deployment comes from. The key itself is never part of the configuration. */
export type KeySource =
  | { readonly kind: 'environment'; readonly name: string }
  /** The editor's secret storage, bound to the host (with port) that the key was entered for. */
  | { readonly kind: 'secret'; readonly host: string }
  /** A server that needs none: loopback without `api_key`, the editor's own models and simulated ones. */
  | { readonly kind: 'none' };

/** USD per token, as the configuration file states it. */
export interface TokenPrice {
  readonly inputUsdPerToken: number;
  readonly outputUsdPerToken: number;
  /** Input that was read from the provider's prompt cache; absent: not stated. */
  readonly cachedInputUsdPerToken?: number | undefined;
  /** Input that was written to it; absent: not stated. */
  readonly cacheWriteUsdPerToken?: number | undefined;
}

/** One model of a pool, with its endpoint and key: an arm of the bandit. */
export interface Deployment {
  /** `model_info.id`, unique in the configuration: the arm's identity in the ledger. */
  readonly id: string;
  readonly pool: string;
  readonly provider: Provider;
  readonly protocol: Protocol;
  /** The model's name as the provider knows it, e.g. `gpt-4o-mini`. */
  readonly model: string;
  /**
   * Base URL including the version segment, e.g. `https://api.openai.com/v1`. Models with no address of their own
   * have `simulated:` or `vscode:`.
   */
  readonly apiBase: string;
  readonly key: KeySource;
  /** The file's own price; undefined: ask the price list. */
  readonly price: TokenPrice | undefined;
  /** Prior belief of the arm's mean quality, 0..1. */
  readonly qualityPrior01: number | undefined;
  /** Undefined: not known, never used to exclude. */
  readonly contextWindowTokens: number | undefined;
  /** Whether it can call tools; absent: not known, never used to exclude. */
  readonly supportsTools?: boolean | undefined;
  /** Whether it takes images; absent: not known, never used to exclude. */
  readonly supportsImages?: boolean | undefined;
  /** Options of every call to it; a request's own come first. */
  readonly options: CallOptions;
  /** Azure's `api-version`; undefined elsewhere. */
  readonly apiVersion: string | undefined;
}

/** The deployments that share one `model_name`. */
export interface Pool {
  readonly name: string;
  readonly deployments: readonly Deployment[];
  /** True where the models only pretend to answer, so that every surface can say so. */
  readonly simulated: boolean;
}
