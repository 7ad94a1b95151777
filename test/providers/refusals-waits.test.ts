import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/providers/failures/retry-after';

const now = 'Tue, 27 Jan 2026 12:00:00 GMT';
const wait = (headers: Readonly<Record<string, string>>, body: unknown, words = ''): number | undefined =>
  retryAfterMs(new Headers({ date: now, ...headers }), body, words);

test.each([
  ['Please try again in 12s.', 12],
  ['Retry-After: 12', 12],
  ['retry after 12', 12],
  ['Limit exceeded (12s remaining)', 12],
  ['12 seconds until reset', 12],
  ['available again in 00:01:12', 72],
  ['Please try again in a minute', 60],
  ['Please retry after one hour.', 3_600],
  ['Wait for a minute.', 60],
  ['The limit will reset at Tue, 27 Jan 2026 12:01:30 GMT', 90],
  ['You can retry at 2026-01-27T12:01:30Z', 90],
  ['请 2 分钟后重试', 120],
  ['请在12秒之后再试', 12],
])('%s', (words, seconds) => {
  expect(wait({}, null, words)).toBe(seconds * 1_000);
});

test.each([
  'You have 12s of audio left to retry.',
  'Retried after 3 attempts.',
  'limit of 60 requests in a minute',
  'retry after 3 attempts',
  'This model is available for one day a week.',
])('no wait: %s', (words) => {
  expect(wait({}, null, words)).toBeUndefined();
});

test.each<readonly [body: object]>([
  [{ error: { retry_after: 12 } }],
  [{ error: { retryAfterSec: '12' } }],
  [{ error: { retry_after_ms: 12_000 } }],
  [{ error: { wait_seconds: 12 } }],
  [{ wait: '12s' }],
  [{ cooldown: 12 }],
  [{ reset_in: 12 }],
  [{ reset_after: 12 }],
  [{ error: { reset_time: '2026-01-27T12:00:12Z' } }],
  [{ rateLimitReset: 1769515212 }],
  [{ error: { details: [{ metadata: { quotaResetDelay: '12s' } }] } }],
  [{ error: { details: [{ retryDelay: { seconds: 12, nanos: 0 } }] } }],
])('in a body: %j', (body) => {
  expect(wait({}, body)).toBe(12_000);
});

test.each([
  ['x-ratelimit-retry-after', '12'],
  ['x-retry-after', '12s'],
  ['ratelimit', '"default";r=0;t=12'],
  ['ratelimit', 'limit=100, remaining=0, reset=12'],
])('%s: %s', (name, value) => {
  expect(wait({ [name]: value }, null)).toBe(12_000);
  expect(wait({ [name]: value.replace('=0', '=5') }, null)).toBe(value.includes('=0') ? undefined : 12_000);
});
