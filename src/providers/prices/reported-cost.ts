import type { Deployment } from '../../core/pool/deployment';
import type { ChatUsage } from '../protocols/chat-usage';

/**
 * What a server says that a call cost, in USD; undefined where it doesn't say. OpenRouter and LiteLLM put it into the
 * stream's usage; LiteLLM also into a header, where it knows it before the stream begins. LiteLLM's 0 is no report:
 * it says so of every model whose price it doesn't know, too.
 */
export function reportedCost(
  { provider, apiBase }: Deployment,
  usage: ChatUsage | undefined,
  header: (name: string) => string | undefined,
): number | undefined {
  const cost = usage?.cost ?? undefined;
  if (provider === 'openrouter' || new URL(apiBase).hostname === 'openrouter.ai') {
    if (cost === undefined) return undefined;
    return cost + (usage?.is_byok === true ? (usage.cost_details?.upstream_inference_cost ?? 0) : 0);
  }
  const liteLlm = provider === 'litellm_proxy' || header('x-litellm-call-id') !== undefined;
  if (!liteLlm) return undefined;
  return positive(cost) ?? positive(Number(header('x-litellm-response-cost')));
}

function positive(usd: number | undefined): number | undefined {
  return usd !== undefined && Number.isFinite(usd) && usd > 0 ? usd : undefined;
}
