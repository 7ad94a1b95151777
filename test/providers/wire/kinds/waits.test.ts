import { describe, expect, test } from 'vitest';
import { jsonReply, reply } from '../replies';
import { data, event } from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';
import { protocols } from './expectations';

/** Waits that a server asks for, in the forms in which they are written; a second more or less is as good. */

const message = (text: string) => ({ error: { message: text, type: 'rate_limit_error' } });
const soon = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
/** What is told as a date depends on when the tests began. */
const near = (seconds: number): number => expect.closeTo(seconds * 1_000, seconds < 33 ? -2 : -4.3) as number;

describe.each(protocols)('%s', (_protocol, deployment) => {
  test.each<readonly [string, object, Readonly<Record<string, string>>, number]>([
    ['seconds', message('Slow down.'), { 'retry-after': '12' }, 12],
    ['parts of a second', message('Slow down.'), { 'retry-after': '12.4' }, 12.4],
    ['milliseconds', message('Slow down.'), { 'retry-after-ms': '12400', 'retry-after': '13' }, 12.4],
    ['a duration', message('Slow down.'), { 'retry-after': '2m10s' }, 130],
    ['a date', message('Slow down.'), { 'retry-after': soon(90).toUTCString() }, 90],
    // crmne/ruby_llm#850
    [
      'OpenAI’s resets',
      message('Slow down.'),
      {
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
        'x-ratelimit-remaining-requests': '9',
        'x-ratelimit-reset-requests': '1s',
      },
      360,
    ],
    // anthropics/anthropic-sdk-typescript#357
    [
      'Anthropic’s resets',
      message('Slow down.'),
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': soon(50).toISOString(),
      },
      50,
    ],
    [
      'Unix seconds',
      message('Slow down.'),
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.round(soon(45).getTime() / 1_000)) },
      45,
    ],
    [
      'Unix milliseconds',
      message('Slow down.'),
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(soon(45).getTime()) },
      45,
    ],
    ['the standard’s', message('Slow down.'), { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30],
    ['in words', message('Rate limit reached. Please try again in 7m12s.'), {}, 432],
    ['in parts of a second', message('Rate limit reached. Please try again in 7.664s.'), {}, 7.664],
    [
      'in whole words',
      message('Requests have exceeded the rate limit. Please retry after 20 seconds.'),
      {},
      20,
    ],
    ['in minutes and seconds', message('Too many requests. Try again in 2 minutes and 5 seconds.'), {}, 125],
    // dcdpr/jp#1061, diegosouzapw/OmniRoute#7961
    [
      'Google’s',
      {
        error: {
          code: 429,
          message: 'You exceeded your current quota. Please retry in 45.837906927s.',
          status: 'RESOURCE_EXHAUSTED',
          details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '45.837906927s' }],
        },
      },
      {},
      45.8,
    ],
    [
      'a reset in words',
      message('You have exhausted your capacity on this model. Your quota will reset after 39s.'),
      {},
      39,
    ],
    [
      'LiteLLM',
      message(
        'No deployments available for selected model, Try again in 60 seconds. Passed model=lantern-8b.',
      ),
      {},
      60,
    ],
    [
      'OpenRouter',
      {
        error: {
          message: 'Rate limit exceeded: free-models-per-min.',
          code: 429,
          metadata: {
            headers: {
              'X-RateLimit-Limit': '20',
              'X-RateLimit-Remaining': '0',
              'X-RateLimit-Reset': String(soon(33).getTime()),
            },
          },
        },
      },
      {},
      33,
    ],
    ['a field', { error: { message: 'Slow down.', retry_after: 17 } }, {}, 17],
    ['a field with a unit', { error: { message: 'Slow down.', retry_after: '17s' } }, {}, 17],
    [
      'Cloudflare',
      { success: false, errors: [{ code: 971, message: 'Please wait and retry in 8 seconds.' }] },
      {},
      8,
    ],
    [
      'Azure',
      {
        error: {
          code: '429',
          message:
            'Requests to the ChatCompletions_Create Operation have exceeded the token rate limit. Please retry after 26 seconds.',
        },
      },
      {},
      26,
    ],
    [
      'Azure’s management',
      { statusCode: 429, message: 'Rate limit is exceeded. Try again in 59 seconds.' },
      {},
      59,
    ],
    [
      'Mistral',
      message('Requests rate limit exceeded'),
      { 'ratelimitbysize-remaining': '0', 'ratelimitbysize-reset': '28' },
      28,
    ],
    [
      'Codex',
      { error: { type: 'rate_limit_exceeded', message: 'Slow down.', resets_in_seconds: 41 } },
      {},
      41,
    ],
    // router-for-me/CLIProxyAPI#449
    [
      'Google’s metadata',
      {
        error: {
          code: 429,
          message: 'Resource has been exhausted.',
          status: 'RESOURCE_EXHAUSTED',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'RATE_LIMIT_EXCEEDED',
              metadata: { quotaResetDelay: '13.373801628s' },
            },
          ],
        },
      },
      {},
      13.4,
    ],
    [
      'Google’s moment',
      {
        error: {
          code: 429,
          message: 'Resource has been exhausted.',
          details: [{ metadata: { quotaResetTimeStamp: soon(40).toISOString() } }],
        },
      },
      {},
      40,
    ],
    [
      'CLIProxyAPI',
      {
        error: {
          code: 'model_cooldown',
          message: 'All credentials for model lantern-8b are cooling down',
          reset_time: '1m23s',
          reset_seconds: 83,
        },
      },
      {},
      83,
    ],
  ])('%s', async (_name, body, headers, seconds) => {
    expect(await outcomeOf({ deployment }, jsonReply(429, body, headers))).toMatchObject({
      end: 'failed',
      retryAfterMs: near(seconds),
    });
  });

  test.each(['-5', 'soon', '', 'NaN', '99999999999999'])('nonsense is no wait: %j', async (value) => {
    expect(
      (await outcomeOf({ deployment }, jsonReply(429, message('Slow down.'), { 'retry-after': value })))
        .retryAfterMs,
    ).toBeUndefined();
  });
});

const slow = 'Rate limit reached. Please try again in 12s.';

test.each([
  ['chat', {}, data({ error: { message: slow, code: 429 } })],
  ['messages', claude, event('error', { error: { type: 'rate_limit_error', message: slow } })],
  [
    'responses',
    responses,
    event('response.failed', { response: { error: { code: 'rate_limit_exceeded', message: slow } } }),
  ],
])('within a stream: %s', async (_protocol, deployment, body) => {
  expect(await outcomeOf({ deployment }, reply(body))).toMatchObject({
    reason: 'rate-limit',
    retryAfterMs: near(12),
  });
});
