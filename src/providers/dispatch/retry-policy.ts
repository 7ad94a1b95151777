import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import type { Random } from '../../core/terms/ports';
import { waitInMs } from '../failures/durations';

export interface RetryQuestion {
  readonly failure: Failure;
  /** How often the deployment was asked again already, and how often it may be, ≥ 0. */
  readonly retried: number;
  readonly retries: number;
  /** True where another deployment could answer instead. */
  readonly another: boolean;
  /** True where the failed attempt used tokens, which the same again would pay for a second time. */
  readonly billed: boolean;
  /** What is left of the time for the whole request, in ms. */
  readonly remainingMs: number;
  readonly random: Random;
}

/** While another deployment could answer, a user need not wait longer than this for one that is busy. */
const longestWaitBesideAnotherMs = 2_000;

const firstBackoffMs = 400;
const longestBackoffMs = 8_000;

/**
 * After which wait in ms the same deployment is asked again; undefined: it isn't. A failure that may pass gets a quick
 * second try, for a fallback costs the model that was chosen. What the provider asks for goes before our own backoff.
 */
export function retryWaitMs(question: RetryQuestion): number | undefined {
  const { failure, retried, retries, another, billed, remainingMs } = question;
  if (retried >= retries || billed || !mayPass(failure, another)) return undefined;
  const waitMs = waitAsked(question);
  if (waitMs >= remainingMs) return undefined;
  return another && waitMs > longestWaitBesideAnotherMs ? undefined : waitMs;
}

/** Retry-After, never less; else exponential backoff. The jitter keeps windows that failed together apart. */
function waitAsked({ failure: { retryAfterMs }, retried, random }: RetryQuestion): number {
  if (retryAfterMs !== undefined)
    return Math.round(retryAfterMs + random() * Math.min(250, retryAfterMs / 10));
  const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** retried);
  return Math.round(backoffMs * (0.5 + random() / 2));
}

function mayPass({ reason, status, retryAfterMs }: Failure, another: boolean): boolean {
  switch (reason) {
    case 'network':
    case 'server-error':
    case 'malformed-stream':
      return true;
    case 'timeout':
      // A server that says so itself says it soon; a silence has cost the user long enough already.
      return status !== undefined;
    case 'rate-limit':
      // Without a word on when it ends, a limit lasts longer than a quick try.
      return !another || retryAfterMs !== undefined;
    case 'quota':
    case 'refused-key':
    case 'missing-key':
    case 'no-access':
    case 'not-found':
    case 'context-too-long':
    case 'content-filter':
    case 'invalid-request':
      return false;
  }
}

/** A failure that ends a request, with when to try again in its words, where the provider said so. */
export function withTimeToRetry(failure: Failure): Failure {
  const { retryAfterMs, detail } = failure;
  if (retryAfterMs === undefined || retryAfterMs <= 0) return failure;
  if (waitInMs(detail, 0) !== undefined) return failure;
  const sentence = /[.!?…]$/.test(detail) ? detail : `${detail}.`;
  return { ...failure, detail: `${sentence} ${l10n.t('Try again in {0}.', duration(retryAfterMs))}` };
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 100) return `${String(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 100) return l10n.t('{0} minutes', minutes);
  const hours = Math.ceil(minutes / 60);
  return hours < 100 ? l10n.t('{0} hours', hours) : l10n.t('{0} days', Math.ceil(hours / 24));
}
