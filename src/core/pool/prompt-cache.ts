import type { RouteRequest } from '../request';
import { tokensOf } from '../request-tokens';
import type { Deployment, Pool, Provider } from './deployment';

/** The last time that a deployment was asked in a conversation. */
export interface LastPrompt {
  readonly deploymentId: string;
  /** Unix ms at which its answer ended. */
  readonly atMs: number;
  /** Tokens of what it was sent: estimated, or as the receipt has them where these are more. */
  readonly inputTokens: number;
  /** Of these, the ones that the receipt says were read from the vendor's cache or written to it. */
  readonly keptTokens: number;
}

/** What is known of the prompt caches of a conversation's models. */
export interface PromptCaches {
  /** Of the conversation, one for each deployment at most. */
  readonly lastPrompts: readonly LastPrompt[];
  /** Whether a receipt of the deployment ever named tokens that a prompt cache held or took. */
  seen(deploymentId: string): boolean;
}

/** Vendors promise five minutes without use, and often keep it longer. */
export const promptCacheLifetimeMs = 5 * 60_000;

/** Prompts below this many tokens are in no vendor's cache. */
const leastTokens = 1_024;
/** Vendors that cache without being asked to, with the shortest prefix that they keep. */
const unasked: Partial<Readonly<Record<Provider, number>>> = {
  openai: leastTokens,
  azure: leastTokens,
  // 1,024 for small models, 4,096 for large ones: the name of a model doesn't say which.
  gemini: 4_096,
};

/**
 * Whether the vendor is asked to keep this request for the next one. Claude keeps nothing unasked, and takes a quarter
 * more for what it is to keep: so only where more is likely to follow, in a conversation that goes on or a tool loop.
 * `cache_control` in `extra_body` is the user's own word.
 */
export function asksForCache(
  { protocol, model, options }: Deployment,
  { messages, tools = [], toolUse }: Pick<RouteRequest, 'messages' | 'tools' | 'toolUse'>,
): boolean {
  if (protocol !== 'anthropic-messages' || !model.startsWith('claude-')) return false;
  if ('cache_control' in (options.extraBody ?? {})) return false;
  return (tools.length > 0 && toolUse !== 'required') || messages.some(({ role }) => role === 'assistant');
}

/** Of `freshTokens` of input that no cache holds, those that are billed as written to one. */
export function writtenTokens(
  deployment: Deployment,
  request: Pick<RouteRequest, 'messages' | 'tools' | 'toolUse'>,
  freshTokens: number,
): number {
  return freshTokens >= leastTokens && asksForCache(deployment, request) ? freshTokens : 0;
}

/**
 * Estimated tokens of a request that each deployment is expected to read from its vendor's prompt cache, by its id;
 * absent: none. That is the part of the conversation that the deployment was sent before, where its vendor caches by
 * itself or its receipts have shown that it does. The newest turn can't be in any cache, nor what an edit took away.
 */
export function cachedTokens(
  { messages, tools }: RouteRequest,
  { deployments }: Pool,
  { lastPrompts, seen }: PromptCaches,
  nowMs: number,
): ReadonlyMap<string, number> {
  const fresh = lastPrompts.filter(({ atMs }) => nowMs - atMs < promptCacheLifetimeMs);
  if (fresh.length === 0) return new Map();
  const newest = messages.findLastIndex(({ role }) => role === 'user');
  const history = newest < 0 ? [] : messages.slice(0, newest);
  if (history.every(({ role }) => role === 'system')) return new Map();
  const before = tokensOf(history, tools);
  const pairs = deployments.flatMap((deployment) => {
    const last = fresh.find(({ deploymentId }) => deploymentId === deployment.id);
    const tokens = last === undefined ? 0 : Math.min(inCache(deployment, last), before);
    return tokens >= shortestPrefix(deployment, seen) ? [[deployment.id, tokens] as const] : [];
  });
  return new Map(pairs);
}

/** Claude keeps what it was asked to keep, and says how much that was. Others may name only what they have read. */
function inCache({ protocol }: Deployment, { inputTokens, keptTokens }: LastPrompt): number {
  return protocol === 'anthropic-messages' ? keptTokens : inputTokens;
}

function shortestPrefix({ id, provider }: Deployment, seen: PromptCaches['seen']): number {
  return unasked[provider] ?? (seen(id) ? leastTokens : Infinity);
}
