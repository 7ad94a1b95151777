import { expect, test } from 'vitest';
import { jsonReply, reply } from '../replies';
import {
  chat,
  chunk,
  data,
  event,
  messageStart,
  responseEnd,
  responseText,
  textBlock,
  messageEnd,
  usage100,
} from '../streams';
import { claude, outcomeOf, readFile, responses } from '../wire-case';

/** What failed, was filtered or refused is billed too: the tokens that were reported are kept. */

const used = { usage: { inputTokens: 100, outputTokens: 10 } };
const tools = [readFile];
const failedWith = (error: object, type = 'response.failed') =>
  responseEnd({ status: 'failed', error }, type);

test.each([
  ['chat: filtered', {}, chat([{ content: 'It ' }], 'content_filter')],
  ['chat: filtered before anything', {}, chat([], 'content_filter')],
  ['chat: no text', {}, chat([{ content: '' }])],
  ['chat: cut before anything', {}, chat([{ reasoning_content: 'Hm.' }], 'length')],
  [
    'chat: half of a call',
    {},
    chat(
      [{ tool_calls: [{ index: 0, id: 'c', function: { name: 'read_file', arguments: '{"pa' } }] }],
      'tool_calls',
    ),
  ],
  [
    'chat: an error behind usage',
    {},
    chunk({ content: 'It ' }, null, { usage: usage100 }) +
      data({ error: { message: 'The worker crashed.' } }),
  ],
  ['chat: the connection breaks', {}, chunk({ content: 'It ' }, null, { usage: usage100 })],
  ['messages: refused', claude, messageStart() + textBlock(0, 'It ') + messageEnd('refusal')],
  [
    'messages: an error in the end',
    claude,
    messageStart() +
      textBlock(0, 'It ') +
      event('message_delta', { delta: {}, usage: { output_tokens: 10 } }) +
      event('error', { error: { type: 'api_error', message: 'The worker crashed.' } }),
  ],
  [
    'responses: failed',
    responses,
    responseText('It ') + failedWith({ code: 'server_error', message: 'The worker crashed.' }),
  ],
  [
    'responses: failed before anything',
    responses,
    failedWith({ code: 'server_error', message: 'The worker crashed.' }),
  ],
  [
    'responses: filtered',
    responses,
    responseText('It ') +
      responseEnd(
        { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
        'response.incomplete',
      ),
  ],
  [
    'responses: cancelled',
    responses,
    responseText('It ') + responseEnd({ status: 'cancelled' }, 'response.cancelled'),
  ],
  [
    'chat: an error with usage',
    {},
    chunk({ content: 'It ' }) +
      data({
        error: { message: 'The worker crashed.' },
        choices: [],
        usage: usage100,
      }),
  ],
  [
    'chat: an error in a chunk with usage',
    {},
    chunk({ content: 'It ' }) +
      chunk({ content: '' }, 'error', {
        error: { code: 502, message: 'The worker crashed.' },
        usage: usage100,
      }),
  ],
  [
    'chat: an error with usage, before anything',
    {},
    data({ error: { message: 'The worker crashed.' }, usage: usage100 }),
  ],
])('%s', async (_name, deployment, body) => {
  const outcome = await outcomeOf({ deployment, tools }, reply(body));
  expect(outcome).toMatchObject({ end: 'failed', ...used });
  expect(outcome.cost).toMatchObject({ usd: expect.closeTo(0.00014, 8) as number });
});

test('messages: what was begun is kept', async () => {
  const outcome = await outcomeOf(
    { deployment: claude },
    reply(messageStart() + event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } })),
  );
  expect(outcome).toMatchObject({ end: 'failed', usage: { inputTokens: 100 } });
});

test('chat: a whole answer that is filtered', async () => {
  const body = { choices: [{ message: { content: '' }, finish_reason: 'content_filter' }], usage: usage100 };
  expect(await outcomeOf({}, jsonReply(200, body))).toMatchObject({
    end: 'failed',
    reason: 'content-filter',
    ...used,
  });
});
