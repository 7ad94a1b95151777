import { expect, test } from 'vitest';
import { reply } from './wire/replies';
import { chunk, data, event, messageStart, responseText, textBlock } from './wire/streams';
import { claude, outcomeOf, responses } from './wire/wire-case';

/** Refusals with status 200, in the place of an answer or within one, in every protocol. */

const balance = 'Your balance is insufficient.';
const minimax = { base_resp: { status_code: 1008, status_msg: balance } };
const quota = { code: 'insufficient_quota', message: balance };

test.each<readonly [name: string, deployment: object, body: string]>([
  ['MiniMax in the place of an answer', {}, JSON.stringify({ choices: null, ...minimax })],
  ['MiniMax over several lines', {}, JSON.stringify({ choices: null, ...minimax }, null, 2)],
  ['MiniMax in a stream', {}, chunk({ content: '4' }) + data({ choices: [], ...minimax })],
  ['MiniMax in Anthropic’s', claude, messageStart() + data(minimax)],
  [
    'Cloudflare',
    {},
    JSON.stringify({ success: false, result: null, errors: [{ code: 1, message: balance }] }),
  ],
  ['beside choices of null', {}, data({ choices: null, error: { message: balance } })],
  ['beside no choices', {}, data({ choices: [], message: balance, code: 402 })],
  ['a mere true', {}, chunk({ content: '4' }) + data({ error: true, message: balance })],
  [
    'completed, but failed',
    responses,
    event('response.completed', { response: { status: 'failed', error: quota } }),
  ],
  [
    'done, but failed',
    responses,
    responseText('It ') +
      event('response.done', { response: { status: 'failed', status_details: { error: quota } } }),
  ],
  [
    'a whole response that failed',
    responses,
    JSON.stringify({ object: 'response', status: 'failed', error: quota }),
  ],
  [
    'incomplete, with an error',
    responses,
    event('response.incomplete', { response: { status: 'incomplete', error: quota, output: [] } }),
  ],
  [
    'an exception by name',
    claude,
    messageStart() + textBlock(0, 'It ') + data({ throttlingException: { message: balance } }),
  ],
  [
    'beside a reason to stop',
    claude,
    messageStart() +
      textBlock(0, 'It ') +
      event('message_delta', { delta: { stop_reason: 'error' }, error: { message: balance } }),
  ],
])('%s', async (_name, deployment, body) => {
  expect(await outcomeOf({ deployment }, reply(body))).toMatchObject({
    end: 'failed',
    reason: 'quota',
    detail: expect.stringContaining(balance) as string,
  });
});
