import { z } from 'zod';
import type { TokenPrice } from '../../core/terms/deployment';
import { vendorNamed } from '../../vendors/lookup';
import { readTokenPrice } from '../../vendors/price-fields';

/** What a LiteLLM proxy charges for the models of one `model_name`. */
export interface ProxyPrice {
  readonly price: TokenPrice;
  /**
   * False where one price isn't all: its deployments differ, so that nobody tells which one served, and the highest is
   * taken; or it has further ones.
   */
  readonly uniform: boolean;
}

const entry = z.object({
  model_name: z.string(),
  litellm_params: z.object({ model: z.string().catch('') }).catch({ model: '' }),
  model_info: z.looseObject({}).catch({}),
});
const reply = z.object({ data: z.array(entry.nullable().catch(null)) });

/** Reads `/model/info` into prices by `model_name`. Throws a ZodError where it is something else. */
export function readModelInfo(body: unknown): ReadonlyMap<string, ProxyPrice> {
  const prices = new Map<string, ProxyPrice>();
  for (const item of reply.parse(body).data) {
    const price = item === null ? undefined : priceOf(item);
    if (item === null || price === undefined) continue;
    const other = prices.get(item.model_name);
    prices.set(item.model_name, other === undefined ? price : higherOf(other, price));
  }
  return prices;
}

function priceOf({ litellm_params, model_info }: z.infer<typeof entry>): ProxyPrice | undefined {
  const price = readTokenPrice(model_info);
  if (price === undefined) return undefined;
  // What the proxy doesn't know it may call 0, too: only models of its own machine are free.
  const free = price.inputUsdPerToken === 0 && price.outputUsdPerToken === 0;
  if (free && !isLocal(litellm_params.model)) return undefined;
  // Further prices, for ranges of input.
  return { price, uniform: !Array.isArray(model_info['tiered_pricing']) };
}

/** By the model as the proxy's own file writes it: "ollama/llama3.2". */
function isLocal(written: string): boolean {
  return vendorNamed(written.split('/')[0] ?? '')?.local === 'own-port';
}

function higherOf(a: ProxyPrice, b: ProxyPrice): ProxyPrice {
  const uniform = a.uniform && JSON.stringify(a) === JSON.stringify(b);
  const sum = ({ price }: ProxyPrice): number => price.inputUsdPerToken + price.outputUsdPerToken;
  return { ...(sum(a) >= sum(b) ? a : b), uniform };
}
