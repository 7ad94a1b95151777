import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/providers/failures/retry-after';

const date = 'Tue, 27 Jan 2026 12:00:00 GMT';

test.each([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['part of a second', { 'retry-after': '0.5' }, 500],
  ['a date, by the server’s own clock', { 'retry-after': 'Tue, 27 Jan 2026 12:01:30 GMT', date }, 90_000],
  ['a date that is past', { 'retry-after': 'Tue, 27 Jan 2026 11:00:00 GMT', date }, 0],
  ['milliseconds before seconds', { 'retry-after-ms': '1234', 'retry-after': '2' }, 1_234],
  ['a wait of OpenAI', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '20ms' }, 20],
  [
    'the last of the limits that are used up',
    {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    360_000,
  ],
  [
    'a moment of Anthropic',
    {
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-01-27T12:00:40Z',
      date,
    },
    40_000,
  ],
  [
    'a moment of OpenRouter',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1769515260000', date },
    60_000,
  ],
  [
    'nothing of a limit that is not used up',
    { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '60' },
    undefined,
  ],
  ['a duration', { 'retry-after': '12s' }, 12_000],
  ['minutes', { 'retry-after': '2m' }, 120_000],
  ['hours, minutes and seconds', { 'retry-after': '1h2m3s' }, 3_723_000],
  ['a duration in ms', { 'retry-after': '500ms' }, 500],
  ['an ISO date', { 'retry-after': '2026-01-27T12:00:05Z', date }, 5_000],
  ['a Unix time', { 'retry-after': '1769515230', date }, 30_000],
  ['the same twice', { 'retry-after': '20, 20' }, 20_000],
  ['ms of Azure', { 'x-ms-retry-after-ms': '750' }, 750],
  ['seconds of Azure', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '27' }, 27_000],
  [
    'a limit of Cerebras',
    { 'x-ratelimit-remaining-requests-day': '0', 'x-ratelimit-reset-requests-day': '33011.38' },
    33_011_380,
  ],
  [
    'the one of Cerebras’ limits that is used up',
    {
      'x-ratelimit-remaining-requests-day': '900',
      'x-ratelimit-reset-requests-day': '33011.38',
      'x-ratelimit-remaining-tokens-minute': '0',
      'x-ratelimit-reset-tokens-minute': '11.5',
    },
    11_500,
  ],
  ['a limit of Mistral', { 'ratelimitbysize-remaining': '0', 'ratelimitbysize-reset': '41' }, 41_000],
  [
    'a limit of Mistral, by the minute',
    { 'x-ratelimitbysize-remaining-minute': '0', 'ratelimitbysize-reset': '7' },
    7_000,
  ],
  [
    'nothing of a limit of Mistral that has room',
    { 'x-ratelimitbysize-remaining-minute': '400', 'ratelimitbysize-reset': '7' },
    undefined,
  ],
  ['a limit of Together', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' }, 3_000],
  [
    'a limit of GitHub',
    { 'x-ratelimit-timeremaining': '38', 'x-ratelimit-type': 'UserByModelByMinute' },
    38_000,
  ],
  ['the standard’s header', { 'ratelimit-remaining': '0', 'ratelimit-reset': '50' }, 50_000],
  [
    'a moment of Claude’s subscriptions',
    { 'anthropic-ratelimit-unified-reset': '1769518800', date },
    3_600_000,
  ],
  ['nothing of the absurd', { 'retry-after': '9'.repeat(400) }, undefined],
  ['nothing of centuries', { 'retry-after': '99999999' }, undefined],
  ['nothing of nonsense', { 'retry-after': 'soon', 'retry-after-ms': '-5' }, undefined],
  ['nothing', {}, undefined],
] as const)('a header tells %s', (_what, headers, waitMs) => {
  expect(retryAfterMs(new Headers(headers), undefined, '')).toBe(waitMs);
});

test('Google tells it in the body', () => {
  const error = { details: [{ '@type': 'QuotaFailure' }, { '@type': 'RetryInfo', retryDelay: '3.5s' }] };
  expect(retryAfterMs(new Headers(), [{ error }], '')).toBe(3_500);
  expect(retryAfterMs(new Headers(), { error: { details: 'none' } }, '')).toBeUndefined();
});

test.each<readonly [body: unknown, waitMs: number | undefined]>([
  [{ error: { message: '{"error":{"details":[{"@type":"RetryInfo","retryDelay":"39s"}]}}' } }, 39_000],
  [{ error: { metadata: { raw: '{"error":{"details":[{"retryDelay":"7.5s"}]}}' } } }, 7_500],
  [
    { error: { message: 'GeminiException - b\'[{"error": {"details": [{"retryDelay": "12s"}]}}]\'' } },
    12_000,
  ],
  [{ error: { details: [{ retryDelay: { seconds: 4, nanos: 0 } }] } }, 4_000],
  [
    {
      error: {
        metadata: { headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1769515260000' } },
      },
    },
    60_000,
  ],
  [{ error: { metadata: { headers: { 'Retry-After': 9 } } } }, 9_000],
  [{ error: { metadata: { retry_after_seconds: 30 } } }, 30_000],
  [{ error: 'Model is loading', estimated_time: 20.5 }, 20_500],
  [{ error: { type: 'usage_limit_reached', resets_in_seconds: 90 } }, 90_000],
  [{ error: { type: 'usage_limit_reached', resets_at: 1769515230 } }, 30_000],
  [{ retry_after_ms: 250 }, 250],
  [{ error: { retry_after: -1 } }, undefined],
  [{ error: { retry_after: 1e300 } }, undefined],
  [{ error: { message: 'nothing' } }, undefined],
])('the body tells it: %j', (body, waitMs) => {
  expect(retryAfterMs(new Headers({ date }), body, '')).toBe(waitMs);
});

test.each([
  ['Please try again in 300ms.', 300],
  ['Please try again in 1m2.5s. Visit us.', 62_500],
  ['Please try again in 7m12s.', 432_000],
  ['Please try again in 9m38.016s. Need more tokens?', 578_016],
  ['Please retry after 20 seconds.', 20_000],
  ['please try again after 1 seconds', 1_000],
  ['Please wait 30s.', 30_000],
  ['Please wait 38 seconds before retrying.', 38_000],
  ['Please wait for your limit to reset in 3 hours 49 minutes.', 13_740_000],
  ['Retry your request in about 2 minutes', 120_000],
  ['Try again in 1 hour and 5 minutes.', 3_900_000],
  ['No deployments available, Try again in 5 seconds. Passed model=fast.', 5_000],
  ['You will regain access on 2026-01-28 at 00:00 UTC.', 43_200_000],
  ['The model is available again at 2026-01-27 at 12:01 UTC', 60_000],
  ['Limit resets at: 2026-01-27 12:00:45 UTC', 45_000],
  ['It resets at 2026-01-27T14:00:30+02:00.', 30_000],
  ['请在 30 秒后重试', 30_000],
  ['Please try again later.', undefined],
  ['Try again with fewer than 4096 tokens.', undefined],
  ['Retry with at most 5 messages.', undefined],
  ['The limit resets every 5 hours.', undefined],
  ['Your limit will reset at 2026-01-27 12:00:45', undefined],
  [`Try again in ${'9'.repeat(400)} hours`, undefined],
])('a message tells it: %s', (message, waitMs) => {
  expect(retryAfterMs(new Headers({ date }), undefined, message)).toBe(waitMs);
});
