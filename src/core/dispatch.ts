import type { Attempt } from './attempt';
import type { Failure } from './failure';
import type { Deployment } from './pool/deployment';
import type { Message } from './request';

export interface DispatchOrder {
  readonly decisionId: string;
  /** The chosen deployment first, then the fallback order. Not empty. */
  readonly deployments: readonly Deployment[];
  readonly messages: readonly Message[];
}

/** What a dispatch yields. It ends with `completed`, `failed` or `stopped`. */
export type DispatchEvent =
  | { readonly type: 'started'; readonly deploymentId: string }
  | { readonly type: 'text'; readonly text: string }
  /** An attempt failed before its first token; the next deployment is asked. */
  | { readonly type: 'fell-back'; readonly attempt: Attempt; readonly failure: Failure; readonly to: string }
  | { readonly type: 'completed'; readonly attempt: Attempt; readonly truncated: boolean }
  /** No deployment is left, or the stream broke after its first token (`partial`). */
  | {
      readonly type: 'failed';
      readonly attempt: Attempt;
      readonly failure: Failure;
      readonly partial: boolean;
    }
  | { readonly type: 'stopped'; readonly attempt: Attempt };

/** Streams an answer, falling back only before the first token. */
export interface Dispatcher {
  dispatch(order: DispatchOrder, signal: AbortSignal): AsyncIterable<DispatchEvent>;
}
