import type { FailureReason } from '../../core/failure';

/** Why a call failed: from the vendor’s own words for the cause, else its message, else the HTTP status. */
export function reasonOf(codes: readonly string[], message: string, status: number): FailureReason {
  // Groq's code says "rate limit" of a request that is above the limit all by itself: waiting doesn't help.
  if (status === 413) return 'context-too-long';
  for (const code of codes) {
    const reason = reasonOfCode(code) ?? (status >= 500 ? reasonOfVagueCode(code) : undefined);
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
    case 'budget_exceeded':
    case 'payment_required':
    case 'daily-quota':
      return 'quota';
    case 'rate_limit_exceeded':
    case 'rate_limit_error':
    case 'RateLimitReached':
    case 'too_many_requests':
    case 'throttling_error':
    case 'capacity_exceeded':
    case 'RESOURCE_EXHAUSTED':
      return 'rate-limit';
    case 'invalid_api_key':
    case 'authentication_error':
    case 'permission_error':
    case 'auth_error':
    case 'token_not_found_in_db':
    case 'UNAUTHENTICATED':
      return 'refused-key';
    case 'model_not_found':
    case 'not_found_error':
    case 'DeploymentNotFound':
    case 'model_decommissioned':
    case 'NOT_FOUND':
      return 'not-found';
    case 'context_length_exceeded':
    case 'exceed_context_size_error':
    case 'request_too_large':
    case 'string_above_max_length':
      return 'context-too-long';
    case 'content_filter':
    case 'content_policy_violation':
    case 'ResponsibleAIPolicyViolation':
    case 'image_content_policy_violation':
    case 'bio_policy':
    case 'invalid_prompt':
    case 'moderation':
      return 'content-filter';
    case 'timeout_error':
    case 'DEADLINE_EXCEEDED':
    case 'vector_store_timeout':
      return 'timeout';
    default:
      return undefined;
  }
}

/** Ollama gives `api_error` to everything that it has no other word for, a refused key included. */
function reasonOfVagueCode(code: string): FailureReason | undefined {
  const vague = ['overloaded_error', 'api_error', 'server_error', 'UNAVAILABLE', 'INTERNAL'];
  return vague.includes(code) ? 'server-error' : undefined;
}

/** What some vendors tell only in words, under a code that they use for everything. */
const told: readonly (readonly [RegExp, FailureReason])[] = [
  [/credit balance is too low|insufficient (balance|credits|funds)|budget has been exceeded/i, 'quota'],
  [/api key (not valid|expired)|(invalid|incorrect) api key/i, 'refused-key'],
  [/invalid model name|no models? (is |are )?loaded/i, 'not-found'],
  [/content filtering policy|ContentPolicyViolation/i, 'content-filter'],
  [/(prompt|input) is too long|ContextWindowExceeded|maximum context length/i, 'context-too-long'],
  [/context (window|length|size)|token count .{0,100}exceeds the maximum/i, 'context-too-long'],
];

function reasonOfMessage(message: string): FailureReason | undefined {
  return told.find(([words]) => words.test(message))?.[1];
}

function reasonOfStatus(status: number): FailureReason {
  if (status === 401 || status === 403) return 'refused-key';
  if (status === 402) return 'quota';
  // A redirect is not followed: there is no model at this address.
  if (status === 404 || status < 400) return 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'server-error' : 'invalid-request';
}
