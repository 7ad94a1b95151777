import { z } from 'zod';
import type { TokenPrice } from '../../core/pool/deployment';
import type { Cost, Usage } from '../../core/receipt';
import { costAt } from './stated-price';

/** What a LiteLLM proxy charges for the models of one `model_name`. */
export interface ProxyPrice {
  readonly price: TokenPrice;
  /** False where its deployments differ in price, so that nobody tells which one served: the highest is taken. */
  readonly uniform: boolean;
  /** Above this many input tokens another price holds. */
  readonly inputTokensAtMost: number;
  /** Where thinking has a price of its own. */
  readonly reasoningUsdPerToken: number | undefined;
}

const usd = z.number().min(0).nullish().catch(undefined);
const modelInfo = z.looseObject({
  input_cost_per_token: usd,
  output_cost_per_token: usd,
  cache_read_input_token_cost: usd,
  cache_creation_input_token_cost: usd,
  output_cost_per_reasoning_token: usd,
});
const entry = z.object({
  model_name: z.string(),
  litellm_params: z.object({ model: z.string().catch('') }).catch({ model: '' }),
  model_info: modelInfo.catch({}),
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
  const { input_cost_per_token: input, output_cost_per_token: output } = model_info;
  if (typeof input !== 'number' || typeof output !== 'number') return undefined;
  // What the proxy doesn't know it may call 0, too: only models of its own machine are free.
  if (input === 0 && output === 0 && !/^ollama/.test(litellm_params.model)) return undefined;
  return {
    price: {
      inputUsdPerToken: input,
      outputUsdPerToken: output,
      cachedInputUsdPerToken: model_info.cache_read_input_token_cost ?? undefined,
      cacheWriteUsdPerToken: model_info.cache_creation_input_token_cost ?? undefined,
    },
    uniform: true,
    inputTokensAtMost: Math.min(...tiers(model_info)),
    reasoningUsdPerToken: model_info.output_cost_per_reasoning_token ?? undefined,
  };
}

/** From fields such as `input_cost_per_token_above_200k_tokens`. */
function tiers(info: z.infer<typeof modelInfo>): readonly number[] {
  return Object.entries(info).flatMap(([name, value]) => {
    const thousands = name.includes('cost') ? /_above_(\d+)k_tokens$/.exec(name)?.[1] : undefined;
    return thousands === undefined || typeof value !== 'number' ? [] : [Number(thousands) * 1_000];
  });
}

function higherOf(a: ProxyPrice, b: ProxyPrice): ProxyPrice {
  const uniform = a.uniform && JSON.stringify(a) === JSON.stringify(b);
  const sum = ({ price }: ProxyPrice): number => price.inputUsdPerToken + price.outputUsdPerToken;
  return { ...(sum(a) >= sum(b) ? a : b), uniform };
}

/** The cost at a proxy's price: an estimate where it isn't certain that it is the one that holds. */
export function proxyCost(proxy: ProxyPrice, usage: Usage, kind: 'exact' | 'estimated'): Cost {
  const { price, uniform, inputTokensAtMost, reasoningUsdPerToken } = proxy;
  const certain = uniform && usage.inputTokens <= inputTokensAtMost;
  const cost = costAt(price, usage, certain ? kind : 'estimated');
  if (cost.kind === 'unknown' || reasoningUsdPerToken === undefined) return cost;
  const extra = (usage.reasoningTokens ?? 0) * (reasoningUsdPerToken - price.outputUsdPerToken);
  return { ...cost, usd: cost.usd + extra };
}
