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

test.each([
  ['Please try again in 300ms.', 300],
  ['Please try again in 1m2.5s. Visit us.', 62_500],
  ['Please retry after 20 seconds.', 20_000],
  ['Please try again later.', undefined],
])('a message tells it: %s', (message, waitMs) => {
  expect(retryAfterMs(new Headers(), undefined, message)).toBe(waitMs);
});
