import type { TokenPrice } from '../../core/pool/deployment';
import type { Cost, Usage } from '../../core/receipt';

/**
 * The cost of `usage` at a price by the token. Kinds of input whose price isn't stated count as plain input, and make
 * the cost an estimate where there are any.
 */
export function costAt(price: TokenPrice, usage: Usage, kind: 'exact' | 'estimated'): Cost {
  const { cachedInputTokens: cached, cacheWriteTokens: written = 0 } = usage;
  const stated =
    (cached === 0 || price.cachedInputUsdPerToken !== undefined) &&
    (written === 0 || price.cacheWriteUsdPerToken !== undefined);
  return { kind: stated ? kind : 'estimated', usd: usdAt(price, usage) };
}

/** The same in USD alone. */
export function usdAt(price: TokenPrice, usage: Usage): number {
  const { inputUsdPerToken: input, outputUsdPerToken: output } = price;
  const { cachedInputTokens: cached, cacheWriteTokens: written = 0 } = usage;
  return (
    (usage.inputTokens - cached - written) * input +
    cached * (price.cachedInputUsdPerToken ?? input) +
    written * (price.cacheWriteUsdPerToken ?? input) +
    usage.outputTokens * output
  );
}
