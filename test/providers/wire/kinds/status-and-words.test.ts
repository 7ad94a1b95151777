import { describe, expect, test } from 'vitest';
import { jsonReply, reply } from '../replies';
import { outcomeOf } from '../wire-case';
import { protocols } from './expectations';

/** The status says one thing and the words another: the words are right. */

const error = (message: string, more: object = {}) => ({ error: { message, ...more } });

describe.each(protocols)('%s', (_protocol, deployment) => {
  test.each([
    [
      400,
      error('API key not valid. Please pass a valid API key.', { status: 'INVALID_ARGUMENT' }),
      'refused-key',
    ],
    [500, error('invalid api key (1004)', { type: 'api_error' }), 'refused-key'],
    [
      400,
      error('User location is not supported for the API use.', { status: 'FAILED_PRECONDITION' }),
      'no-access',
    ],
    [403, error('Quota exceeded for this month', { code: 'quota_exceeded' }), 'quota'],
    [400, error('The model is overloaded. Please try again later.'), 'server-error'],
    [500, error('registry.ollama.ai/library/gemma:2b does not support tools'), 'invalid-request'],
    [500, error('tools param requires --jinja flag'), 'invalid-request'],
    [
      500,
      error('image input is not supported - hint: if this is unexpected, you may need to provide the mmproj'),
      'invalid-request',
    ],
    [404, error('No endpoints found that support image input'), 'invalid-request'],
    [
      404,
      error(
        'No endpoints found matching your data policy (Free model publication). Configure: https://openrouter.ai/settings/privacy',
      ),
      'no-access',
    ],
    [500, error('Rate limit reached for requests per minute'), 'rate-limit'],
    [400, error('Too many requests, please slow down'), 'rate-limit'],
    [503, error('Insufficient credits. Add more at https://openrouter.ai/credits'), 'quota'],
    [
      400,
      error('Output data may contain inappropriate content.', { code: 'data_inspection_failed' }),
      'content-filter',
    ],
    [
      403,
      error('Your request was flagged as potentially violating our usage policy.', {
        code: 'invalid_prompt',
      }),
      'content-filter',
    ],
    [
      429,
      error('Extra usage is required for long context requests.', { type: 'rate_limit_error' }),
      ['context-too-long', 'quota'],
    ],
    [502, error('upstream: model lantern-8b not found, try pulling it first'), 'not-found'],
    [
      401,
      error('You exceeded your current quota, please check your plan and billing details.', {
        type: 'insufficient_quota',
      }),
      'quota',
    ],
    [
      413,
      error(
        'Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 9120, please reduce your message size and try again.',
        { type: 'tokens', code: 'rate_limit_exceeded' },
      ),
      ['context-too-long', 'rate-limit'],
    ],
    [
      400,
      error('Engine not found: context_length_exceeded', { code: 'context_length_exceeded' }),
      'context-too-long',
    ],
    [500, error('prompt is too long: 228307 tokens > 200000 maximum'), 'context-too-long'],
    [
      404,
      error('This model is only available to Pro accounts: you have no access to the model.'),
      'no-access',
    ],
    [402, error('Rate limit exceeded: free-models-per-min. '), ['rate-limit', 'quota']],
    [404, error('Your API key has expired. Please renew it.'), 'refused-key'],
  ] as const)('%s %j is %j', async (status, body, reason) => {
    expect(await outcomeOf({ deployment }, jsonReply(status, body))).toMatchObject({
      end: 'failed',
      reason: expect.toBeOneOf([reason].flat()) as string,
      detail: expect.stringContaining(body.error.message.trim().slice(0, 20)) as string,
    });
  });

  test('a wall’s text', async () => {
    const plain = { headers: { 'content-type': 'text/plain' } };
    expect(
      await outcomeOf({ deployment }, reply('error code: 1015', { status: 429, ...plain })),
    ).toMatchObject({
      reason: 'rate-limit',
    });
    expect(
      await outcomeOf({ deployment }, reply('error code: 524', { status: 524, ...plain })),
    ).toMatchObject({
      reason: 'timeout',
    });
    expect(
      await outcomeOf({ deployment }, reply('Just a moment...', { status: 503, ...plain })),
    ).toMatchObject({
      reason: expect.toBeOneOf(['no-access', 'server-error']) as string,
    });
  });
});
