import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { Deployment, TokenPrice } from '../core/pool/deployment';
import { isLoopback } from '../core/pool/host';
import type { PriceBook } from '../core/ports';
import type { Cost, Usage } from '../core/receipt';

/**
 * The ports at which Ollama and LM Studio serve models of this machine. Another server on loopback may be a proxy
 * to models that cost money: without a price in the file its cost is unknown, not zero.
 */
const localModelPorts = new Set(['11434', '1234']);

/** The file's own price, else that models of this machine are free, else the kept price list, else unknown. */
export function createPriceBook(): PriceBook {
  return {
    costOf: (deployment, usage, measured) => {
      const kind = measured ? 'exact' : 'estimated';
      if (deployment.provider === 'simulated') {
        return {
          kind: 'simulated',
          usd: deployment.price === undefined ? 0 : usdAt(deployment.price, usage),
        };
      }
      if (deployment.price !== undefined) return statedCost(deployment.price, usage, kind);
      if (isLoopback(deployment.apiBase)) {
        const local = localModelPorts.has(new URL(deployment.apiBase).port);
        return local ? { kind: 'exact', usd: 0 } : { kind: 'unknown' };
      }
      return listedCost(deployment, usage, kind);
    },
  };
}

/** The file has no price for cached tokens: where there are any, the price of all input is an upper estimate. */
function statedCost(price: TokenPrice, usage: Usage, kind: 'exact' | 'estimated'): Cost {
  return { kind: usage.cachedInputTokens > 0 ? 'estimated' : kind, usd: usdAt(price, usage) };
}

function usdAt({ inputUsdPerToken, outputUsdPerToken }: TokenPrice, usage: Usage): number {
  return usage.inputTokens * inputUsdPerToken + usage.outputTokens * outputUsdPerToken;
}

function listedCost({ apiBase, model }: Deployment, usage: Usage, kind: 'exact' | 'estimated'): Cost {
  const provider = findProvider({ providerApiUrl: apiBase });
  if (provider === undefined) return { kind: 'unknown' };
  const tokens = {
    input_tokens: usage.inputTokens,
    cache_read_tokens: usage.cachedInputTokens,
    output_tokens: usage.outputTokens,
  };
  const price = calcPrice(tokens, model, { provider });
  return price === null ? { kind: 'unknown' } : { kind, usd: price.total_price };
}
