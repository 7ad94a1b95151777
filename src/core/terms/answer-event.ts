import type { Attempt } from './attempt';
import type { Decision, Exclusion } from './decision';
import type { Failure } from './failure';
import type { CostCaps } from './cost-caps';
import type { StuckReason } from './stuck';
import type { ToolCall } from './tools';

/** What happens to one request, in order. It ends with `finished`, `stopped`, `failed`, `no-model` or `over-budget`. */
export type AnswerEvent =
  /** In the ledger; the first call goes out after this. A tool loop that goes on says it of the decision it had. */
  | { readonly type: 'decided'; readonly decision: Decision }
  /**
   * The tool loop of a decision is plainly stuck, and goes on with its model all the same. Asked with `escalate`, the next
   * step goes to another one.
   */
  | {
      readonly type: 'stuck';
      readonly decisionId: string;
      readonly deploymentId: string;
      readonly stuck: StuckReason;
      /** Who would be the best to go on, and what its next step is expected to cost; undefined: its price isn't known. */
      readonly next: { readonly deploymentId: string; readonly costUsd: number | undefined };
    }
  /** What the model thinks: no part of the answer, and void where another is asked. */
  | { readonly type: 'thought'; readonly text: string }
  /** The text so far was thought, too. */
  | { readonly type: 'rethought' }
  | { readonly type: 'text'; readonly text: string }
  /** Comes only where the request offered tools. Its results are asked with `continues`. */
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | { readonly type: 'fell-back'; readonly from: string; readonly to: string; readonly failure: Failure }
  /** The same deployment is asked again after `waitMs`. */
  | {
      readonly type: 'retrying';
      readonly deploymentId: string;
      readonly waitMs: number;
      readonly failure: Failure;
    }
  /** The answer stands, but its attempt could not be written: it will be missing in the statistics. */
  | { readonly type: 'not-recorded'; readonly detail: string }
  | { readonly type: 'finished'; readonly attempt: Attempt; readonly truncated: boolean }
  | { readonly type: 'stopped'; readonly attempt: Attempt }
  | {
      readonly type: 'failed';
      readonly attempt: Attempt;
      readonly failure: Failure;
      /** True where part of an answer was already shown. */
      readonly partial: boolean;
    }
  /** No deployment of the pool can serve the request. Nothing was sent. */
  | { readonly type: 'no-model'; readonly pool: string; readonly excluded: readonly Exclusion[] }
  /** Only a cost cap stands in the way. Nothing was sent: ask again with `overBudgetAgreed`, or don't. */
  | {
      readonly type: 'over-budget';
      readonly pool: string;
      readonly excluded: readonly Exclusion[];
      readonly caps: CostCaps;
      /** The cheapest model that could answer, with what it is expected to cost; undefined: its price isn't known. */
      readonly cheapest: { readonly deploymentId: string; readonly costUsd: number | undefined };
      /** A model of another pool that costs nothing and could answer; absent: there is none. */
      readonly free?: { readonly pool: string; readonly deploymentId: string } | undefined;
    };
