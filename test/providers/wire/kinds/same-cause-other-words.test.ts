import { describe, expect, test } from 'vitest';
import { jsonReply } from '../replies';
import { outcomeOf } from '../wire-case';
import { failure, protocols, refusal } from './expectations';

/** The same cause in the words of many vendors: each gets its reason, is told in these words, and isn't asked again. */

describe.each(protocols)('%s', (_protocol, deployment) => {
  test.each([
    // earendil-works/pi#4943
    [400, 'Input length 131393 exceeds the maximum allowed input length of 131040 tokens.'],
    // openclaw/openclaw#36074
    [400, 'prompt too long; exceeded max context length by 4211 tokens'],
    // shogo-labs/shogo-ai#840
    [400, 'ValidationException: Input is too long for requested model.'],
    // tontinton/maki#319
    [400, 'request (144055 tokens) exceeds the available context size (131072 tokens), try increasing it'],
    [400, 'The input token count (1200034) exceeds the maximum number of tokens allowed (1048576).'],
    [400, 'Requested tokens (5096) exceed context window of 4096'],
    [
      400,
      'The decoder prompt (length 9000) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller than the number of text tokens.',
    ],
    [400, "The input (9000 tokens) is longer than the model's context length (8192 tokens)."],
    [
      400,
      'Please reduce the length of the messages or completion. Current length is 33000 while limit is 8192',
    ],
    [400, 'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 7000'],
    [
      400,
      'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    ],
    [400, 'Total tokens of image and text exceed max message tokens'],
    [400, '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]'],
    [400, 'invalid params, context window exceeds limit (2013)'],
    [400, 'prompt token count of 137250 exceeds the limit of 128000'],
    [500, 'input is too large to process. increase the physical batch size'],
    [422, 'Input validation error: `inputs` must have less than 32768 tokens. Given: 41021'],
    [400, 'Your input exceeds the context window of this model. Please adjust your input and try again.'],
    [400, 'The prompt is too long: 150045, model maximum context length: 131071'],
    [400, 'Error: the token limit of this model is exceeded: 140000 of 131072'],
    // earendil-works/pi#6262
    [400, 'Prompt has 256468 tokens, but the configured context size is 256000 tokens'],
    // earendil-works/pi#5929
    [
      400,
      "This model's maximum context length is 262144 tokens. However, you requested 0 output tokens and your prompt contains at least 262145 input tokens, for a total of at least 262145 tokens.",
    ],
    [400, 'Input token length is too long.'],
  ])('too long: %s %s', async (status, text) => {
    const outcome = await outcomeOf({ deployment }, refusal(status, text));
    expect(outcome).toMatchObject({
      ...failure('context-too-long', /./),
      detail: expect.stringContaining(text.slice(0, 60)) as string,
    });
  });

  test.each([
    [402, { error: 'You do not have enough points to make this request.' }],
    [403, { code: 30001, message: 'Sorry, your account balance is insufficient', data: null }],
    [
      429,
      {
        code: 'Some resource has been exhausted',
        error:
          'Your team 0000 has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits or raise your spending limit.',
      },
    ],
    [
      429,
      {
        error: {
          message: 'Your account org-0 <ak-0> is suspended, please check your plan and billing details',
          type: 'exceeded_current_quota_error',
        },
      },
    ],
    [
      403,
      {
        error: {
          code: 'AccountOverdueError',
          message: 'The request failed because your account has an overdue balance.',
          type: 'Forbidden',
        },
      },
    ],
    [403, { error: { message: '用户额度不足, 剩余额度: ＄0.000000', type: 'new_api_error' } }],
    [403, { error: { message: 'user quota is not enough', type: 'one_api_error' } }],
    [
      400,
      {
        error: {
          message:
            'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
          type: 'invalid_request_error',
        },
      },
    ],
    [
      402,
      {
        error: {
          message:
            'This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 1200.',
          code: 402,
        },
      },
    ],
    [
      402,
      {
        error:
          'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.',
      },
    ],
    [
      429,
      {
        error: {
          http_code: '429',
          message: 'insufficient balance (1008)',
          type: 'insufficient_balance_error',
        },
      },
    ],
    // MiniMax-AI/MiniMax-M2#62
    [500, { type: 'error', error: { type: 'api_error', message: 'insufficient balance (1008)' } }],
    [403, { code: 'INSUFFICIENT_BALANCE', message: 'Insufficient account balance' }],
    [429, { error: { code: '1113', message: '您的账户已欠费，请充值后重试。' } }],
    // xAI, of a new team
    [
      403,
      {
        code: 'The caller does not have permission to execute the specified operation',
        error:
          "Your newly created team doesn't have any credits or licenses yet. You can purchase those on https://console.x.ai/team/0000.",
      },
    ],
    [
      403,
      {
        Message: 'INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided.',
        __type: 'AccessDeniedException',
      },
    ],
  ])('money: %s %j', async (status, body) => {
    const outcome = await outcomeOf({ deployment, limits: { retries: 1 } }, jsonReply(status, body));
    expect(outcome).toMatchObject({ end: 'failed', reason: 'quota' });
    expect(outcome.sent).toHaveLength(1);
  });

  test.each([
    [404, 'Not found the model kimi-k9 or Permission denied'],
    [
      400,
      'The model `llama-old` has been decommissioned and is no longer supported. Please refer to https://console.groq.com/docs/deprecations',
    ],
    [400, 'Invalid model: mistral-x'],
    [400, 'The requested model is not supported.'],
    [400, 'Unknown model: lantern-8b'],
    [400, 'The provided model identifier is invalid.'],
    [
      404,
      'Publisher Model `projects/p/locations/l/publishers/google/models/m` was not found or your project does not have access to it.',
    ],
    [
      404,
      'The model grok-9 does not exist or your team 0 does not have access to it. Please ensure you are using the correct model name.',
    ],
    [
      400,
      'Unable to access model lantern-8b. Please visit https://api.together.ai/models to view the list of supported models.',
    ],
    [400, "The requested model 'lantern-8b' is not supported by any provider you have enabled."],
    [400, 'lantern-8b is not a valid model ID'],
    [404, "model 'lantern-8b' not found"],
    [401, 'Model lantern-8b is not supported'],
    [503, 'No available channel for model lantern-8b under group default (distributor)'],
    [503, '当前分组 default 下对于模型 lantern-8b 无可用渠道（distributor）'],
    [400, 'could not find real modelID for lantern-8b'],
    [400, 'Model lantern-8b is not supported for format openai'],
  ])('a model that is not there: %s %s', async (status, text) => {
    expect(await outcomeOf({ deployment }, refusal(status, text))).toMatchObject({
      end: 'failed',
      reason: 'not-found',
    });
  });
});
