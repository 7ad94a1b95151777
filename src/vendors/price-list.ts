import type { ModelPrice, Provider } from '@pydantic/genai-prices';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { Deployment } from '../core/terms/deployment';
import type { Cost, Usage } from '../core/terms/receipt';
import { isBilledOtherwise, serviceTierOf } from './billing';
import { hasQuirk } from './lookup';

/**
 * The cost by the kept price list, where it knows the host and the model. Kinds of input that it has no price for
 * count as plain input, and make the cost an estimate where there are any; so do circumstances that it doesn't know.
 * `servedModel`: the reply's name for the same model.
 */
export function listedCost(
  deployment: Deployment,
  usage: Usage,
  measured: 'exact' | 'estimated',
  servedModel?: string,
): Cost {
  const asUsual = serviceTierOf(deployment) === undefined && !isBilledOtherwise(deployment, usage);
  const kind = asUsual && usage.uncertain !== true ? measured : 'estimated';
  const gateway = hasQuirk(deployment, 'cost-on-request');
  if (gateway && isFree(deployment.model)) return { kind, usd: 0 };
  const provider = providerOf(deployment);
  if (provider === undefined) return { kind: 'unknown' };
  for (const model of namesOf(deployment, servedModel)) {
    const listed = lookUp(provider, model, usage);
    if (listed === undefined) continue;
    // A gateway asks whoever serves the model just now, and Azure takes more in some regions.
    const oneOfMany = gateway || isNamedByUser(deployment);
    return { kind: listed.stated && !oneOfMany ? kind : 'estimated', usd: listed.usd };
  }
  return { kind: 'unknown' };
}

/** OpenRouter's way to name what it gives away. */
export function isFree(model: string): boolean {
  return model.endsWith(':free');
}

/** Azure's deployments are called what somebody liked to call them. */
export function isNamedByUser(deployment: Deployment): boolean {
  return hasQuirk(deployment, 'model-in-address');
}

function providerOf(deployment: Deployment): Provider | undefined {
  const byAddress = findProvider({ providerApiUrl: deployment.apiBase });
  return byAddress ?? (isNamedByUser(deployment) ? findProvider({ providerId: 'azure' }) : undefined);
}

/** The names to look up, the one that says most first. */
function namesOf({ model, pricedAs }: Deployment, servedModel: string | undefined): readonly string[] {
  const names = [
    // Google's OpenAI endpoint takes both forms of the name.
    ...[servedModel, model].map((name) => name?.replace(/^models\//, '')),
    // LiteLLM writes a provider, and a region, before it.
    pricedAs?.replace(/^.*\//, ''),
    // A gateway lists what it serves in other ways under the plain name.
    model.replace(/:(nitro|floor|online|exacto)$/, ''),
  ].filter((name) => name !== undefined);
  return [...names.filter(isDated), ...names.filter((name) => !isDated(name))];
}

function isDated(name: string): boolean {
  return /[-@]\d{4}(-?\d{2}-?\d{2})?$/.test(name);
}

function lookUp(
  provider: Provider,
  model: string,
  usage: Usage,
): { readonly usd: number; readonly stated: boolean } | undefined {
  const { cachedInputTokens: cached, cacheWriteTokens: written = 0, cacheWriteHourTokens: hour = 0 } = usage;
  const price = calcPrice(
    {
      input_tokens: usage.inputTokens,
      cache_read_tokens: cached,
      cache_write_tokens: written,
      ...(hour > 0 && { cache_write_1h_tokens: hour }),
      output_tokens: usage.outputTokens,
      output_reasoning_tokens: usage.reasoningTokens ?? 0,
    },
    model,
    { provider },
  );
  // Of some models the list has no price at all.
  if (price === null || !has(price.model_price, 'input') || !has(price.model_price, 'output'))
    return undefined;
  const stated =
    (cached === 0 || has(price.model_price, 'cache_read')) &&
    (written === hour || has(price.model_price, 'cache_write')) &&
    (hour === 0 || has(price.model_price, 'cache_write_1h'));
  return { usd: price.total_price, stated };
}

function has(price: ModelPrice, kind: string): boolean {
  return price[`${kind}_mtok`] !== undefined;
}
