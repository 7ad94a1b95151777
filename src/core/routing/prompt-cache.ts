import type { Usage } from '../terms/receipt';
import type { RouteRequest } from '../terms/request';
import { tokensOf } from '../terms/tokens';
import type { Deployment, Pool } from '../terms/deployment';

/** The last time that a deployment was asked in a conversation. */
export interface LastPrompt {
  readonly deploymentId: string;
  /** Unix ms at which its answer ended. */
  readonly atMs: number;
  /** Tokens of what it was sent: estimated, or as the receipt has them where these are more. */
  readonly inputTokens: number;
  /** Of these, the ones that the last whole answer's receipt says were read from the vendor's cache or written to it. */
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

/** Where nobody says how short a prompt may be: below this many tokens it is in hardly any vendor's cache. */
const leastTokens = 1_024;

/** What decides whether a prompt cache is asked for. */
export type CacheRequest = Pick<RouteRequest, 'messages' | 'tools' | 'toolUse'>;

/** Claude, over its vendor's protocol: it keeps only what it is asked to keep, and says how much that was. */
export function isClaude({ protocol, model }: Deployment): boolean {
  return protocol === 'anthropic-messages' && model.startsWith('claude-');
}

/**
 * Whether the vendor is asked to keep this request for the next one. Claude takes a quarter more for what it is to keep:
 * so only where more is likely to follow, in a conversation that goes on or a tool loop. `cache_control` in `extra_body`
 * is the user's own word.
 */
export function asksForCache(
  deployment: Deployment,
  { messages, tools = [], toolUse }: CacheRequest,
): boolean {
  const keeps = isClaude(deployment) && deployment.promptCache?.kind === 'on-request';
  if (!keeps || 'cache_control' in (deployment.options.extraBody ?? {})) return false;
  return (tools.length > 0 && toolUse !== 'required') || messages.some(({ role }) => role === 'assistant');
}

/**
 * Tokens of a prompt that are expected to be billed as written to a prompt cache: all that it doesn't hold already. Some
 * Claudes keep no prompt below 4,096 tokens; from 1,024 to there this is too many.
 */
export function writtenTokens(
  deployment: Deployment,
  request: CacheRequest,
  { inputTokens, cachedInputTokens }: Pick<Usage, 'inputTokens' | 'cachedInputTokens'>,
): number {
  return inputTokens >= leastTokens && asksForCache(deployment, request)
    ? inputTokens - cachedInputTokens
    : 0;
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

/** Other vendors may name only what they have read, and keep all. */
function inCache(deployment: Deployment, { inputTokens, keptTokens }: LastPrompt): number {
  return isClaude(deployment) ? keptTokens : inputTokens;
}

function shortestPrefix({ id, promptCache }: Deployment, seen: PromptCaches['seen']): number {
  switch (promptCache?.kind) {
    case 'unasked':
      return promptCache.leastTokens;
    case 'on-request':
    case undefined:
      return seen(id) ? leastTokens : Infinity;
  }
}
