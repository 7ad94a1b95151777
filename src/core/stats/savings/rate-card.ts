import type { Cost, Usage } from '../../terms/receipt';
import type { TokenSums } from '../../terms/savings';

/** What a model's tokens cost, in USD each, in one range of input. */
export interface Rates {
  /** Input that is neither read from a prompt cache nor written to it. */
  readonly plain: number;
  readonly cached: number;
  readonly written: number;
  readonly writtenForAnHour: number;
  /** Output that wasn't thought. */
  readonly spoken: number;
  readonly reasoning: number;
}

/** A model's prices. They hold for the whole of a request, by how much input it has. */
export interface RateCard {
  /** Tokens, rising: a request with more input than this has the next rates. */
  readonly thresholds: readonly number[];
  /** One more than there are thresholds. */
  readonly rates: readonly Rates[];
}

type CostOf = (usage: Usage) => Cost;

/** From a small request to one that no model reads; a price that is another one for a while in between isn't noticed. */
const ladder = Array.from({ length: 14 }, (_, step) => 2 ** (step + 9));
const sameRate = 1e-6;

/**
 * The prices behind a price book, found by asking it: a cost is a sum of tokens times rates, which change where the input
 * passes a threshold. Undefined: the price isn't known, or is no money. Some 30 questions, and some 20 for each threshold.
 */
export function rateCardOf(costOf: CostOf): RateCard | undefined {
  const usdOf = (usage: Usage): number | undefined => {
    const cost = costOf(usage);
    return cost.kind === 'exact' || cost.kind === 'estimated' ? cost.usd : undefined;
  };
  if (usdOf(usageOf(1_000)) === undefined) return undefined;
  const mixOf = (input: number): number =>
    (usdOf(usageOf(input, { cachedInputTokens: input / 2, outputTokens: input })) ?? 0) / input;
  const thresholds = thresholdsOf(mixOf);
  return {
    thresholds,
    // In the middle of each range.
    rates: [...thresholds, ladder.at(-1) ?? 0].map((end, band) =>
      ratesAt(Math.ceil(((thresholds[band - 1] ?? 0) + end) / 2), usdOf),
    ),
  };
}

function thresholdsOf(mixOf: (input: number) => number): readonly number[] {
  const alike = (a: number, b: number): boolean => Math.abs(a - b) <= sameRate * Math.max(a, b);
  const thresholds: number[] = [];
  let known = mixOf(1);
  let below = 1;
  for (const above of ladder) {
    const then = mixOf(above);
    while (!alike(then, known)) {
      let [low, high] = [below, above];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (alike(mixOf(middle), known)) low = middle;
        else high = middle;
      }
      thresholds.push(low);
      [below, known] = [high, mixOf(high)];
    }
    below = above;
  }
  return thresholds;
}

function ratesAt(input: number, usdOf: (usage: Usage) => number | undefined): Rates {
  const rate = (change: Partial<Usage>, without = 0): number =>
    ((usdOf(usageOf(input, change)) ?? 0) - without) / input;
  const alone = input * rate({});
  return {
    plain: alone / input,
    cached: rate({ cachedInputTokens: input }),
    written: rate({ cacheWriteTokens: input }),
    writtenForAnHour: rate({ cacheWriteTokens: input, cacheWriteHourTokens: input }),
    spoken: rate({ outputTokens: input, reasoningTokens: 0 }, alone),
    reasoning: rate({ outputTokens: input, reasoningTokens: input }, alone),
  };
}

function usageOf(inputTokens: number, change: Partial<Usage> = {}): Usage {
  return { inputTokens, outputTokens: 0, cachedInputTokens: 0, ...change };
}

/** What these tokens cost at these rates, in USD: what was read, and what was written at this length. */
export function pricedAt(
  rates: Rates,
  tokens: TokenSums,
): { readonly inputUsd: number; readonly outputUsd: number } {
  const { input, cached, written, writtenForAnHour, output, reasoning } = tokens;
  return {
    inputUsd:
      rates.plain * (input - cached - written) +
      rates.cached * cached +
      rates.written * (written - writtenForAnHour) +
      rates.writtenForAnHour * writtenForAnHour,
    outputUsd: rates.spoken * (output - reasoning) + rates.reasoning * reasoning,
  };
}

/** The rates of a request that is above so many of `asked`, which has all of the card's thresholds among others. */
export function ratesInBand(
  { thresholds, rates }: RateCard,
  asked: readonly number[],
  band: number,
): Rates | undefined {
  const last = asked[band - 1];
  return rates[last === undefined ? 0 : thresholds.filter((each) => each <= last).length];
}

/** All thresholds of several cards, rising. */
export function thresholdsIn(cards: Iterable<RateCard>): readonly number[] {
  return [...new Set(Array.from(cards, ({ thresholds }) => thresholds).flat())].toSorted((a, b) => a - b);
}
