/** Whether a request is in a comparison of costs, and if not, why. */
export const usageStandings = [
  'counted',
  /** Of one of its answers nobody knows what it cost. */
  'cost-unknown',
  /** One of its answers came without a count of its tokens. */
  'tokens-unknown',
  /** Its prices are pretended: no money. */
  'simulated',
  /** It has not ended, as far as the ledger says. */
  'pending',
] as const;
export type UsageStanding = (typeof usageStandings)[number];

/** Tokens by what is priced apart; see `Usage`. */
export interface TokenSums {
  /** All input, with what was read from a prompt cache and written to it. */
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly writtenForAnHour: number;
  /** All output, with what was thought. */
  readonly output: number;
  readonly reasoning: number;
}

/** The models that a request could have gone to. */
export interface Offer {
  /** Ids of the candidates, in alphabetical order. */
  readonly candidates: readonly string[];
  /** The one that was expected to cost most, of those whose price was known; undefined: none was. */
  readonly dearest: string | undefined;
}

/** Calls that are alike in all that a price depends on, and what was paid for their requests. */
export interface UsageGroup extends TokenSums {
  readonly pool: string;
  readonly task: string;
  readonly offer: Offer;
  /** Who answered; undefined: nobody did. */
  readonly model: string | undefined;
  readonly standing: UsageStanding;
  /** How many of the thresholds that were asked for each call's input is above. */
  readonly band: number;
  /** Answered calls with a count of tokens. */
  readonly calls: number;
  /** Σ output² over the calls. */
  readonly outputSquares: number;
  /** What these calls cost by their receipts, in USD. */
  readonly receiptUsd: number;
  /** Each request is in one group: these are their number and all that was paid for them, failed calls too, in USD. */
  readonly decisions: number;
  readonly paidUsd: number;
  /** What it cost to have their answers judged, in USD, and how many judgements cost nobody knows what. */
  readonly judgingUsd: number;
  readonly judgingUnpriced: number;
}
