import * as l10n from '@vscode/l10n';
import { ZodError } from 'zod';
import type { Failure } from '../../core/terms/failure';
import type { ErrorReply } from './error-reply';
import { longestBody } from './error-reply';
import { reasonOf } from './failure-reason';
import { isConnectionError, networkFailure } from './network-failure';
import { isPage, plainText } from './page-text';
import { redact } from './redact';
import { retryAfterMs } from './retry-after';
import { shortened } from './shortened';
import { readVendorError } from './vendor-error';

/** What is needed to make a failure of an error, and to keep the key out of it. */
export interface CallContext {
  readonly key: string;
  /** For messages: "Nothing listens at 127.0.0.1:4000." */
  readonly host: string;
}

/** The proxy on the way wants a name and a password: no server was asked. */
const proxyAsks = 407;

/** A failure from a reply other than 2xx. */
function failureFromReply(
  { status, body, headers = new Headers() }: ErrorReply,
  { key }: CallContext,
): Failure {
  const json = parseJson(body) ?? markedText(body);
  const error = readVendorError(json);
  const detail = (error.message ?? '').slice(0, longestBody);
  const waitMs = retryAfterMs(headers, json, detail);
  return {
    reason: reasonOf(error.codes, detail, tellingStatus(status, error.status)),
    detail: redact(detail === '' ? l10n.t('The server answered {0} without a reason.', status) : detail, key),
    status,
    ...(status === proxyAsks && { local: true }),
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  };
}

/** Proxies give a status of their own to every failure behind them, and pass on what they got in the body. */
function tellingStatus(status: number, inside: number | undefined): number | undefined {
  const general = status === 400 || status === 422 || status >= 500;
  if (status < 300) return inside;
  return general ? (inside ?? status) : status;
}

/** A failure from what an SDK threw: an error object within the stream, a broken connection, or nonsense. */
export function failureFromError(
  error: unknown,
  reply: ErrorReply | undefined,
  context: CallContext,
): Failure {
  if (reply !== undefined) return failureFromReply(reply, context);
  const streamed = streamedError(error);
  if (streamed !== undefined) return failureFromStreamedError(streamed, context);
  if (error instanceof SyntaxError) return malformed(l10n.t('The stream is not valid JSON.'), context.key);
  if (error instanceof ZodError)
    return malformed(l10n.t('The stream does not follow its protocol.'), context.key);
  if (isConnectionError(error)) return networkFailure(error, context);
  return malformed(error instanceof Error ? error.message : String(error), context.key);
}

/** A failure from an error inside of a stream, or of a reply, that had begun with 200: classed by what it says. */
export function failureFromStreamedError(given: unknown, { key }: CallContext): Failure {
  const body = shortened(given);
  const { message = l10n.t('The provider broke the answer off.'), codes, status } = readVendorError(body);
  const words = message.slice(0, longestBody);
  const waitMs = retryAfterMs(new Headers(), body, words);
  return {
    reason: reasonOf(codes, words, status),
    detail: redact(words, key),
    // The reply's own status was 200: only what a proxy passes on counts.
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  };
}

/** The stream said something that its protocol doesn't know, or broke off. */
export function malformed(detail: string, key: string): Failure {
  return { reason: 'malformed-stream', detail: redact(detail, key), status: undefined };
}

/** Both SDKs keep the error object of a stream in `error`. */
function streamedError(error: unknown): unknown {
  if (!(error instanceof Error) || !('error' in error)) return undefined;
  return error.error ?? undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** What isn't JSON: a page is told as one, other marks are taken out (clouds answer in XML). */
function markedText(body: string): string {
  return isPage(body) || !/^\s*</.test(body) ? body : plainText(body);
}
