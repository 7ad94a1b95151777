import * as l10n from '@vscode/l10n';
import type { Attempt } from '../../core/terms/attempt';
import type { DispatchEvent } from '../../core/terms/dispatch';
import type { Failure } from '../../core/terms/failure';
import type { Clock, ModelClient, ModelEvent, PriceBook, Report } from '../../core/terms/ports';
import { textOfCall } from '../../core/terms/tools';
import type { AttemptOrder, Run } from './attempt-run';
import { attemptOf, createRun } from './attempt-run';
import type { Timeouts } from './deadlines';
import { withDeadlines } from './deadlines';
import { createCapWatch, optionsWithin } from './output-cap';
import { redact } from '../failures/redact';
import type { RequestDeadline } from './request-deadline';

export type EndEvent = Extract<DispatchEvent, { type: 'completed' | 'failed' | 'stopped' }>;

export interface AttemptParts {
  readonly client: ModelClient;
  readonly prices: PriceBook;
  readonly clock: Clock;
}

export interface AttemptLimits {
  readonly timeouts: Timeouts;
  readonly deadline: RequestDeadline;
  /** Aborts when the user stops the request. */
  readonly stop: AbortSignal;
}

/**
 * Calls one deployment once, or not at all where the request is over. Yields the thoughts, texts and tool calls of its
 * answer and returns how it ended; the HTTP request is closed by then, also where the consumer goes away.
 */
export async function* runAttempt(
  order: AttemptOrder,
  { timeouts, deadline, stop }: AttemptLimits,
  parts: AttemptParts,
): AsyncGenerator<DispatchEvent, EndEvent> {
  const run = createRun(order, parts.clock);
  const { deployment, messages, tools, toolUse, outputCap } = order;
  const abandoned = new AbortController();
  const signal = AbortSignal.any([stop, deadline.signal, abandoned.signal]);
  const exceedsCap = createCapWatch(outputCap);
  const before = interrupted();
  if (before !== undefined) return before;
  run.sent = true;
  try {
    const options = optionsWithin(order.options, outputCap);
    const events = parts.client.stream({ deployment, messages, tools, toolUse, options }, signal);
    for await (const event of withDeadlines(events, timeouts, signal)) {
      if (signal.aborted) break;
      switch (event.type) {
        case 'alive':
          break;
        case 'usage':
          run.usage = event.usage;
          break;
        case 'thought':
          run.thoughts += event.text;
          yield event;
          if (exceedsCap(run.thoughts + run.answer)) return overCap();
          break;
        case 'rethought':
          run.thoughts += run.answer;
          run.answer = '';
          // The answer has yet to begin.
          run.firstTokenMs = undefined;
          yield event;
          break;
        case 'tool-call':
          run.answer += textOfCall(event.call);
          run.firstTokenMs ??= parts.clock.monotonicMs();
          yield event;
          break;
        case 'text': {
          const text = shown(run, event.text, parts.clock);
          if (text !== undefined) yield { type: 'text', text };
          // Not between tool calls: those of an answer come together once it is over, and are paid for already.
          if (exceedsCap(run.thoughts + run.answer)) return overCap();
          break;
        }
        case 'finished':
        case 'failed':
          return ended(event);
      }
    }
    return interrupted() ?? failed(brokenOff(l10n.t('The stream ended without an end.')));
  } catch (error) {
    const detail = redact(error instanceof Error ? error.message : String(error), '');
    return interrupted() ?? failed(brokenOff(detail));
  } finally {
    abandoned.abort();
  }

  function interrupted(): EndEvent | undefined {
    if (stop.aborted) return { type: 'stopped', attempt: attempt('stopped', {}) };
    return deadline.signal.aborted ? failed(deadline.failure) : undefined;
  }

  function ended(event: Extract<ModelEvent, { type: 'finished' | 'failed' }>): EndEvent {
    if (event.type === 'failed') return failed(event.failure, event.report);
    if (run.firstTokenMs === undefined) return failed(emptyAnswer(event.truncated), event);
    return completed(event.truncated, event);
  }

  /** A model that thought up to what the caps allow has not answered. */
  function overCap(): EndEvent {
    return run.firstTokenMs === undefined ? failed(emptyAnswer(true)) : completed(true, undefined);
  }

  function completed(truncated: boolean, report: Report | undefined): EndEvent {
    return { type: 'completed', attempt: attempt('completed', { report }), truncated };
  }

  function failed(failure: Failure, report?: Report): EndEvent {
    const partial = run.firstTokenMs !== undefined;
    return { type: 'failed', attempt: attempt('failed', { failure, report }), failure, partial };
  }

  function attempt(outcome: Attempt['outcome'], end: Parameters<typeof attemptOf>[2]): Attempt {
    return attemptOf(run, outcome, end, parts);
  }
}

/** Takes in a text and returns what can be shown now: nothing until there is something to see. */
function shown(run: Run, text: string, clock: Clock): string | undefined {
  run.answer += text;
  run.unshown += text;
  // Up to the first visible character another model can still answer.
  if (run.unshown === '' || (run.firstTokenMs === undefined && run.answer.trim() === '')) return undefined;
  run.firstTokenMs ??= clock.monotonicMs();
  const { unshown } = run;
  run.unshown = '';
  return unshown;
}

function emptyAnswer(truncated: boolean): Failure {
  return brokenOff(
    truncated
      ? l10n.t('The model reached its token limit before it wrote anything.')
      : l10n.t('The answer was empty.'),
  );
}

function brokenOff(detail: string): Failure {
  return { reason: 'malformed-stream', detail, status: undefined };
}
