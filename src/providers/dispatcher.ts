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
import { redact } from './redact';

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
export function createDispatcher({
  client,
  prices,
  clock,
  timeouts = usualTimeouts,
}: DispatcherParts): Dispatcher {
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
        if (signal.aborted) break;
        const end = yield* take(run, event);
        if (end !== undefined) return end;
      }
      if (signal.aborted) return stopped(run);
      return failed(run, brokenOff('The stream ended without an end.'));
    } catch (error) {
      if (signal.aborted) return stopped(run);
      return failed(run, brokenOff(redact(error instanceof Error ? error.message : String(error), '')));
    } finally {
      // Also where the consumer of the stream went away: the HTTP request must not outlive it.
      abandoned.abort();
    }
  }

  function* take(run: Run, event: ModelEvent): Generator<DispatchEvent, EndEvent | undefined> {
    switch (event.type) {
      case 'text':
        run.answer += event.text;
        run.unshown += event.text;
        // Held back until there is something to see: up to then another model can still answer.
        if (run.unshown === '' || (run.firstTokenMs === undefined && run.answer.trim() === ''))
          return undefined;
        run.firstTokenMs ??= clock.monotonicMs();
        yield { type: 'text', text: run.unshown };
        run.unshown = '';
        return undefined;
      case 'failed':
        return failed(run, event.failure);
      case 'finished': {
        if (run.firstTokenMs === undefined) return failed(run, emptyAnswer(event.truncated), event);
        const attempt = attemptOf(run, 'completed', undefined, event);
        return { type: 'completed', attempt, truncated: event.truncated };
      }
    }
  }

  function createRun({ decisionId, messages }: DispatchOrder, deployment: Deployment, index: number): Run {
    return {
      decisionId,
      messages,
      deployment,
      index,
      startedMs: clock.monotonicMs(),
      firstTokenMs: undefined,
      answer: '',
      unshown: '',
    };
  }

  function stopped(run: Run): EndEvent {
    return { type: 'stopped', attempt: attemptOf(run, 'stopped', undefined, undefined) };
  }

  function failed(run: Run, failure: Failure, finish?: FinishedEvent): EndEvent {
    const attempt = attemptOf(run, 'failed', failure, finish);
    return { type: 'failed', attempt, failure, partial: run.firstTokenMs !== undefined };
  }

  function attemptOf(
    run: Run,
    outcome: Attempt['outcome'],
    failure: Failure | undefined,
    finish: FinishedEvent | undefined,
  ): Attempt {
    const { decisionId, deployment, index } = run;
    const usage = finish?.usage ?? estimatedUsage(run);
    const substitute = substituteFor(deployment.model, finish?.servedModel);
    // The price is that of the model that was asked for: another one's answer may have cost something else.
    const measured = finish?.usage !== undefined && substitute === undefined;
    return {
      decisionId,
      deploymentId: deployment.id,
      index,
      outcome,
      failure,
      receipt: {
        usage,
        cost: usage === undefined ? { kind: 'unknown' } : costOf(deployment, usage, measured),
        timeToFirstTokenMs: run.firstTokenMs === undefined ? undefined : run.firstTokenMs - run.startedMs,
        totalMs: clock.monotonicMs() - run.startedMs,
        servedModel: substitute,
      },
    };
  }

  function costOf(deployment: Deployment, usage: Usage, measured: boolean): Cost {
    return prices.costOf(deployment, usage, measured);
  }
}

type FinishedEvent = Extract<ModelEvent, { type: 'finished' }>;
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
  /** The end of `answer` that was not passed on yet. */
  unshown: string;
}

/**
 * Where the provider reported nothing: estimated from the texts. Undefined where no token came, so that the cost
 * is unknown: most providers bill nothing then, but after a timeout or a stop nobody tells.
 */
function estimatedUsage({ firstTokenMs, answer, messages }: Run): Usage | undefined {
  if (firstTokenMs === undefined) return undefined;
  const inputTokens = messages.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  return { inputTokens, outputTokens: estimateTokens(answer), cachedInputTokens: 0 };
}

function emptyAnswer(truncated: boolean): Failure {
  return brokenOff(
    truncated ? 'The model reached its token limit before it wrote anything.' : 'The answer was empty.',
  );
}

function brokenOff(detail: string): Failure {
  return { reason: 'malformed-stream', detail, status: undefined };
}

/** The model named in a reply, where it isn't the one asked for or a dated version of it ("gpt-4o-2024-08-06"). */
function substituteFor(asked: string, served: string | undefined): string | undefined {
  if (served === undefined || served === '' || served === asked) return undefined;
  const bare = (name: string): string => name.split('/').at(-1) ?? name;
  const [a, b] = [bare(asked), bare(served)];
  const dated = b.startsWith(a) && /^-\d{4}-?\d{2}-?\d{2}$/.test(b.slice(a.length));
  return a === b || dated ? undefined : served;
}
