import type { Deployment } from '../../core/pool/deployment';
import { isLoopback } from '../../core/pool/host';
import { isClaude } from '../../core/pool/prompt-cache';
import type { PriceBook } from '../../core/ports';
import { listedCost } from './listed-price';
import { proxyCost } from './litellm-model-info';
import type { ProxyPriceParts } from './proxy-prices';
import { createProxyPrices } from './proxy-prices';
import { claudeCacheFactors, costAt, usdAt } from './stated-price';

/**
 * The file's own price, else that models of this machine are free, else what the LiteLLM proxy says, else the kept
 * price list, else unknown. Without parts no proxy is asked.
 */
export function createPriceBook(parts?: ProxyPriceParts): PriceBook {
  const proxies = parts === undefined ? undefined : createProxyPrices(parts);

  function prepare(deployments: readonly Deployment[]): void {
    for (const deployment of deployments) {
      const asks = deployment.provider === 'litellm_proxy' && deployment.price === undefined;
      if (asks) proxies?.prepare(deployment);
    }
  }

  return {
    prepare,
    costOf: (deployment, usage, measured) => {
      const kind = measured ? 'exact' : 'estimated';
      const { price, provider } = deployment;
      if (provider === 'simulated') {
        return { kind: 'simulated', usd: price === undefined ? 0 : usdAt(price, usage) };
      }
      if (price !== undefined)
        return costAt(price, usage, kind, isClaude(deployment) ? claudeCacheFactors : undefined);
      if (isLocal(deployment)) return { kind: 'exact', usd: 0 };
      if (provider === 'litellm_proxy') {
        // A proxy that didn't answer is asked again after a while.
        prepare([deployment]);
        const proxy = proxies?.priceOf(deployment);
        return proxy === undefined ? { kind: 'unknown' } : proxyCost(proxy, usage, kind);
      }
      return isLoopback(deployment.apiBase) ? { kind: 'unknown' } : listedCost(deployment, usage, kind);
    },
  };
}

/**
 * The ports at which Ollama and LM Studio serve models of this machine. Another server on loopback may be a proxy
 * to models that cost money: without a price in the file its cost is unknown, not zero.
 */
const localModelPorts = new Set(['11434', '1234']);

function isLocal({ provider, apiBase, model }: Deployment): boolean {
  if (!isLoopback(apiBase) || isCloudModel(model)) return false;
  return provider === 'ollama' || provider === 'lm_studio' || localModelPorts.has(new URL(apiBase).port);
}

/** Ollama passes models of that name on to its own servers: "gpt-oss:120b-cloud". */
export function isCloudModel(model: string): boolean {
  return /[:-]cloud$/.test(model);
}
