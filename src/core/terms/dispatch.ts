import type { Attempt } from './attempt';
import type { Failure } from './failure';
import type { CallOptions } from './call-options';
import type { Deployment } from './deployment';
import type { Message } from './request';
import type { ToolCall, ToolOffer } from './tools';

export interface DispatchOrder extends ToolOffer {
  readonly decisionId: string;
  /** The chosen deployment first, then the fallback order. Not empty. */
  readonly deployments: readonly Deployment[];
  readonly messages: readonly Message[];
  /** Of the first attempt within its decision: above 0 where a tool loop goes on. Default: 0. */
  readonly firstIndex?: number | undefined;
  /** Options of the request itself. */
  readonly options?: CallOptions | undefined;
  /** The longest answer that each deployment may give, in tokens, by its id, so that a cost cap holds. */
  readonly outputCaps?: ReadonlyMap<string, number> | undefined;
  /**
   * The same at this moment, when attempts that failed have cost `spentUsd`; one that may give no answer at all isn't
   * asked.
   */
  readonly outputCapsAfter?: ((spentUsd: number) => ReadonlyMap<string, number>) | undefined;
  /**
   * Reserves what the next deployment may cost, so that nobody else spends it, when attempts that failed have cost
   * `spentUsd`; resolves to what it may answer then. One that may give no answer isn't asked.
   */
  readonly onFallback?:
    ((deploymentId: string, spentUsd: number) => Promise<ReadonlyMap<string, number>>) | undefined;
  /** Default: the dispatcher's own. */
  readonly limits?: DispatchLimits | undefined;
}

/** How long a request may take, and how often a deployment is asked again. */
export interface DispatchLimits {
  /** Longest silence before the first token, in ms; a server that shows life may take five times as long for it. */
  readonly firstTokenMs: number;
  /** Longest silence after it, in ms. Whatever comes over the connection breaks a silence. */
  readonly stallMs: number;
  /** Longest that the whole request may take, with all attempts and waits, in ms. */
  readonly requestMs: number;
  /** How often a deployment is asked again after a failure that may pass, ≥ 0. */
  readonly retries: number;
}

/** Where nobody says otherwise. */
export const usualLimits: DispatchLimits = {
  firstTokenMs: 120_000,
  stallMs: 60_000,
  requestMs: 600_000,
  retries: 1,
};

/** What a dispatch yields. It ends with `completed`, `failed` or `stopped`. */
export type DispatchEvent =
  | { readonly type: 'started'; readonly deploymentId: string }
  /** What the model thinks: no part of the answer, and void where another is asked. */
  | { readonly type: 'thought'; readonly text: string }
  /** The text so far was thought, too. */
  | { readonly type: 'rethought' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  /** An attempt failed before its first token; the same deployment is asked again after `waitMs`. */
  | {
      readonly type: 'retrying';
      readonly attempt: Attempt;
      readonly failure: Failure;
      readonly waitMs: number;
    }
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
