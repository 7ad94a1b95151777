import type { Receipt } from './receipt';

/**
 * What became of one call to a judge. `reserved`: nothing was sent yet; `no-verdict`: it answered, and not in the form
 * that it was asked for; `not-asked`: a budget had no place for it after all.
 */
export const judgementOutcomes = ['reserved', 'verdict', 'no-verdict', 'failed', 'not-asked'] as const;
export type JudgementOutcome = (typeof judgementOutcomes)[number];

/**
 * One call to a judge. It has two rows in the ledger, so that no two windows spend the same money: what it may cost at
 * most, before anything is sent, and how it ended.
 */
export interface Judgement {
  /** Names both rows. */
  readonly id: string;
  /** The decision whose answer is judged. */
  readonly decisionId: string;
  /** The deployment that judges. */
  readonly judge: string;
  readonly outcome: JudgementOutcome;
  /** Most that it may cost, or may have cost where `receipt` doesn't know, in USD, ≥ 0. */
  readonly mostUsd: number;
  /** Present once something was sent. */
  readonly receipt?: Receipt | undefined;
}
