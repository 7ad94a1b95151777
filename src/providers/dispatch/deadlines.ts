import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import type { ModelEvent } from '../../core/terms/ports';

export interface Timeouts {
  /** Longest silence before the first token, in ms; with signs of life the first token may take longer than that. */
  readonly firstTokenMs: number;
  /** Longest silence after it, in ms. Whatever comes over the connection breaks a silence. */
  readonly stallMs: number;
}

/** A server that shows life, but has no token, gets so many times the limit of one that is silent: models think long. */
const patience = 5;

/**
 * Passes a stream on, and ends it with a `timeout` failure where the server falls silent for too long, or where it only
 * shows life for too long before its first token. Ends silently when `signal` aborts, even where the stream beneath
 * ignores it. Rejects as the stream rejects.
 */
export async function* withDeadlines(
  events: AsyncIterable<ModelEvent>,
  { firstTokenMs, stallMs }: Timeouts,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const iterator = events[Symbol.asyncIterator]();
  let begun = false;
  let lifeUntilMs = performance.now() + firstTokenMs * patience;
  try {
    for (;;) {
      const limitMs = begun ? stallMs : Math.min(firstTokenMs, lifeUntilMs - performance.now());
      const outcome: IteratorResult<ModelEvent> | 'late' | 'aborted' = await race(
        iterator.next(),
        Math.max(0, limitMs),
        signal,
      );
      if (outcome === 'aborted') return;
      if (outcome === 'late') {
        const late = limitMs < firstTokenMs ? firstTokenMs * patience : firstTokenMs;
        yield { type: 'failed', failure: begun ? stalled(stallMs) : noToken(late) };
        return;
      }
      if (outcome.done === true) return;
      begun ||= isToken(outcome.value);
      if (isWork(outcome.value)) lifeUntilMs = Infinity;
      yield outcome.value;
    }
  } finally {
    // Not awaited: a stream that hangs would hang its end too.
    void iterator.return?.().catch(() => undefined);
  }
}

/** A model that tells what it thinks, or writes a call, is at work. */
function isWork(event: ModelEvent): boolean {
  return event.type === 'thought' || (event.type === 'alive' && event.working === true);
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
