import type { LongInputRates, ServiceTierRates, TokenPrice, TokenRates } from '../core/terms/deployment';

/** LiteLLM's names of prices. */
const rateNames = {
  input_cost_per_token: 'inputUsdPerToken',
  output_cost_per_token: 'outputUsdPerToken',
  cache_read_input_token_cost: 'cachedInputUsdPerToken',
  input_cost_per_token_cache_hit: 'cachedInputUsdPerToken',
  cache_creation_input_token_cost: 'cacheWriteUsdPerToken',
  cache_creation_input_token_cost_above_1hr: 'cacheWriteHourUsdPerToken',
  output_cost_per_reasoning_token: 'reasoningUsdPerToken',
} as const satisfies Record<string, keyof TokenRates>;

/** Of which kind of token a field states the price, and for which requests. */
interface PriceField {
  readonly rate: keyof TokenRates;
  readonly aboveInputTokens: number | undefined;
  readonly serviceTier: string | undefined;
}

type Field = readonly [PriceField, number];

/** Reads a name such as `input_cost_per_token_above_200k_tokens_priority`; undefined for any other. */
export function priceField(name: string): PriceField | undefined {
  const [, base = '', thousands, serviceTier] =
    /^(.+?)(?:_above_(\d+)k_tokens)?(?:_(flex|priority))?$/.exec(name) ?? [];
  if (!isRateName(base)) return undefined;
  const aboveInputTokens = thousands === undefined ? undefined : Number(thousands) * 1_000;
  return { rate: rateNames[base], aboveInputTokens, serviceTier };
}

function isRateName(name: string): name is keyof typeof rateNames {
  return Object.hasOwn(rateNames, name);
}

/** A price from LiteLLM's fields; undefined where input or output has none. What is no price is as if it weren't there. */
export function readTokenPrice(fields: Readonly<Record<string, unknown>>): TokenPrice | undefined {
  const all: readonly Field[] = Object.entries(fields).flatMap(([name, usd]) => {
    const field = priceField(name);
    return field === undefined || !isUsd(usd) ? [] : [[field, usd] as const];
  });
  const { inputUsdPerToken, outputUsdPerToken, ...usual } = ratesOf(all, undefined);
  if (inputUsdPerToken === undefined || outputUsdPerToken === undefined) return undefined;
  const tiers = [...new Set(all.flatMap(([{ serviceTier }]) => serviceTier ?? []))];
  return {
    inputUsdPerToken,
    outputUsdPerToken,
    ...usual,
    ...(tiers.length > 0 && {
      serviceTiers: Object.fromEntries(tiers.map((tier) => [tier, ratesOf(all, tier)])),
    }),
  };
}

function isUsd(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function ratesOf(all: readonly Field[], tier: string | undefined): ServiceTierRates {
  const ofTier = all.filter(([{ serviceTier }]) => serviceTier === tier);
  const at = (limit: number | undefined): Partial<TokenRates> =>
    Object.fromEntries(
      ofTier
        .filter(([{ aboveInputTokens }]) => aboveInputTokens === limit)
        .map(([{ rate }, usd]) => [rate, usd]),
    );
  const limits = [...new Set(ofTier.flatMap(([{ aboveInputTokens }]) => aboveInputTokens ?? []))];
  const longInput: readonly LongInputRates[] = limits
    .toSorted((a, b) => b - a)
    .map((aboveInputTokens) => ({ ...at(aboveInputTokens), aboveInputTokens }));
  return { ...at(undefined), ...(longInput.length > 0 && { longInput }) };
}

/** A price in LiteLLM's fields again, each with its USD per token. */
export function writtenPrice(price: TokenPrice): readonly (readonly [name: string, usd: number])[] {
  const { serviceTiers = {} } = price;
  return [
    ...writtenRates(price, ''),
    ...Object.entries(serviceTiers).flatMap(([tier, rates]) => writtenRates(rates, `_${tier}`)),
  ];
}

function writtenRates(rates: ServiceTierRates, end: string): readonly (readonly [string, number])[] {
  const at = (each: Partial<TokenRates>, limit: string): readonly (readonly [string, number])[] =>
    writtenNames.flatMap(([name, rate]) => {
      const usd = each[rate];
      return usd === undefined ? [] : [[`${name}${limit}${end}`, usd] as const];
    });
  const { longInput = [] } = rates;
  return [
    ...at(rates, ''),
    ...longInput.flatMap((long) => at(long, `_above_${String(long.aboveInputTokens / 1_000)}k_tokens`)),
  ];
}

/** One name for each kind of token. */
const writtenNames = Object.entries(rateNames).filter(([name]) => name !== 'input_cost_per_token_cache_hit');
