import { expect, test } from 'vitest';
import { reply } from '../replies';
import { chatEnd, chunk, data, event, messageStart, responseText, textBlock } from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';

/** Errors with status 200, or within a stream: told in the server's words, for the right reason. */

const balance = 'Your balance is insufficient.';

test.each([
  ['object', data({ error: { message: balance } })],
  ['text', data({ error: balance })],
  ['an event of that name', `event: error\ndata: ${balance}\n\n`],
  // apache/rocketmq-dashboard#2178
  ['with [DONE] behind it', `${data({ error: { message: balance } })}data: [DONE]\n\n`],
  // diegosouzapw/OmniRoute#8210
  ['beside an end', chunk({ content: '' }, 'error', { error: { code: 402, message: balance } })],
  ['in a choice', data({ choices: [{ delta: {}, finish_reason: 'error', error: { message: balance } }] })],
  ['Zhipu', JSON.stringify({ code: 500, msg: balance, success: false })],
  ['a list', JSON.stringify([{ error: { code: 429, message: balance } }], null, 2)],
  ['detail', data({ detail: balance })],
  [
    'in raw',
    data({
      error: {
        message: 'Provider returned error',
        metadata: { raw: JSON.stringify({ error: { message: balance } }) },
      },
    }),
  ],
  ['a status in words', data({ status: 'error', message: balance })],
  ['over lines', `data: {"error":\ndata: {"message":"${balance}"}}\n\n`],
  ['twice nested', data({ error: { error: { message: balance } } })],
  ['a text in an error event with JSON', `event: error\ndata: ${JSON.stringify(balance)}\n\n`],
  // NousResearch/hermes-agent#65631
  [
    'beside choices that are null',
    data({
      id: 'c1',
      object: 'chat.completion.chunk',
      choices: null,
      error_message: balance,
    }),
  ],
  [
    'beside no choices',
    data({
      id: 'c1',
      object: 'chat.completion.chunk',
      choices: [],
      error_message: balance,
      error_type: 'invalid_request_error',
    }),
  ],
  [
    'MiniMax',
    data({
      id: '0',
      choices: null,
      model: 'm',
      base_resp: { status_code: 1008, status_msg: balance },
    }),
  ],
  ['MiniMax, as it is', JSON.stringify({ base_resp: { status_code: 1008, status_msg: balance } })],
  [
    'Cloudflare',
    data({
      success: false,
      result: null,
      errors: [{ code: 5006, message: balance }],
      messages: [],
    }),
  ],
  ['success false', data({ success: false, message: balance })],
])('chat: %s', async (_name, body) => {
  const outcome = await outcomeOf({ limits: { retries: 1 } }, reply(body));
  expect(outcome).toMatchObject({
    end: 'failed',
    reason: 'quota',
    detail: expect.stringContaining(balance) as string,
  });
  expect(outcome.sent).toHaveLength(1);
});

test.each([
  [
    'the usual',
    event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
    'server-error',
    /Overloaded/,
  ],
  [
    'without its event',
    data({ type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } }),
    'rate-limit',
    /Slow down/,
  ],
  ['of OpenAI', data({ error: { message: balance, type: 'insufficient_quota' } }), 'quota', /insufficient/],
  ['flat', event('error', { message: balance, code: 'insufficient_quota' }), 'quota', /insufficient/],
  ['a text', `event: error\ndata: ${balance}\n\n`, 'quota', /insufficient/],
  [
    'too long',
    event('error', {
      error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    }),
    'context-too-long',
    /too long/,
  ],
  [
    'a message of type error',
    JSON.stringify({ type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }),
    'refused-key',
    /x-api-key/,
  ],
  ['base_resp', data({ base_resp: { status_code: 1008, status_msg: balance } }), 'quota', /insufficient/],
])('messages: %s', async (_name, body, reason, words) => {
  for (const beginning of ['', messageStart(), messageStart() + textBlock(0, 'It ')])
    expect(await outcomeOf({ deployment: claude }, reply(beginning + body))).toMatchObject({
      end: 'failed',
      reason,
      detail: expect.stringMatching(words) as string,
    });
});

test.each([
  // vercel/ai#21360
  [
    'code null',
    event('error', {
      error: {
        type: 'service_unavailable_error',
        code: null,
        message: 'Unable to verify model access right now. Please retry.',
        param: null,
      },
      sequence_number: 2,
    }),
    'server-error',
    /verify model access/,
  ],
  [
    'flat',
    event('error', { code: 'insufficient_quota', message: balance, param: null }),
    'quota',
    /insufficient/,
  ],
  [
    'failed',
    event('response.failed', {
      response: {
        status: 'failed',
        error: { code: 'rate_limit_exceeded', message: 'Rate limit reached. Please try again in 12s.' },
      },
    }),
    'rate-limit',
    /Rate limit/,
  ],
  ['response.error', event('response.error', { error: { message: balance } }), 'quota', /insufficient/],
  [
    'an error beside the response',
    event('response.failed', { error: { message: balance }, response: { status: 'failed' } }),
    'quota',
    /insufficient/,
  ],
  // lsdefine/GenericAgent#753
  [
    'overload',
    event('response.failed', {
      response: {
        status: 'failed',
        error: {
          code: 'server_is_overloaded',
          message: 'Our servers are currently overloaded. Please try again later.',
        },
      },
    }),
    'server-error',
    /overloaded/,
  ],
  [
    'failed, with details',
    event('response.failed', {
      response: {
        status: 'failed',
        error: null,
        status_details: {
          error: { code: 'insufficient_quota', message: balance },
        },
      },
    }),
    'quota',
    /insufficient/,
  ],
  [
    'completed, but failed',
    event('response.completed', {
      response: {
        status: 'failed',
        error: { code: 'server_error', message: 'The server had an error.' },
      },
    }),
    'server-error',
    /had an error/,
  ],
  [
    'done, but failed',
    event('response.done', {
      response: {
        status: 'failed',
        error: { code: 'insufficient_quota', message: balance },
      },
    }),
    'quota',
    /insufficient/,
  ],
])('responses: %s', async (_name, body, reason, words) => {
  for (const beginning of ['', event('response.created', { response: {} }), responseText('It ')])
    expect(await outcomeOf({ deployment: responses }, reply(beginning + body))).toMatchObject({
      end: 'failed',
      reason,
      detail: expect.stringMatching(words) as string,
    });
});

test('chat: what only looks like an error is none', async () => {
  for (const odd of [
    { error: null },
    { error: '' },
    { error: {} },
    { error: { code: null, message: null } },
    { base_resp: { status_code: 0, status_msg: 'success' } },
  ])
    expect(
      await outcomeOf({}, reply(chunk({ content: '4' }, null, odd) + chunk({ content: '2' }) + chatEnd())),
    ).toMatchObject({ text: '42', end: 'whole' });
});

test('chat: a server that ends at once says nothing', async () => {
  // NousResearch/hermes-agent#65631
  expect(await outcomeOf({}, reply('data: [DONE]\n\n'))).toMatchObject({ end: 'failed', text: '' });
});
