import type { Failure } from './failure';
import type { Receipt } from './receipt';

/** One call to one deployment for a decision; a fallback is a second attempt of the same decision. */
export interface Attempt {
  readonly decisionId: string;
  readonly deploymentId: string;
  /** From 0. */
  readonly index: number;
  readonly outcome: 'completed' | 'failed' | 'stopped';
  /** Present where `outcome` is `failed`. */
  readonly failure: Failure | undefined;
  readonly receipt: Receipt;
  /** Present where it failed and the same deployment was asked again: evidence of nothing yet. */
  readonly retried?: true | undefined;
}
