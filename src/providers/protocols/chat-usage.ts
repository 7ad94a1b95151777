import { z } from 'zod';
import type { Usage } from '../../core/receipt';
import { tokenCount } from './token-count';

const count = tokenCount.nullish().catch(undefined);

/** `usage` of chat completions, with what vendors add to it. */
export const chatUsageSchema = z.object({
  prompt_tokens: tokenCount,
  completion_tokens: tokenCount,
  total_tokens: count,
  prompt_tokens_details: z
    .object({ cached_tokens: count, cache_write_tokens: count })
    .nullish()
    .catch(undefined),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(undefined),
  // LiteLLM's, for Anthropic's models: part of `prompt_tokens`, too.
  cache_creation_input_tokens: count,
  // DeepSeek's.
  prompt_cache_hit_tokens: count,
  // OpenRouter's and LiteLLM's: USD.
  cost: z.number().min(0).nullish().catch(undefined),
  // OpenRouter's: the user's own key with the provider beneath, which charges for itself.
  is_byok: z.boolean().nullish().catch(undefined),
  cost_details: z
    .object({ upstream_inference_cost: z.number().min(0).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type ChatUsage = z.infer<typeof chatUsageSchema>;

/** `thoughtsBeside`: what the model thought is in the total alone, not in `completion_tokens` (Gemini). */
export function toUsage(usage: ChatUsage, thoughtsBeside: boolean): Usage {
  const { prompt_tokens: inputTokens, completion_tokens: written, total_tokens: total } = usage;
  const beside = thoughtsBeside ? Math.max(0, (total ?? 0) - inputTokens - written) : 0;
  const thought = Math.max(usage.completion_tokens_details?.reasoning_tokens ?? 0, beside);
  return usageOf({
    inputTokens,
    outputTokens: written + beside,
    cached: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens,
    cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? usage.cache_creation_input_tokens,
    reasoning: thought,
  });
}

export interface ReportedTokens {
  /** Including what was read from the cache and written to it. */
  readonly inputTokens: number;
  /** Including what the model thought. */
  readonly outputTokens: number;
  readonly cached: number | null | undefined;
  readonly cacheWrite: number | null | undefined;
  readonly reasoning: number | null | undefined;
}

/** Usage whose parts never exceed the whole, whatever was reported. */
export function usageOf({ inputTokens, outputTokens, cached, cacheWrite, reasoning }: ReportedTokens): Usage {
  const cachedInputTokens = Math.min(cached ?? 0, inputTokens);
  const cacheWriteTokens = Math.min(cacheWrite ?? 0, inputTokens - cachedInputTokens);
  const reasoningTokens = Math.min(reasoning ?? 0, outputTokens);
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    ...(cacheWriteTokens > 0 && { cacheWriteTokens }),
    ...(reasoningTokens > 0 && { reasoningTokens }),
  };
}
