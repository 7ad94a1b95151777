import type { Deployment } from '../../core/terms/deployment';
import { isLoopback } from '../../core/terms/host';
import { isClaude } from '../../core/routing/prompt-cache';
import type { PriceBook } from '../../core/terms/ports';
import { isBilledOtherwise, serviceTierOf } from '../../vendors/billing';
import { isCloudModel } from '../../vendors/local-model';
import { vendors } from '../../vendors/catalogue';
import { vendorNamed } from '../../vendors/lookup';
import { listedCost } from '../../vendors/price-list';
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
      const asks = deployment.serverTellsPrice === true && deployment.price === undefined;
      if (asks) proxies?.prepare(deployment);
    }
  }

  return {
    prepare,
    costOf: (deployment, usage, measured, servedModel) => {
      const { price, protocol } = deployment;
      if (protocol === 'simulated') {
        return { kind: 'simulated', usd: price === undefined ? 0 : usdAt(price, usage) };
      }
      const asStated = measured && usage.uncertain !== true && !isBilledOtherwise(deployment, usage);
      const kind = asStated ? 'exact' : 'estimated';
      const serviceTier = serviceTierOf(deployment);
      if (price !== undefined) {
        const factors = isClaude(deployment) ? claudeCacheFactors : undefined;
        return costAt(price, usage, kind, { factors, serviceTier });
      }
      if (isLocal(deployment)) return { kind: 'exact', usd: 0 };
      if (deployment.serverTellsPrice === true) {
        // A proxy that didn't answer is asked again after a while.
        prepare([deployment]);
        const proxy = proxies?.priceOf(deployment);
        if (proxy === undefined) return { kind: 'unknown' };
        return costAt(proxy.price, usage, proxy.uniform ? kind : 'estimated', { serviceTier });
      }
      return isLoopback(deployment.apiBase)
        ? { kind: 'unknown' }
        : listedCost(deployment, usage, kind, servedModel);
    },
  };
}

/**
 * The ports at which some servers, and no others, serve models of this machine. Another server on loopback may be a
 * proxy to models that cost money: without a price in the file its cost is unknown, not zero.
 */
const localModelPorts = new Set(
  vendors.flatMap(({ local, base }) =>
    local === 'own-port' && base !== undefined ? [new URL(base).port] : [],
  ),
);

function isLocal({ provider, apiBase, model }: Deployment): boolean {
  if (!isLoopback(apiBase) || isCloudModel(model)) return false;
  return vendorNamed(provider)?.local !== undefined || localModelPorts.has(new URL(apiBase).port);
}
