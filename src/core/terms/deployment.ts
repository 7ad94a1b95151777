import type { CallOptions } from './call-options';

/** How a deployment is spoken to. */
export type Protocol = 'chat-completions' | 'responses' | 'anthropic-messages' | 'editor' | 'simulated';

/** Where the key of a deployment comes from. The key itself is never part of the configuration. */
export type KeySource =
  | { readonly kind: 'environment'; readonly name: string }
  /** The editor's secret storage, bound to the host (with port) that the key was entered for. */
  | { readonly kind: 'secret'; readonly host: string }
  /** A server that needs none: loopback without `api_key`, the editor's own models and simulated ones. */
  | { readonly kind: 'none' };

/** USD per token of each kind. */
export interface TokenRates {
  readonly inputUsdPerToken: number;
  readonly outputUsdPerToken: number;
  /** Input that was read from the provider's prompt cache; absent: not stated. */
  readonly cachedInputUsdPerToken?: number | undefined;
  /** Input that was written to it; absent: not stated. */
  readonly cacheWriteUsdPerToken?: number | undefined;
  /** Input that was written to it to be kept for an hour; absent: not stated. */
  readonly cacheWriteHourUsdPerToken?: number | undefined;
  /** What the model thinks; absent: as the rest of its output. */
  readonly reasoningUsdPerToken?: number | undefined;
}

/** What holds for the whole of a request with more input than this. */
export interface LongInputRates extends Partial<TokenRates> {
  readonly aboveInputTokens: number;
}

/** What holds for requests that ask for a `service_tier`. */
export interface ServiceTierRates extends Partial<TokenRates> {
  readonly longInput?: readonly LongInputRates[] | undefined;
}

/** A price by the token, as the configuration file or a proxy states it. */
export interface TokenPrice extends TokenRates {
  readonly longInput?: readonly LongInputRates[] | undefined;
  /** By the tier's name: `flex`, `priority`. */
  readonly serviceTiers?: Readonly<Record<string, ServiceTierRates>> | undefined;
}

/**
 * How a vendor keeps prompts for the next request. `unasked`: by itself, from that many tokens; `on-request`: what it is
 * asked to keep, and no more.
 */
export type PromptCacheHabit =
  { readonly kind: 'unasked'; readonly leastTokens: number } | { readonly kind: 'on-request' };

/** One model of a pool, with its endpoint and key: an arm of the bandit. */
export interface Deployment {
  /** `model_info.id`, unique in the configuration: the arm's identity in the ledger. */
  readonly id: string;
  readonly pool: string;
  /** Who serves it: a name for people and the catalogue of vendors, which nothing here depends on. */
  readonly provider: string;
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
  /** The model that it stands for, where its own name is one that somebody gave it; absent: its name says it. */
  readonly pricedAs?: string | undefined;
  /** Prior belief of the arm's mean quality, 0..1. */
  readonly qualityPrior01: number | undefined;
  /** The same by kind of task or family of tasks (features/task-kind.ts), which goes before it. */
  readonly qualityByTask?: Readonly<Record<string, number>> | undefined;
  /** Undefined: not known, never used to exclude. */
  readonly contextWindowTokens: number | undefined;
  /** Whether it can call tools; absent: not known, never used to exclude. */
  readonly supportsTools?: boolean | undefined;
  /** Whether it takes images; absent: not known, never used to exclude. */
  readonly supportsImages?: boolean | undefined;
  /** The most tokens that an answer can have; absent: not known. */
  readonly longestAnswerTokens?: number | undefined;
  /** Whether it can think before it answers; absent: not known. */
  readonly thinks?: boolean | undefined;
  /** How prompts are kept where it is served; absent: not known until a receipt shows it. */
  readonly promptCache?: PromptCacheHabit | undefined;
  /** True where its server itself says what it costs, and may say something else tomorrow. */
  readonly serverTellsPrice?: boolean | undefined;
  /** Options of every call to it; a request's own come first. */
  readonly options: CallOptions;
  /** Azure's `api-version`; undefined elsewhere. */
  readonly apiVersion: string | undefined;
}

/** True for a deployment that is reached at its address, with a key; the editor’s own and simulated models are not. */
export function isRemote({ protocol }: Pick<Deployment, 'protocol'>): boolean {
  switch (protocol) {
    case 'editor':
    case 'simulated':
      return false;
    case 'chat-completions':
    case 'responses':
    case 'anthropic-messages':
      return true;
  }
}

/** The deployments that share one `model_name`. */
export interface Pool {
  readonly name: string;
  readonly deployments: readonly Deployment[];
  /** True where the models only pretend to answer, so that every surface can say so. */
  readonly simulated: boolean;
}
