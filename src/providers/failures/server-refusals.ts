import type { RefusalRow, StatusRule } from './refusal-row';
import { noticed } from './refusal-row';

/** What the server can't do now, and what is left where neither words nor codes are clear. */

const withoutClearStatus: StatusRule = (status) => status === undefined || status < 300 || status >= 500;

/** Too much to do for everybody: nothing that this account did. */
export const overloads: readonly RefusalRow[] = [
  {
    id: 'overload-code',
    reason: 'server-error',
    codes: [
      'overloaded_error',
      'engine_overloaded_error',
      'over_capacity',
      'capacity_exceeded',
      'service_tier_capacity_exceeded',
      'server_overloaded',
      'model_overloaded',
      '1305',
      '3505',
    ],
  },
  {
    id: 'overload-words',
    reason: 'server-error',
    words:
      /\boverloaded\b|(?:at|over|no|out of|insufficient|not enough) capacity|capacity (?:exceeded|reached|constraints?|limits?)|(?:high|heavy) (?:demand|load|traffic)|(?:server|model|engine|service|worker)s? (?:is |are )?(?:currently |too )*busy|too busy|(?:model|server) is (?:currently |still )?(?:loading|starting|warming)|loading model|no healthy upstream|访问量过大|服务(?:器)?繁忙|系统繁忙/i,
    not: /rate[ -]?limit/i,
  },
];

/** Limits of a span of time. */
export const limits: readonly RefusalRow[] = [
  { id: 'daily-code', reason: 'quota', codes: [noticed.dailyQuota] },
  {
    id: 'daily-words',
    reason: 'quota',
    words:
      /\b(?:per|a|each)[ -](?:day|week|month)\b|\/ ?(?:day|week|month)\b|\b[TR]PD\b|\b(?:daily|weekly|monthly) (?:\w+ ){0,2}(?:limit|quota|cap|allowance)/i,
    // Where it says when, that is the answer.
    not: /(?:again|retry|wait)\b[^.\d]{0,40}\d/i,
  },
  { id: 'limit-zero', reason: 'quota', words: /quota exceeded for metric\b.{0,200}\blimit: 0\b/i },
  {
    id: 'rate-code',
    reason: 'rate-limit',
    codes: [
      'rate_limit_exceeded',
      'rate_limit_error',
      'rate_limit_reached_error',
      'RateLimitReached',
      'rate_limited',
      'too_many_requests',
      'too_many_requests_error',
      'too_many_tokens_error',
      'token_quota_exceeded',
      'request_quota_exceeded',
      'throttling_error',
      'ThrottlingException',
      'Throttling.RateQuota',
      'Throttling.AllocationQuota',
      'Throttling.BurstRate',
      'limit_requests',
      'limit_burst_rate',
      'concurrency_limit_exceeded',
      'RESOURCE_EXHAUSTED',
      '1300',
      '1302',
      '1303',
      'SpikeArrestViolation',
      'minimax 1002',
      'minimax 1039',
      'minimax 1041',
    ],
  },
  {
    id: 'rate-words',
    reason: 'rate-limit',
    words:
      /\brate[ -]?limit|too many (?:concurrent )?requests|\bthrottl|(?:requests?|tokens?|calls?|limit)\b[ \w]{0,20}\bper (?:second|sec|minute|min|hour)\b|\b[TR]PM\b|\bconcurren\w+ (?:limit|quota|requests?)|limit\w* (?:of|on|for) concurren|slow down|too many tokens, please wait|resource has been exhausted|spike arrest|\b(?:requests?|sending|calls?)\b.{0,30}\btoo (?:quickly|fast|frequently|often)|\brequest limit (?:is |was |has been )?(?:exceeded|reached)|(?:exceeded|reached) (?:the |your )?request limit|过于频繁|请求(?:过|太)(?:多|快)|并发.{0,6}(?:过高|超)|速率限制|频率/i,
  },
  {
    id: 'quota-that-renews',
    reason: 'rate-limit',
    words: /\bquota\b.{0,300}\b(?:retry|again|wait)\b[^.\d]{0,20}\d/is,
  },
  { id: 'quota-words', reason: 'quota', words: /\bquota\b|plan and billing/i },
];

export const timeouts: readonly RefusalRow[] = [
  {
    id: 'timeout-code',
    reason: 'timeout',
    codes: ['timeout_error', 'request_timeout', 'DEADLINE_EXCEEDED', 'vector_store_timeout', 'minimax 1001'],
  },
  {
    id: 'timeout-words',
    reason: 'timeout',
    statuses: (status) => withoutClearStatus(status) || status === 408,
    words: /\btimed[ -]?out\b|\btime-?out\b|deadline (?:expired|exceeded)/i,
  },
  {
    id: 'timeout-behind',
    reason: 'timeout',
    words: /\b(?:request|upstream|gateway|provider|server|model|connection) (?:has )?timed[ -]?out\b/i,
    not: /download|fetch|image|\burl\b/i,
  },
];

/** The server's own trouble, whatever status it gives to it. */
export const troubles: readonly RefusalRow[] = [
  {
    id: 'trouble-words',
    reason: 'server-error',
    // These statuses say themselves what it is.
    statuses: (status) => status === undefined || ![401, 402, 403, 408, 429, 504, 522, 524].includes(status),
    words:
      /\bCUDA\b|\bout of memory\b|upstream connect error|connection (?:error|reset|refused|closed|aborted)|\binternal (?:server )?error\b|bad gateway|\b(?:service|server|provider|backend|engine|model|upstream)s? (?:is |are )?(?:temporarily |currently )?(?:unavailable|down|unreachable)\b|under maintenance|\btry again later\b|负载过高|请稍[后候]/i,
    not: /\b(?:image|url|download|file)\b/i,
  },
];

/** Codes that servers give to everything: they count where the status says no more. */
export const vagueCodes: readonly RefusalRow[] = [
  {
    id: 'vague-request',
    reason: 'invalid-request',
    statuses: withoutClearStatus,
    codes: [
      'invalid_request_error',
      'BadRequestError',
      'Bad Request',
      'INVALID_ARGUMENT',
      'InvalidParameter',
      'invalid_parameter_error',
      'invalid_value',
      'validation_error',
      'UnprocessableEntityError',
      'FAILED_PRECONDITION',
    ],
  },
  {
    id: 'vague-server',
    reason: 'server-error',
    statuses: withoutClearStatus,
    // Ollama gives `api_error` to everything that it has no other word for, a refused key included.
    codes: [
      'api_error',
      'server_error',
      'internal_error',
      'internal_server_error',
      'InternalServerError',
      'service_unavailable',
      'APIConnectionError',
      'UNAVAILABLE',
      'INTERNAL',
    ],
  },
];

/** What the status says by itself. The last row holds for everything. */
export const statuses: readonly RefusalRow[] = [
  { id: 'status-401', reason: 'refused-key', statuses: (status) => status === 401 },
  { id: 'status-402', reason: 'quota', statuses: (status) => status === 402 },
  // "I know who you are": what a vendor says of a wrong key in spite of that, it says in words.
  {
    id: 'status-403',
    reason: 'no-access',
    statuses: (status) => status === 403 || status === 407 || status === 451 || status === 511,
  },
  {
    id: 'status-404',
    reason: 'not-found',
    // A redirect is not followed: there is no model at this address.
    statuses: (status) =>
      status === 404 ||
      status === 405 ||
      status === 410 ||
      (status !== undefined && status >= 300 && status < 400),
  },
  {
    id: 'status-408',
    reason: 'timeout',
    statuses: (status) => status === 408 || status === 504 || status === 522 || status === 524,
  },
  { id: 'status-429', reason: 'rate-limit', statuses: (status) => status === 429 },
  // 424 and 425: what the server itself depends on, and a try that came too early.
  {
    id: 'status-424',
    reason: 'server-error',
    statuses: (status) => status === 424 || status === 425 || status === 498,
  },
  {
    id: 'status-400',
    reason: 'invalid-request',
    statuses: (status) => status !== undefined && status >= 400 && status < 500,
  },
  { id: 'status-500', reason: 'server-error' },
];
