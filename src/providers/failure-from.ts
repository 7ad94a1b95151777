import type { Failure, FailureReason } from '../core/failure';
import { redact } from './redact';

/** What the SDKs tell of an error, in the words that both share. */
export interface WireError {
  readonly status: number | undefined;
  /** The vendor's own `code` or `type`, e.g. `insufficient_quota`, `overloaded_error`. */
  readonly code: string | undefined;
  readonly message: string;
}

/** A failure from a vendor's error, with the key removed from its text. */
export function failureFrom(error: WireError, key: string): Failure {
  return { reason: reasonOf(error), detail: redact(error.message, key), status: error.status };
}

function reasonOf({ status, code, message }: WireError): FailureReason {
  return reasonOfCode(code, message) ?? reasonOfStatus(status);
}

/** Vendors' documented codes and types; they say more than the status does. */
function reasonOfCode(code: string | undefined, message: string): FailureReason | undefined {
  switch (code) {
    case 'insufficient_quota':
    case 'billing_error':
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
    case 'invalid_request_error':
      return /prompt is too long|context (length|window)/i.test(message) ? 'context-too-long' : undefined;
    default:
      return undefined;
  }
}

function reasonOfStatus(status: number | undefined): FailureReason {
  if (status === undefined) return 'network';
  if (status === 401 || status === 403) return 'refused-key';
  if (status === 402) return 'quota';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'context-too-long';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'server-error' : 'invalid-request';
}

/** The stream said something that its protocol doesn't know, or broke off. */
export function malformed(detail: string, key: string): Failure {
  return { reason: 'malformed-stream', detail: redact(detail, key), status: undefined };
}

/** The innermost cause: "fetch failed" alone tells nobody that the port was refused. */
export function innermostMessage(error: Error): string {
  let innermost: Error = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  if (innermost instanceof AggregateError) {
    const [first] = innermost.errors as unknown[];
    if (first instanceof Error) innermost = first;
  }
  return innermost.message || error.message;
}
