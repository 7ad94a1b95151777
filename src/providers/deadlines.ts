import type { ModelEvent } from '../core/ports';

export interface Timeouts {
  /** Longest wait for the first token, in ms: reasoning models think before it. */
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
  let limitMs = firstTokenMs;
  try {
    for (;;) {
      const outcome = await race(iterator.next(), limitMs, signal);
      if (outcome === 'aborted') return;
      if (outcome === 'late') {
        yield { type: 'failed', failure: lateFailure(limitMs, limitMs === firstTokenMs) };
        return;
      }
      if (outcome.done === true) return;
      if (outcome.value.type === 'text' && outcome.value.text !== '') limitMs = stallMs;
      yield outcome.value;
    }
  } finally {
    // Not awaited: a stream that hangs would hang its end too.
    void iterator.return?.().catch(() => undefined);
  }
}

async function race<T>(next: Promise<T>, limitMs: number, signal: AbortSignal): Promise<T | 'late' | 'aborted'> {
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

function lateFailure(limitMs: number, first: boolean): Extract<ModelEvent, { type: 'failed' }>['failure'] {
  const what = first ? 'No token came' : 'The stream was silent for';
  const detail = first ? `${what} within ${seconds(limitMs)}.` : `${what} ${seconds(limitMs)}.`;
  return { reason: 'timeout', detail, status: undefined };
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 100) / 10)} s`;
}
