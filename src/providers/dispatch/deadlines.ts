import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/failure';
import type { ModelEvent } from '../../core/ports';

export interface Timeouts {
  /** Longest wait for the first token, or a sign of life before it, in ms: reasoning models think. */
  readonly firstTokenMs: number;
  /** Longest silence after it, in ms. */
  readonly stallMs: number;
}

/**
 * Passes a stream on, and ends it with a `timeout` failure where the first token, or the next one, takes too long.
 * Ends silently when `signal` aborts, even where the stream beneath ignores it. Rejects as the stream rejects.
 */
export async function* withDeadlines(
  events: AsyncIterable<ModelEvent>,
  { firstTokenMs, stallMs }: Timeouts,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const iterator = events[Symbol.asyncIterator]();
  let begun = false;
  try {
    for (;;) {
      const outcome: IteratorResult<ModelEvent> | 'late' | 'aborted' = await race(
        iterator.next(),
        begun ? stallMs : firstTokenMs,
        signal,
      );
      if (outcome === 'aborted') return;
      if (outcome === 'late') {
        yield { type: 'failed', failure: begun ? stalled(stallMs) : noToken(firstTokenMs) };
        return;
      }
      if (outcome.done === true) return;
      begun ||= isToken(outcome.value);
      yield outcome.value;
    }
  } finally {
    // Not awaited: a stream that hangs would hang its end too.
    void iterator.return?.().catch(() => undefined);
  }
}

function isToken(event: ModelEvent): boolean {
  return event.type === 'tool-call' || (event.type === 'text' && event.text.trim() !== '');
}

async function race<T>(
  next: Promise<T>,
  limitMs: number,
  signal: AbortSignal,
): Promise<T | 'late' | 'aborted'> {
  if (signal.aborted) {
    next.catch(() => undefined);
    return 'aborted';
  }
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), limitMs)));
  const aborted = new Promise<'aborted'>((resolve) => {
    onAbort = () => resolve('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([next, late, aborted]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
    next.catch(() => undefined);
  }
}

function noToken(limitMs: number): Failure {
  return {
    reason: 'timeout',
    detail: l10n.t('No token came within {0}.', seconds(limitMs)),
    status: undefined,
  };
}

function stalled(limitMs: number): Failure {
  return {
    reason: 'timeout',
    detail: l10n.t('The stream was silent for {0}.', seconds(limitMs)),
    status: undefined,
  };
}

/** Resolves after `ms`, or as soon as `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** "2.5 s" */
export function seconds(ms: number): string {
  return `${String(Math.round(ms / 100) / 10)} s`;
}
