import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { Deployment } from '../../core/pool/deployment';
import type { Cost, Usage } from '../../core/receipt';

/** Fields of a request that change what a vendor takes for it, in a way that the list doesn't know. */
const chargedOtherwise = [
  'service_tier',
  'speed',
  'inference_geo',
  'cache_control',
  'tools',
  'web_search_options',
  'plugins',
];

/**
 * The cost by the kept price list, where it knows the host and the model. Kinds of input that it has no price for
 * count as plain input, and make the cost an estimate where there are any.
 */
export function listedCost(deployment: Deployment, usage: Usage, measured: 'exact' | 'estimated'): Cost {
  const { apiBase, model, options } = deployment;
  // A field that is `null` asks for nothing.
  const asks = (name: string): boolean => (options.extraBody?.[name] ?? null) !== null;
  const kind = chargedOtherwise.some(asks) ? 'estimated' : measured;
  const provider = findProvider({ providerApiUrl: apiBase });
  if (provider === undefined) return { kind: 'unknown' };
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens = 0, reasoningTokens = 0 } = usage;
  const tokens = {
    input_tokens: inputTokens,
    cache_read_tokens: cachedInputTokens,
    cache_write_tokens: cacheWriteTokens,
    output_tokens: outputTokens,
    output_reasoning_tokens: reasoningTokens,
  };
  // Google's OpenAI endpoint takes both forms of the name.
  const price = calcPrice(tokens, model.replace(/^models\//, ''), { provider });
  if (price === null) return { kind: 'unknown' };
  const { model_price: listed } = price;
  // Of some models the list has no price at all; those that OpenRouter gives away say so in their name.
  if (Object.keys(listed).length === 0)
    return model.endsWith(':free') ? { kind, usd: 0 } : { kind: 'unknown' };
  if (listed['input_mtok'] === undefined || listed['output_mtok'] === undefined) return { kind: 'unknown' };
  const stated =
    (cachedInputTokens === 0 || listed['cache_read_mtok'] !== undefined) &&
    (cacheWriteTokens === 0 || listed['cache_write_mtok'] !== undefined);
  return { kind: stated ? kind : 'estimated', usd: price.total_price };
}
