import type { LongInputRates, TokenPrice, TokenRates } from '../../core/terms/deployment';
import type { Cost, Usage } from '../../core/terms/receipt';

/** What input of a prompt cache costs where its price isn't stated, in prices of plain input. */
export interface CacheFactors {
  readonly read: number;
  readonly written: number;
  /** To be kept for an hour. */
  readonly writtenForAnHour: number;
}

const asPlainInput: CacheFactors = { read: 1, written: 1, writtenForAnHour: 1 };

/**
 * A tenth, a quarter more for five minutes, and twice as much for an hour: the vendor's price list has the same for each
 * of its models.
 */
export const claudeCacheFactors: CacheFactors = { read: 0.1, written: 1.25, writtenForAnHour: 2 };

/** What else is known of a request that was made at a stated price. */
export interface Circumstances {
  /** For what isn't stated of a cache. */
  readonly factors?: CacheFactors | undefined;
  /** The unusual service tier that was asked for. */
  readonly serviceTier?: string | undefined;
}

/**
 * The cost of `usage` at a price by the token. Where a kind of token, a length or a service tier has no price of its own,
 * it is an estimate: by `factors`, else by what is stated of the usual request.
 */
export function costAt(
  price: TokenPrice,
  usage: Usage,
  kind: 'exact' | 'estimated',
  circumstances: Circumstances = {},
): Cost {
  const { usd, stated } = billed(price, usage, circumstances);
  return { kind: stated && usage.uncertain !== true ? kind : 'estimated', usd };
}

/** The same in USD alone. */
export function usdAt(price: TokenPrice, usage: Usage): number {
  return billed(price, usage, {}).usd;
}

type Rates = Partial<TokenRates>;
type RateName = keyof TokenRates;

function billed(
  price: TokenPrice,
  usage: Usage,
  { factors = asPlainInput, serviceTier }: Circumstances,
): { readonly usd: number; readonly stated: boolean } {
  const layers = layersFor(price, usage.inputTokens, serviceTier);
  let stated = true;

  /** What `tokens` of a kind cost; where no layer states it, at `otherwise` a token. */
  function of(tokens: number, name: RateName, otherwise: number): number {
    if (tokens === 0) return 0;
    const at = layers.findIndex((layer) => layer[name] !== undefined);
    if (at !== 0) stated = false;
    return tokens * (layers[at]?.[name] ?? otherwise);
  }

  const { cachedInputTokens: cached, cacheWriteTokens: written = 0, cacheWriteHourTokens: hour = 0 } = usage;
  const input = rateIn(layers, 'inputUsdPerToken') ?? price.inputUsdPerToken;
  const writtenRate = rateIn(layers, 'cacheWriteUsdPerToken') ?? input;
  const hourRate = Math.max(input * factors.writtenForAnHour, writtenRate);
  const usd =
    of(usage.inputTokens - cached - written, 'inputUsdPerToken', input) +
    of(cached, 'cachedInputUsdPerToken', input * factors.read) +
    of(written - hour, 'cacheWriteUsdPerToken', input * factors.written) +
    of(hour, 'cacheWriteHourUsdPerToken', hourRate);
  const thoughts = rateIn(layers, 'reasoningUsdPerToken');
  const output = rateIn(layers, 'outputUsdPerToken') ?? price.outputUsdPerToken;
  if (thoughts === undefined)
    return { usd: usd + of(usage.outputTokens, 'outputUsdPerToken', output), stated };
  const thought = usage.reasoningTokens ?? 0;
  // What isn't reported may still have been thought.
  if (usage.reasoningTokens === undefined && thoughts !== output) stated = false;
  const outputUsd =
    of(usage.outputTokens - thought, 'outputUsdPerToken', output) +
    of(thought, 'reasoningUsdPerToken', thoughts);
  return { usd: usd + outputUsd, stated };
}

function rateIn(layers: readonly Rates[], name: RateName): number | undefined {
  return layers.find((layer) => layer[name] !== undefined)?.[name];
}

/** What is stated for such a request comes first; then what is stated for others, for what the first leaves out. */
function layersFor(
  price: TokenPrice,
  inputTokens: number,
  serviceTier: string | undefined,
): readonly Rates[] {
  const long = (rates: readonly LongInputRates[] = []): readonly LongInputRates[] =>
    rates
      .filter(({ aboveInputTokens }) => inputTokens > aboveInputTokens)
      .toSorted((a, b) => b.aboveInputTokens - a.aboveInputTokens);
  const ofAll = long(price.longInput);
  const usual = [...ofAll, price];
  if (serviceTier === undefined) return usual;
  const { serviceTiers = {} } = price;
  const tier = Object.hasOwn(serviceTiers, serviceTier) ? serviceTiers[serviceTier] : undefined;
  if (tier === undefined) return [{}, ...usual];
  const ofTier = long(tier.longInput);
  return [...(ofTier.length === 0 && ofAll.length > 0 ? [{}] : []), ...ofTier, tier, ...usual];
}
