import type { AnswerEvent } from '../terms/answer-event';
import type { Attempt } from '../terms/attempt';
import { entriesOf } from './attempt-entries';
import type { DispatchEvent, Dispatcher, DispatchOrder } from '../terms/dispatch';
import type { LedgerEntry } from '../terms/ledger-entry';
import type { Ledger, Log } from '../terms/ports';

export interface RecorderParts {
  readonly ledger: Ledger;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  /** Takes in what was recorded. */
  readonly learn: () => Promise<unknown>;
  /** Called after something was recorded and taken in. */
  readonly onRecorded: () => void;
  /** Told of each attempt before it is recorded. */
  readonly onAttempt: (attempt: Attempt) => void;
  /** The answer to this decision was none, or wasn't whole. */
  readonly onNotCompleted: (decisionId: string) => Promise<void>;
}

/** Everything that goes into the ledger goes through here, and is learnt from at once. */
export interface Recorder {
  /** Rejects where the ledger can't take the entries: then none is stored. */
  record(entries: readonly LedgerEntry[]): Promise<void>;
  /**
   * Streams an answer, and records each attempt as it ends. An attempt that can't be recorded is told as such. `hear` is
   * told each event before the surface is: it must not throw, and takes no time.
   */
  dispatch(
    order: DispatchOrder,
    signal: AbortSignal,
    hear?: (event: AnswerEvent) => void,
  ): AsyncIterable<AnswerEvent>;
  /** Stops every answer that is under way, whether or not its surface still reads; resolves when all are recorded. */
  stop(): Promise<void>;
}

export function createRecorder(parts: RecorderParts): Recorder {
  const { ledger, dispatcher, log } = parts;
  const underWay = new Set<() => Promise<void>>();

  async function record(entries: readonly LedgerEntry[]): Promise<void> {
    await ledger.append(entries);
    await parts.learn();
    parts.onRecorded();
  }

  /** Resolves to why it was not recorded, or to undefined. */
  async function recordOutcome(attempt: Attempt): Promise<string | undefined> {
    try {
      await record(entriesOf(attempt));
      return undefined;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      log.error(`The outcome of decision ${attempt.decisionId} was not recorded: ${detail}`);
      return detail;
    }
  }

  /** Records each attempt as it ends; with why it could not be, where it couldn't. */
  async function* recorded(
    events: AsyncIterable<DispatchEvent>,
    { decisionId }: DispatchOrder,
  ): AsyncGenerator<{ readonly event: DispatchEvent; readonly notRecorded: string | undefined }> {
    for await (const event of events) {
      const attempt = 'attempt' in event ? event.attempt : undefined;
      if (attempt !== undefined) parts.onAttempt(attempt);
      if (attempt !== undefined && attempt.outcome !== 'completed') await parts.onNotCompleted(decisionId);
      yield { event, notRecorded: attempt === undefined ? undefined : await recordOutcome(attempt) };
    }
  }

  async function* dispatch(
    order: DispatchOrder,
    signal: AbortSignal,
    hear?: (event: AnswerEvent) => void,
  ): AsyncGenerator<AnswerEvent> {
    const left = new AbortController();
    const dispatched = dispatcher.dispatch(order, AbortSignal.any([signal, left.signal]));
    const events = recorded(dispatched, order);
    let over = false;
    const stop = async (): Promise<void> => {
      left.abort();
      while (!over) over = (await events.next()).done === true;
    };
    underWay.add(stop);
    try {
      for (;;) {
        const next = await events.next();
        if (next.done === true) break;
        if (next.value.notRecorded !== undefined)
          yield { type: 'not-recorded', detail: next.value.notRecorded };
        const answered = toAnswerEvent(next.value.event);
        if (answered === undefined) continue;
        hear?.(answered);
        yield answered;
      }
      over = true;
    } finally {
      // A surface that went away stops what it asked for, and what that cost so far is recorded all the same.
      await stop();
      underWay.delete(stop);
    }
  }

  return {
    record,
    dispatch,
    stop: async () => {
      await Promise.all([...underWay].map((stop) => stop()));
    },
  };
}

/** What a surface is told of a dispatch; undefined: nothing. */
function toAnswerEvent(event: DispatchEvent): AnswerEvent | undefined {
  switch (event.type) {
    case 'started':
      return undefined;
    case 'thought':
    case 'rethought':
    case 'text':
    case 'tool-call':
      return event;
    case 'retrying':
      return {
        type: 'retrying',
        deploymentId: event.attempt.deploymentId,
        waitMs: event.waitMs,
        failure: event.failure,
      };
    case 'fell-back':
      return { type: 'fell-back', from: event.attempt.deploymentId, to: event.to, failure: event.failure };
    case 'completed':
      return { type: 'finished', attempt: event.attempt, truncated: event.truncated };
    case 'failed':
    case 'stopped':
      return event;
  }
}
