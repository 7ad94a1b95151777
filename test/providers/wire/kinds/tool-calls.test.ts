import { expect, test } from 'vitest';
import { reply } from '../replies';
import {
  block,
  chat,
  chatEnd,
  chunk,
  event,
  message,
  response,
  responseCall,
  responseEnd,
  textBlock,
} from '../streams';
import { calledWith, claude, outcomeOf, readFile, responses } from '../wire-case';

/** Tool calls that are written a little differently: what the model called is called, with nothing else. */

const tools = [readFile, { ...readFile, name: 'list_files' }];
const a = ['read_file', { path: 'a' }];
const b = ['read_file', { path: 'b' }];
const call = (path: string, more: object = {}, name = 'read_file') => ({
  type: 'function',
  function: { name, arguments: JSON.stringify({ path }) },
  ...more,
});
const piece = (input: string, more: object = {}) => ({
  tool_calls: [{ function: { arguments: input }, ...more }],
});
const begun = (more: object = {}, input = '') => ({
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read_file', arguments: input }, ...more }],
});
const calls = (...listed: readonly object[]) => ({ tool_calls: listed });

test.each([
  // SamSaffron/term-llm#314, openai/openai-python#3246
  ['no index, the rest without an id', [begun(), piece('{"path"'), piece(':"a"}')], [a]],
  // earendil-works/pi#8861
  [
    'one index for two calls',
    [calls(call('a', { index: 0, id: 'x' })), calls(call('b', { index: 0, id: 'y' }))],
    [a, b],
  ],
  // huggingface/smolagents#1958
  ['one index, no ids', [calls(call('a', { index: 0 })), calls(call('b', { index: 0 }))], [a, b]],
  // dirac-run/dirac#215
  [
    'the rest at the next index',
    [begun({ index: 0 }), piece('{"path":', { index: 1 }), piece('"a"}', { index: 2 })],
    [a],
  ],
  // router-for-me/CLIProxyAPI#5058
  ['two calls in a chunk, without index', [calls(call('a', { id: 'x' }), call('b', { id: 'y' }))], [a, b]],
  // mudler/cogito#66
  ['the whole input again', [begun({ index: 0 }, '{"path":"a"}'), piece('{"path":"a"}', { index: 0 })], [a]],
  // unslothai/unsloth#10275
  [
    'an empty object first',
    [begun({ index: 0 }, '{}'), piece('{"path"', { index: 0 }), piece(':"a"}', { index: 0 })],
    [a],
  ],
  [
    'a decoded empty object first',
    [
      calls({ index: 0, id: 'x', function: { name: 'read_file', arguments: {} } }),
      calls({ index: 0, id: 'x', function: { arguments: { path: 'a' } } }),
    ],
    [a],
  ],
  // tailcallhq/forgecode#2764
  [
    'input encoded twice',
    [calls({ index: 0, id: 'x', function: { name: 'read_file', arguments: '"{\\"path\\":\\"a\\"}"' } })],
    [a],
  ],
  [
    'name and id with every piece',
    [begun({ index: 0 }, '{"path"'), begun({ index: 0 }, ':"a"}'), begun({ index: 0 }, '')],
    [a],
  ],
  [
    'nulls in the rest',
    [
      begun({ index: 0 }),
      calls({ index: 0, id: null, type: null, function: { name: null, arguments: '{"path":"a"}' } }),
    ],
    [a],
  ],
  [
    'an index as text',
    [calls(call('a', { index: '0', id: 'x' }), call('b', { index: '1', id: 'y' }))],
    [a, b],
  ],
  ['one call for a list', [{ tool_calls: call('a', { id: 'x' }) }], [a]],
  ['a list by position', [{ tool_calls: { 0: call('a', { id: 'x' }), 1: call('b', { id: 'y' }) } }], [a, b]],
  [
    'the old form',
    [
      { function_call: { name: 'read_file', arguments: '' } },
      { function_call: { arguments: '{"path":"a"}' } },
    ],
    [a],
  ],
  [
    'without a function around it',
    [calls({ index: 0, id: 'x', name: 'read_file', arguments: '{"path":"a"}' })],
    [a],
  ],
  [
    'parameters in the place of arguments',
    [calls({ index: 0, id: 'x', function: { name: 'read_file', parameters: { path: 'a' } } })],
    [a],
  ],
  [
    'pieces of two calls by turns',
    [
      calls(
        { index: 0, id: 'x', function: { name: 'read_file', arguments: '{"path":' } },
        { index: 1, id: 'y', function: { name: 'read_file', arguments: '{"path":' } },
      ),
      calls({ index: 1, function: { arguments: '"b"}' } }, { index: 0, function: { arguments: '"a"}' } }),
    ],
    [a, b],
  ],
  [
    'indexes from 1',
    [calls(call('a', { index: 1, id: 'x' })), calls(call('b', { index: 2, id: 'y' }))],
    [a, b],
  ],
  [
    'an empty piece of a call at the end',
    [
      calls(call('a', { index: 0, id: 'x' })),
      calls({ index: 1, id: '', function: { name: '', arguments: '' } }),
    ],
    [a],
  ],
  ['no input at all', [calls({ index: 0, id: 'x', function: { name: 'list_files' } })], [['list_files', {}]]],
] as const)('chat: %s', async (_name, deltas, expected) => {
  const outcome = await outcomeOf({ tools }, reply(chat(deltas as readonly object[] as never, 'tool_calls')));
  expect(calledWith(outcome)).toEqual(expected);
  expect(new Set(outcome.calls.map(({ id }) => id)).size).toBe(expected.length);
});

test('chat: the calls again in a whole message', async () => {
  const body =
    chunk(calls(call('a', { index: 0, id: 'x' }))) +
    chunk(calls(call('b', { index: 1, id: 'y' }))) +
    chunk({}, 'tool_calls', {
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [call('a', { id: 'x' }), call('b', { id: 'y' })],
          },
          finish_reason: 'tool_calls',
        },
      ],
    }) +
    chatEnd('tool_calls');
  expect(calledWith(await outcomeOf({ tools }, reply(body)))).toEqual([a, b]);
});

// GitHub Copilot's Claude: text and calls in choices of their own.
test('chat: calls in a second choice', async () => {
  const body = chunk({}, null, {
    choices: [
      { index: 0, delta: { role: 'assistant', content: 'I read it.' }, finish_reason: null },
      { index: 1, delta: calls(call('a', { index: 0, id: 'x' })), finish_reason: 'tool_calls' },
    ],
  });
  const outcome = await outcomeOf({ tools }, reply(`${body}${chunk({}, 'tool_calls')}data: [DONE]\n\n`));
  expect(calledWith(outcome)).toEqual([a]);
});

const use = (id: string, input: object = {}, name = 'read_file') => ({ type: 'tool_use', id, name, input });
const json = (text: unknown) => ({ type: 'input_json_delta', partial_json: text });

test.each([
  [
    'blocks of one index',
    block(0, use('t1'), [json('{"path":"a"}')]) + block(0, use('t2'), [json('{"path":"b"}')]),
    [a, b],
  ],
  ['an empty object first', block(0, use('t1'), [json('{}'), json('{"path":"a"}')]), [a]],
  ['the whole input again', block(0, use('t1'), [json('{"path":"a"}'), json('{"path":"a"}')]), [a]],
  [
    'input at the beginning and in pieces',
    block(0, use('t1', { path: 'a' }), [json('{"path"'), json(':"a"}')]),
    [a],
  ],
  ['input as an object', block(0, use('t1'), [json({ path: 'a' })]), [a]],
  ['null pieces', block(0, use('t1'), [json(null), json('{"path":"a"}'), json('')]), [a]],
  [
    'no index',
    event('content_block_start', { content_block: use('t1') }) +
      event('content_block_delta', { delta: json('{"path":"a"}') }) +
      event('content_block_stop'),
    [a],
  ],
  [
    'no stop of the block',
    textBlock(0, 'I read.') +
      event('content_block_start', { index: 1, content_block: use('t1') }) +
      event('content_block_delta', { index: 1, delta: json('{"path":"a"}') }),
    [a],
  ],
  ['pieces without a type', block(0, use('t1'), [{ partial_json: '{"path":"a"}' }]), [a]],
  ['input null', block(0, { ...use('t1'), input: null }), [['read_file', {}]]],
  [
    'one id twice',
    block(0, use('t'), [json('{"path":"a"}')]) + block(1, use('t'), [json('{"path":"b"}')]),
    [a, b],
  ],
  [
    'an index as text',
    event('content_block_start', { index: '0', content_block: use('t1') }) +
      event('content_block_delta', { index: '0', delta: json('{"path":"a"}') }),
    [a],
  ],
  [
    'a tool of the server before it',
    block(0, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, [json('{"query":"x"}')]) +
      block(1, use('t1'), [json('{"path":"a"}')]),
    [a],
  ],
])('messages: %s', async (_name, blocks, expected) => {
  const outcome = await outcomeOf({ deployment: claude, tools }, reply(message(blocks, 'tool_use')));
  expect(calledWith(outcome)).toEqual(expected);
  expect(new Set(outcome.calls.map(({ id }) => id)).size).toBe(expected.length);
});

const item = (number: number, input: unknown, more: object = {}) => ({
  type: 'function_call',
  id: `fc_${String(number)}`,
  call_id: `call_${String(number)}`,
  name: 'read_file',
  arguments: input,
  ...more,
});
const added = (at: number | undefined, value: object) =>
  event('response.output_item.added', { output_index: at, item: value });
const done = (at: number | undefined, value: object) =>
  event('response.output_item.done', { output_index: at, item: value });
const delta = (text: string, more: object = {}) =>
  event('response.function_call_arguments.delta', { delta: text, ...more });

test.each([
  [
    'all at output_index 0',
    added(0, item(1, '')) +
      delta('{"path":"a"}', { item_id: 'fc_1', output_index: 0 }) +
      done(0, item(1, '{"path":"a"}')) +
      added(0, item(2, '')) +
      delta('{"path":"b"}', { item_id: 'fc_2', output_index: 0 }) +
      done(0, item(2, '{"path":"b"}')) +
      responseEnd(),
    [a, b],
  ],
  ['whole in the beginning', added(0, item(1, '{"path":"a"}')) + responseEnd({ output: [] }), [a]],
  [
    'pieces alone',
    added(0, item(1, '')) +
      delta('{"path"', { item_id: 'fc_1', output_index: 0 }) +
      delta(':"a"}', { item_id: 'fc_1', output_index: 0 }) +
      responseEnd(),
    [a],
  ],
  [
    'an empty object first',
    added(0, item(1, '')) +
      delta('{}', { output_index: 0 }) +
      delta('{"path":"a"}', { output_index: 0 }) +
      responseEnd(),
    [a],
  ],
  ['at the end alone', responseEnd({ output: [item(1, '{"path":"a"}'), item(2, '{"path":"b"}')] }), [a, b]],
  ['input as an object', done(0, item(1, { path: 'a' })) + responseEnd(), [a]],
  [
    'the end leaves the message out',
    event('response.output_text.delta', { output_index: 0, content_index: 0, delta: 'I read.' }) +
      responseCall('read_file', '{"path":"a"}', 1) +
      responseCall('read_file', '{"path":"b"}', 2) +
      responseEnd({ output: [item(1, '{"path":"a"}'), item(2, '{"path":"b"}')] }),
    [a, b],
  ],
  [
    'the end leaves the thoughts out',
    done(0, { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'QUJD' }) +
      responseCall('read_file', '{"path":"a"}', 1) +
      responseEnd({ output: [item(1, '{"path":"a"}')] }),
    [a],
  ],
  // GitHub Copilot's ids differ from event to event.
  [
    'other ids in each event',
    added(0, item(1, '', { id: 'x1' })) +
      delta('{"path":"a"}', { item_id: 'x2', output_index: 0 }) +
      done(0, item(1, '{"path":"a"}', { id: 'x3' })) +
      responseEnd({ output: [item(1, '{"path":"a"}', { id: 'x4' })] }),
    [a],
  ],
  [
    'neither ids nor indexes',
    event('response.output_item.added', {
      item: { type: 'function_call', call_id: 'c', name: 'read_file' },
    }) +
      delta('{"path":"a"}') +
      responseEnd(),
    [a],
  ],
  [
    'the whole input in an event of its own',
    added(0, item(1, '')) +
      event('response.function_call_arguments.done', {
        output_index: 0,
        item_id: 'fc_1',
        arguments: '{"path":"a"}',
      }) +
      responseEnd(),
    [a],
  ],
  ['no input', done(0, item(1, '', { name: 'list_files' })) + responseEnd(), [['list_files', {}]]],
])('responses: %s', async (_name, events, expected) => {
  const body = event('response.created', { response: {} }) + events;
  const outcome = await outcomeOf({ deployment: responses, tools }, reply(body));
  expect(calledWith(outcome)).toEqual(expected);
});

test('responses: two calls', async () => {
  const body = response(
    responseCall('read_file', '{"path":"a"}', 0) + responseCall('read_file', '{"path":"b"}', 1),
  );
  expect(calledWith(await outcomeOf({ deployment: responses, tools }, reply(body)))).toEqual([a, b]);
});

// Kimi K2 and gpt-oss through servers that leave marks of their templates in the name.
test.each(['functions.read_file', 'functions.read_file:0', 'read_file<|channel|>commentary', ' read_file '])(
  'chat: the name as %j is that of the tool, or a failure',
  async (name) => {
    const outcome = await outcomeOf(
      { tools },
      reply(chat([calls(call('a', { index: 0, id: 'x' }, name))], 'tool_calls')),
    );
    if (outcome.end === 'whole') expect(calledWith(outcome)).toEqual([a]);
  },
);
