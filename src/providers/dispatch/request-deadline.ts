import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import type { Clock } from '../../core/terms/ports';
import { seconds } from './deadlines';

/** The time that a whole request has, with all attempts and waits. */
export interface RequestDeadline {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** What ends the request then. */
  readonly failure: Failure;
  remainingMs(): number;
  clear(): void;
}

export function startDeadline(requestMs: number, clock: Clock): RequestDeadline {
  const over = new AbortController();
  const endMs = clock.monotonicMs() + requestMs;
  const timer = setTimeout(() => over.abort(), Math.min(requestMs, longestTimerMs));
  return {
    signal: over.signal,
    failure: {
      reason: 'timeout',
      detail: l10n.t('The request took longer than the {0} that it may take in all.', seconds(requestMs)),
      status: undefined,
    },
    remainingMs: () => endMs - clock.monotonicMs(),
    clear: () => clearTimeout(timer),
  };
}

/** A timer that is set to more than 2³¹ − 1 ms fires at once. */
const longestTimerMs = 2 ** 31 - 1;
