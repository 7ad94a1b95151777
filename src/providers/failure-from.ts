import { ZodError } from 'zod';
import type { Failure, FailureReason } from '../core/failure';
import type { ErrorReply } from './error-reply';
import { isConnectionError, networkFailure } from './network-failure';
import { redact } from './redact';
import { readVendorError } from './vendor-error';

/** What is needed to make a failure of an error, and to keep the key out of it. */
export interface CallContext {
  readonly key: string;
  /** For messages: "Nothing listens at 127.0.0.1:4000." */
  readonly host: string;
}

/** A failure from a reply other than 2xx. */
function failureFromReply({ status, body }: ErrorReply, { key }: CallContext): Failure {
  const error = readVendorError(parseJson(body));
  const detail = error.message ?? plainText(body);
  return {
    reason: reasonOf(error.codes, detail, status),
    detail: redact(detail === '' ? `The server answered ${String(status)} without a reason.` : detail, key),
    status,
  };
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
  if (error instanceof SyntaxError) return malformed('The stream is not valid JSON.', context.key);
  if (error instanceof ZodError) return malformed('The stream does not follow its protocol.', context.key);
  if (isConnectionError(error)) return networkFailure(error, context);
  return malformed(error instanceof Error ? error.message : String(error), context.key);
}

/** A failure from an error object inside of a stream that had begun with 200. */
export function failureFromStreamedError(body: unknown, { key }: CallContext): Failure {
  const { message = 'The provider broke the answer off.', codes, status } = readVendorError(body);
  return {
    reason: reasonOf(codes, message, status ?? 500),
    detail: redact(message, key),
    // The reply's own status was 200: only what a proxy passes on counts.
    status,
  };
}

/** The stream said something that its protocol doesn't know, or broke off. */
export function malformed(detail: string, key: string): Failure {
  return { reason: 'malformed-stream', detail: redact(detail, key), status: undefined };
}

function reasonOf(codes: readonly string[], message: string, status: number): FailureReason {
  for (const code of codes) {
    const reason = reasonOfCode(code);
    if (reason !== undefined) return reason;
  }
  return (status < 500 ? reasonOfMessage(message) : undefined) ?? reasonOfStatus(status);
}

/** Vendors' documented codes and types; they say more than the status does. */
function reasonOfCode(code: string): FailureReason | undefined {
  switch (code) {
    case 'insufficient_quota':
    case 'billing_error':
    case 'billing_hard_limit_reached':
    case 'billing_not_active':
    case 'contract_spend_limit_reached':
    case 'enforced_spend_limit_reached':
      return 'quota';
    case 'rate_limit_exceeded':
    case 'rate_limit_error':
      return 'rate-limit';
    case 'invalid_api_key':
    case 'authentication_error':
    case 'permission_error':
      return 'refused-key';
    case 'model_not_found':
    case 'not_found_error':
      return 'not-found';
    case 'context_length_exceeded':
    case 'exceed_context_size_error':
    case 'request_too_large':
      return 'context-too-long';
    case 'content_filter':
    case 'content_policy_violation':
      return 'content-filter';
    case 'overloaded_error':
    case 'api_error':
    case 'server_error':
      return 'server-error';
    case 'timeout_error':
      return 'timeout';
    default:
      return undefined;
  }
}

/** What some vendors tell only in words, under a code that they use for everything. */
function reasonOfMessage(message: string): FailureReason | undefined {
  if (/credit balance is too low|insufficient (balance|credits|funds)/i.test(message)) return 'quota';
  if (/api key not valid|(invalid|incorrect) api key/i.test(message)) return 'refused-key';
  if (/(prompt|input) is too long|maximum context length|context (window|length|size)/i.test(message)) {
    return 'context-too-long';
  }
  return undefined;
}

function reasonOfStatus(status: number): FailureReason {
  if (status === 401 || status === 403) return 'refused-key';
  if (status === 402) return 'quota';
  // A redirect is not followed: there is no model at this address.
  if (status === 404 || status < 400) return 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'context-too-long';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'server-error' : 'invalid-request';
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

/** Proxies answer with HTML pages. */
function plainText(body: string): string {
  return body
    .replace(/<(style|script|title)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
