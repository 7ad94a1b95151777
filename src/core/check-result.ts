import type { Failure } from './failure';
import type { Cost } from './receipt';

/** What came of asking a deployment for a word. */
export type CheckResult =
  | {
      readonly kind: 'answered';
      /** The model that the reply names, where it is another one than was asked for. */
      readonly servedModel: string | undefined;
      /** Undefined where the answer had no text. */
      readonly timeToFirstTokenMs: number | undefined;
      readonly cost: Cost;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };
