import { expect, test } from 'vitest';
import { jsonReply, reply } from '../replies';
import {
  block,
  chat,
  chunk,
  data,
  event,
  message,
  messageEnd,
  messageStart,
  response,
  responseEnd,
  responseText,
  usage100,
  usageOfResponse,
} from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';
import { whole42 } from './expectations';

/** The answer in another form or place than usual: it is there once, and whole. */

const choice = (more: object) => data({ id: 'c1', model: 'gpt-4o-mini', choices: [{ index: 0, ...more }] });

test.each([
  ['parts', chat([{ content: [{ type: 'text', text: '4' }] }, { content: [{ type: 'text', text: '2' }] }])],
  ['a part for a list', chat([{ content: { type: 'text', text: '42' } }])],
  [
    'parts with thoughts',
    chat([
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] },
      { content: [{ type: 'text', text: '42' }] },
    ]),
  ],
  [
    'a message in the place of a delta',
    choice({ message: { role: 'assistant', content: '4' } }) +
      choice({ message: { role: 'assistant', content: '42' }, finish_reason: 'stop' }),
  ],
  [
    'messages that go on',
    choice({ message: { role: 'assistant', content: '4' } }) +
      choice({ message: { role: 'assistant', content: '2' }, finish_reason: 'stop' }),
  ],
  [
    'text of the choice',
    choice({ text: '4' }) + choice({ text: '2' }) + choice({ text: '', finish_reason: 'stop' }),
  ],
  ['text with the finish reason', chunk({ content: '4' }) + chunk({ content: '2' }, 'stop')],
  [
    'deltas and the whole message again',
    chunk({ content: '4' }) +
      chunk({ content: '2' }) +
      choice({ delta: {}, message: { role: 'assistant', content: '42' }, finish_reason: 'stop' }),
  ],
  [
    'a whole completion as an event',
    data({
      object: 'chat.completion',
      choices: [{ index: 0, message: { content: '42' }, finish_reason: 'stop' }],
      usage: usage100,
    }),
  ],
  ['one choice for a list', data({ choices: { index: 0, delta: { content: '42' }, finish_reason: 'stop' } })],
  ['no index', data({ choices: [{ delta: { content: '42' }, finish_reason: 'stop' }] })],
  ['a first choice of nothing', data({ choices: [] }) + chat([{ content: '42' }])],
  ['a refusal', chat([{ refusal: '42', content: null }])],
])('chat: %s', async (_name, body) => {
  expect(await outcomeOf({}, reply(body))).toMatchObject(whole42);
});

test.each([
  [
    'chat',
    {},
    { choices: [{ message: { role: 'assistant', content: '42' }, finish_reason: 'stop' }], usage: usage100 },
  ],
  [
    'chat, pretty',
    {},
    {
      choices: [{ message: { content: [{ type: 'text', text: '42' }] }, finish_reason: 'stop' }],
      usage: usage100,
    },
  ],
  [
    'messages',
    claude,
    {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: '42' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 100, output_tokens: 10 },
    },
  ],
  [
    'messages, as a text',
    claude,
    {
      type: 'message',
      role: 'assistant',
      content: '42',
      stop_reason: 'end_turn',
      usage: { input_tokens: 100, output_tokens: 10 },
    },
  ],
  [
    'responses',
    responses,
    {
      object: 'response',
      status: 'completed',
      output: [{ type: 'message', content: [{ type: 'output_text', text: '42' }] }],
      usage: usageOfResponse,
    },
  ],
  [
    'responses, output_text',
    responses,
    { object: 'response', status: 'completed', output: [], output_text: '42', usage: usageOfResponse },
  ],
])('a whole answer where a stream was asked for: %s', async (name, deployment, body) => {
  const text = name.endsWith('pretty') ? JSON.stringify(body, null, 2) : JSON.stringify(body);
  const outcome = await outcomeOf(
    { deployment },
    reply(text, { headers: { 'content-type': 'application/json' } }),
  );
  expect(outcome).toMatchObject({ ...whole42, usage: { inputTokens: 100, outputTokens: 10 } });
});

test.each([
  ['in the start', messageStart() + block(0, { type: 'text', text: '42' }) + messageEnd()],
  [
    'in the message of the start',
    event('message_start', {
      message: { content: [{ type: 'text', text: '42' }], usage: { input_tokens: 1, output_tokens: 1 } },
    }) + messageEnd(),
  ],
  [
    'deltas without a start',
    messageStart() +
      event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: '42' } }) +
      messageEnd(),
  ],
  [
    'deltas without message_start',
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: '42' } }) + messageEnd(),
  ],
  ['deltas without a type', message(block(0, { type: 'text', text: '' }, [{ text: '42' }]))],
  [
    'two blocks',
    message(
      block(0, { type: 'text', text: '' }, [{ type: 'text_delta', text: '4' }]) +
        block(1, { type: 'text', text: '' }, [{ type: 'text_delta', text: '2' }]),
    ),
  ],
  [
    'citations between',
    message(
      block(0, { type: 'text', text: '' }, [
        { type: 'text_delta', text: '4' },
        { type: 'citations_delta', citation: { cited_text: 'x' } },
        { type: 'text_delta', text: '2' },
      ]),
    ),
  ],
  [
    'a block type of another day',
    message(
      block(0, { type: 'web_search_tool_result', content: [{ type: 'text', text: 'x' }] }) +
        block(1, { type: 'text', text: '42' }),
    ),
  ],
])('messages: %s', async (_name, body) => {
  expect(await outcomeOf({ deployment: claude }, reply(body))).toMatchObject(whole42);
});

const part = { type: 'output_text', text: '42' };
const said = { type: 'message', id: 'msg_1', role: 'assistant', content: [part] };
const thought = { type: 'reasoning', id: 'rs_1', summary: [] };

test.each([
  // Soju06/codex-lb#504
  [
    'in the item alone',
    event('response.output_item.done', { output_index: 0, item: said }) + responseEnd({ output: [] }),
  ],
  ['at the end alone', responseEnd({ output: [thought, said] })],
  // QuantumNous/new-api#4362
  [
    'not at the end',
    responseText('42') +
      event('response.output_item.done', { output_index: 0, item: said }) +
      responseEnd({ output: [] }),
  ],
  // agentgateway/agentgateway#2281
  [
    'empty in each done event',
    responseText('42') +
      event('response.content_part.done', {
        output_index: 0,
        content_index: 0,
        part: { type: 'output_text', text: '' },
      }) +
      event('response.output_item.done', { output_index: 0, item: { ...said, content: [] } }) +
      responseEnd({ output: [] }),
  ],
  // KochC/opencode-llm-proxy#48
  [
    'an empty done text',
    responseText('42') +
      event('response.output_text.done', { output_index: 0, content_index: 0, text: '' }) +
      responseEnd(),
  ],
  // router-for-me/CLIProxyAPI#3064
  ['an output_text that is null', responseEnd({ output_text: null, output: [said] })],
  [
    'said at 1, at 0 in the end',
    responseText('42', { output_index: 1, content_index: 0 }) + responseEnd({ output: [said] }),
  ],
  [
    'said at 0, at 1 in the end',
    responseText('42', { output_index: 0, content_index: 0 }) + responseEnd({ output: [thought, said] }),
  ],
  [
    'said at 0, done at 1',
    responseText('42', { item_id: 'msg_1', output_index: 0, content_index: 0 }) +
      event('response.output_item.done', { output_index: 1, item: said }) +
      responseEnd({ output: [thought, said] }),
  ],
  [
    'without places',
    responseText('4', {}) +
      responseText('2', {}) +
      event('response.output_text.done', { text: '42' }) +
      responseEnd({ output: [said] }),
  ],
  [
    'content as a text',
    event('response.output_item.done', { output_index: 0, item: { ...said, content: '42' } }) + responseEnd(),
  ],
  [
    'the part alone',
    event('response.content_part.done', { output_index: 0, content_index: 0, part }) + responseEnd(),
  ],
  [
    'two parts',
    responseText('4', { output_index: 0, content_index: 0 }) +
      responseText('2', { output_index: 0, content_index: 1 }) +
      event('response.output_item.done', {
        output_index: 0,
        item: {
          ...said,
          content: [
            { ...part, text: '4' },
            { ...part, text: '2' },
          ],
        },
      }) +
      responseEnd(),
  ],
])('responses: %s', async (_name, events) => {
  const body = event('response.created', { response: {} }) + events;
  expect(await outcomeOf({ deployment: responses }, reply(body))).toMatchObject(whole42);
});

test('responses: without its first event', async () => {
  expect(await outcomeOf({ deployment: responses }, reply(responseText('42') + responseEnd()))).toMatchObject(
    whole42,
  );
  expect(
    await outcomeOf({ deployment: responses }, jsonReply(200, { object: 'response', output: [said] })),
  ).toMatchObject(whole42);
  expect(await outcomeOf({ deployment: responses }, reply(response(responseText('42'))))).toMatchObject(
    whole42,
  );
});
