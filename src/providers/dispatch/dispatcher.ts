import type { DispatchEvent, Dispatcher, DispatchLimits, DispatchOrder } from '../../core/terms/dispatch';
import { usualLimits } from '../../core/terms/dispatch';
import type { Failure } from '../../core/terms/failure';
import { noOptions } from '../../core/terms/call-options';
import type { Deployment } from '../../core/terms/deployment';
import type { Random } from '../../core/terms/ports';
import { usdOf } from '../../core/terms/receipt';
import type { DispatchBreakers } from './breakers';
import { pause } from './deadlines';
import type { FallbackChain, Turn } from './fallback-chain';
import { createFallbackChain, verdictOf } from './fallback-chain';
import type { PromptCut } from './prompt-cut';
import { promptCutOf } from './prompt-cut';
import type { RequestDeadline } from './request-deadline';
import { startDeadline } from './request-deadline';
import { retryWaitMs, withTimeToRetry } from './retry-policy';
import type { AttemptParts, EndEvent } from './run-attempt';
import { runAttempt } from './run-attempt';

export interface DispatcherParts extends AttemptParts {
  readonly breakers: DispatchBreakers;
  /** For the jitter of waits. */
  readonly random: Random;
  /** Told where a local server read a part of a prompt alone. */
  readonly onPromptCut?: (cut: PromptCut) => void;
  /** For orders without limits of their own. */
  readonly limits?: DispatchLimits;
}

/** One request while it runs. */
interface Dispatch {
  readonly order: DispatchOrder;
  readonly limits: DispatchLimits;
  readonly chain: FallbackChain;
  readonly deadline: RequestDeadline;
  readonly stop: AbortSignal;
  attempts: number;
  /** What the attempts so far cost, as far as that is known. */
  spentUsd: number;
  /** What the caps allow now, in tokens of an answer. */
  outputCaps: ReadonlyMap<string, number> | undefined;
}

/**
 * Streams from the first deployment of the order. A failure before its first token that may pass is tried again, any
 * other goes on to the next deployment; after it the answer ends there, for a half answer is never silently replaced.
 * Everything ends at the request's deadline. Never throws for an expected failure; throws a RangeError for an order
 * without deployments.
 */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { clock, breakers, random, limits: ownLimits = usualLimits } = parts;

  /** Asks one deployment, and again as long as its failures may pass. */
  async function* ask(dispatch: Dispatch, deployment: Deployment): AsyncGenerator<DispatchEvent, EndEvent> {
    const { order, deadline, stop } = dispatch;
    const { decisionId, messages, tools, toolUse, options = noOptions } = order;
    const outputCap = dispatch.outputCaps?.get(deployment.id);
    for (let retried = 0; ; retried += 1) {
      yield { type: 'started', deploymentId: deployment.id };
      const index = dispatch.attempts;
      dispatch.attempts += 1;
      const attempt = { decisionId, index, deployment, messages, tools, toolUse, options, outputCap };
      const end = yield* runAttempt(attempt, { timeouts: dispatch.limits, deadline, stop }, parts);
      spend(dispatch, usdOf(end.attempt.receipt.cost));
      const cut = end.type === 'completed' ? promptCutOf(attempt, end.attempt.receipt.usage) : undefined;
      if (cut !== undefined) parts.onPromptCut?.(cut);
      const waitMs = waitBeforeRetry(dispatch, end, retried);
      if (end.type !== 'failed' || waitMs === undefined) return end;
      yield { type: 'retrying', attempt: { ...end.attempt, retried: true }, failure: end.failure, waitMs };
      await pause(waitMs, AbortSignal.any([stop, deadline.signal]));
    }
  }

  function waitBeforeRetry(
    { chain, deadline, limits: { retries } }: Dispatch,
    end: EndEvent,
    retried: number,
  ): number | undefined {
    if (end.type !== 'failed' || end.partial) return undefined;
    const { failure, attempt } = end;
    const another = chain.hasAfter(failure);
    // Whether a deployment is up again is tried with one call, and one that went down meanwhile isn't asked twice.
    if (another && breakers.stateOf(attempt.deploymentId) !== 'closed') return undefined;
    const billed = attempt.receipt.usage !== undefined;
    const remainingMs = deadline.remainingMs();
    return retryWaitMs({ failure, retried, retries, another, billed, remainingMs, random });
  }

  return {
    dispatch: async function* (order, stop) {
      const limits = order.limits ?? ownLimits;
      const affordable = ({ id }: Deployment): boolean => dispatch.outputCaps?.get(id) !== 0;
      const fallBack = async (failure: Failure): Promise<Turn | undefined> => {
        for (;;) {
          // Others may have spent since the order was given what was left for it.
          renewCaps(dispatch);
          const next = await chain.after(failure);
          if (next === undefined || order.onFallback === undefined) return next;
          const { deployment } = next;
          dispatch.outputCaps = await order.onFallback(deployment.id, dispatch.spentUsd);
          if (affordable(deployment)) return next;
          await next.leave('unknown');
        }
      };
      const chain = createFallbackChain(order.deployments, breakers, affordable);
      const deadline = startDeadline(limits.requestMs, clock);
      const { outputCaps } = order;
      const dispatch: Dispatch = {
        order,
        limits,
        chain,
        deadline,
        stop,
        attempts: order.firstIndex ?? 0,
        spentUsd: 0,
        outputCaps,
      };
      let turn: Turn = await chain.first();
      try {
        for (;;) {
          const end = yield* ask(dispatch, turn.deployment);
          const late = deadline.signal.aborted;
          await turn.leave(late ? 'unknown' : verdictOf(end));
          const next =
            end.type === 'failed' && !end.partial && !late ? await fallBack(end.failure) : undefined;
          if (end.type !== 'failed' || next === undefined) {
            yield end.type === 'failed' ? lastFailure(end) : end;
            return;
          }
          turn = next;
          yield { type: 'fell-back', attempt: end.attempt, failure: end.failure, to: next.deployment.id };
        }
      } finally {
        deadline.clear();
        // Left already, unless the consumer went away.
        await turn.leave('unknown');
      }
    },
  };
}

/** An answer without text is billed like any other: what it cost is no longer there for the next model. */
function spend(dispatch: Dispatch, usd: number | undefined): void {
  if (usd === undefined || usd === 0) return;
  dispatch.spentUsd += usd;
  renewCaps(dispatch);
}

function renewCaps(dispatch: Dispatch): void {
  dispatch.outputCaps = dispatch.order.outputCapsAfter?.(dispatch.spentUsd) ?? dispatch.outputCaps;
}

/** Nobody else is asked: the user must know when it is worth trying again. */
function lastFailure(end: Extract<EndEvent, { type: 'failed' }>): EndEvent {
  const failure = withTimeToRetry(end.failure);
  return { ...end, failure, attempt: { ...end.attempt, failure } };
}
