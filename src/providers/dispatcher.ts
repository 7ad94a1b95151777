import type { Attempt } from '../core/attempt';
import type { DispatchEvent, Dispatcher, DispatchOrder } from '../core/dispatch';
import type { Failure } from '../core/failure';
import { estimateTokens } from '../core/features/tokens';
import type { Deployment } from '../core/pool/deployment';
import type { Clock, ModelClient, ModelEvent, PriceBook } from '../core/ports';
import type { Cost, Usage } from '../core/receipt';
import type { Message } from '../core/request';
import type { Timeouts } from './deadlines';
import { withDeadlines } from './deadlines';

export interface DispatcherParts {
  readonly client: ModelClient;
  readonly prices: PriceBook;
  readonly clock: Clock;
  readonly timeouts?: Timeouts;
}

const usualTimeouts: Timeouts = { firstTokenMs: 120_000, stallMs: 60_000 };

/**
 * Streams from the first deployment of the order. A failure before its first token goes on to the next; after it
 * the answer ends there, for a half answer is never silently replaced. Never throws for an expected failure.
 */
export function createDispatcher({ client, prices, clock, timeouts = usualTimeouts }: DispatcherParts): Dispatcher {
  return {
    dispatch: async function* (order, signal) {
      for (const [index, deployment] of order.deployments.entries()) {
        yield { type: 'started', deploymentId: deployment.id };
        const run = createRun(order, deployment, index);
        const end = yield* runAttempt(run, signal);
        const next = order.deployments[index + 1];
        if (end.type !== 'failed' || end.partial || next === undefined) {
          yield end;
          return;
        }
        yield { type: 'fell-back', attempt: end.attempt, failure: end.failure, to: next.id };
      }
    },
  };

  async function* runAttempt(run: Run, signal: AbortSignal): AsyncGenerator<DispatchEvent, EndEvent> {
    const abandoned = new AbortController();
    const callSignal = AbortSignal.any([signal, abandoned.signal]);
    try {
      const events = client.stream({ deployment: run.deployment, messages: run.messages }, callSignal);
      for await (const event of withDeadlines(events, timeouts, callSignal)) {
        const end = yield* take(run, event);
        if (end !== undefined) return end;
      }
      if (signal.aborted) return stopped(run);
      return failed(run, brokenOff('The stream ended without an end.'));
    } catch (error) {
      if (signal.aborted) return stopped(run);
      return failed(run, brokenOff(error instanceof Error ? error.message : String(error)));
    } finally {
      // Also where the consumer of the stream went away: the HTTP request must not outlive it.
      abandoned.abort();
    }
  }

  function* take(run: Run, event: ModelEvent): Generator<DispatchEvent, EndEvent | undefined> {
    switch (event.type) {
      case 'text':
        if (event.text === '') return undefined;
        run.firstTokenMs ??= clock.monotonicMs();
        run.answer += event.text;
        yield { type: 'text', text: event.text };
        return undefined;
      case 'failed':
        return failed(run, event.failure);
      case 'finished': {
        if (run.answer.trim() === '') return failed(run, brokenOff('The answer was empty.'));
        const attempt = attemptOf(run, 'completed', undefined, event);
        return { type: 'completed', attempt, truncated: event.truncated };
      }
    }
  }

  function createRun({ decisionId, messages }: DispatchOrder, deployment: Deployment, index: number): Run {
    return { decisionId, messages, deployment, index, startedMs: clock.monotonicMs(), firstTokenMs: undefined, answer: '' };
  }

  function stopped(run: Run): EndEvent {
    return { type: 'stopped', attempt: attemptOf(run, 'stopped', undefined, undefined) };
  }

  function failed(run: Run, failure: Failure): EndEvent {
    const attempt = attemptOf(run, 'failed', failure, undefined);
    return { type: 'failed', attempt, failure, partial: run.firstTokenMs !== undefined };
  }

  function attemptOf(
    run: Run,
    outcome: Attempt['outcome'],
    failure: Failure | undefined,
    finish: Extract<ModelEvent, { type: 'finished' }> | undefined,
  ): Attempt {
    const { decisionId, deployment, index } = run;
    const usage = finish?.usage ?? estimatedUsage(run);
    return {
      decisionId,
      deploymentId: deployment.id,
      index,
      outcome,
      failure,
      receipt: {
        usage,
        cost: usage === undefined ? { kind: 'unknown' } : costOf(deployment, usage, finish?.usage !== undefined),
        timeToFirstTokenMs: run.firstTokenMs === undefined ? undefined : run.firstTokenMs - run.startedMs,
        totalMs: clock.monotonicMs() - run.startedMs,
        servedModel: finish?.servedModel,
      },
    };
  }

  function costOf(deployment: Deployment, usage: Usage, measured: boolean): Cost {
    return prices.costOf(deployment, usage, measured);
  }
}

type EndEvent = Extract<DispatchEvent, { type: 'completed' | 'failed' | 'stopped' }>;

/** One attempt while it runs. */
interface Run {
  readonly decisionId: string;
  readonly messages: readonly Message[];
  readonly deployment: Deployment;
  readonly index: number;
  readonly startedMs: number;
  firstTokenMs: number | undefined;
  answer: string;
}

/** Where the provider reported nothing: estimated from the texts, or nothing where no token came (nobody bills that for certain). */
function estimatedUsage({ answer, messages }: Run): Usage | undefined {
  if (answer === '') return undefined;
  const inputTokens = messages.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  return { inputTokens, outputTokens: estimateTokens(answer), cachedInputTokens: 0 };
}

function brokenOff(detail: string): Failure {
  return { reason: 'malformed-stream', detail, status: undefined };
}
