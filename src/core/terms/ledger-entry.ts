import type { Attempt } from './attempt';
import type { Decision } from './decision';
import type { Judgement } from './judgement';
import type { Observation } from './observation';

/** What the ledger records. Everything learnt and every statistic is a fold over these. */
export type LedgerEntry =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'observation'; readonly observation: Observation }
  /** What a judge was asked and cost. Its verdict is an observation of the decision. */
  | { readonly kind: 'judgement'; readonly judgement: Judgement };

/** An entry as it was stored. */
export type StoredEntry = LedgerEntry & {
  /** Strictly increasing in the order of commits, over all windows. */
  readonly sequence: number;
  /** Unix time in milliseconds. */
  readonly atMs: number;
};
