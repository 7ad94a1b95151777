import type { TokenPrice } from '../../core/pool/deployment';
import type { Cost, Usage } from '../../core/receipt';

/** What input of a prompt cache costs where its price isn't stated, in prices of plain input. */
export interface CacheFactors {
  readonly read: number;
  readonly written: number;
}

const asPlainInput: CacheFactors = { read: 1, written: 1 };

/** A tenth, and for five minutes a quarter more: the vendor's price list has the same for each of its models. */
export const claudeCacheFactors: CacheFactors = { read: 0.1, written: 1.25 };

/**
 * The cost of `usage` at a price by the token. Kinds of input whose price isn't stated count as `factors` say, and make
 * the cost an estimate where there are any.
 */
export function costAt(
  price: TokenPrice,
  usage: Usage,
  kind: 'exact' | 'estimated',
  factors = asPlainInput,
): Cost {
  const { cachedInputTokens: cached, cacheWriteTokens: written = 0 } = usage;
  const stated =
    (cached === 0 || price.cachedInputUsdPerToken !== undefined) &&
    (written === 0 || price.cacheWriteUsdPerToken !== undefined);
  return { kind: stated ? kind : 'estimated', usd: usdAt(price, usage, factors) };
}

/** The same in USD alone. */
export function usdAt(price: TokenPrice, usage: Usage, factors = asPlainInput): number {
  const { inputUsdPerToken: input, outputUsdPerToken: output } = price;
  const { cachedInputTokens: cached, cacheWriteTokens: written = 0 } = usage;
  return (
    (usage.inputTokens - cached - written) * input +
    cached * (price.cachedInputUsdPerToken ?? input * factors.read) +
    written * (price.cacheWriteUsdPerToken ?? input * factors.written) +
    usage.outputTokens * output
  );
}
