import { beforeAll, describe, expect, test } from 'vitest';
import { reply } from './replies';
import {
  block,
  chatEnd,
  chunk,
  event,
  messageEnd,
  messageStart,
  responseCall,
  responseEnd,
  textBlock,
} from './streams';
import { calledWith, claude, outcomeOf, readFile, replay, responses } from './wire-case';

/** Whatever comes over the connection breaks a silence. */

const limits = { firstTokenMs: 900, stallMs: 900 };
/** Six signs of life in 1.5 s, where 0.9 s of silence is too much. */
const pulse = (sign: string): string => `<<wait 250 ms>>\n${sign}`.repeat(6);

// The SDKs are loaded with the first request.
beforeAll(async () => {
  for (const deployment of [{}, claude]) await outcomeOf({ deployment }, reply(''));
});

test.concurrent(
  'case 06: pings while a tool’s input is put together, and before the first token; silence is silence',
  async () => {
    const a = await replay('06-pings-are-no-sign-of-life/a-');
    expect(a).toMatchObject({ text: 'I write the file.', end: 'whole' });
    expect(calledWith(a)).toEqual([['read_file', { path: 'a' }]]);
    expect(await replay('06-pings-are-no-sign-of-life/b-')).toMatchObject({ text: '42', end: 'whole' });
    expect(await replay('06-pings-are-no-sign-of-life/c-')).toMatchObject({
      end: 'failed',
      reason: 'timeout',
    });
  },
);

describe.each([
  ['a comment', ': OPENROUTER PROCESSING\n\n'],
  ['an empty line', '\n'],
  ['an event name alone', 'event: keepalive\n\n'],
  ['an empty event', 'data:\n\n'],
  ['a ping', 'event: ping\ndata: {"type": "ping"}\n\n'],
])('%s', (_name, sign) => {
  test.concurrent.each([
    ['chat', {}, '', `${chunk({ content: '42' })}${chatEnd()}`],
    ['messages', claude, messageStart(), textBlock(0, '42') + messageEnd()],
    [
      'responses',
      responses,
      event('response.created', { response: {} }),
      event('response.output_text.delta', { delta: '42' }) + responseEnd(),
    ],
  ])('is life before the first token: %s', async (_protocol, deployment, beginning, rest) => {
    const outcome = await outcomeOf({ deployment, limits }, reply(beginning + pulse(sign) + rest));
    expect(outcome).toMatchObject({ text: '42', end: 'whole' });
  });

  test.concurrent.each([
    ['chat', {}, chunk({ content: '4' }), `${chunk({ content: '2' })}${chatEnd()}`],
    ['messages', claude, messageStart() + textBlock(0, '4'), textBlock(1, '2') + messageEnd()],
    [
      'responses',
      responses,
      event('response.output_text.delta', { delta: '4' }),
      event('response.output_text.delta', { delta: '2' }) + responseEnd(),
    ],
  ])('is life in the middle: %s', async (_protocol, deployment, beginning, rest) => {
    const outcome = await outcomeOf({ deployment, limits }, reply(beginning + pulse(sign) + rest));
    expect(outcome).toMatchObject({ text: '42', end: 'whole' });
  });
});

test.concurrent.each([
  ['chat', {}, pulse(chunk({ reasoning_content: 'Hm. ' })) + chunk({ content: '42' }) + chatEnd()],
  [
    'messages',
    claude,
    messageStart() +
      pulse(event('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'Hm. ' } })) +
      textBlock(1, '42') +
      messageEnd(),
  ],
  [
    'responses',
    responses,
    pulse(event('response.reasoning_summary_text.delta', { delta: 'Hm. ' })) +
      event('response.output_text.delta', { delta: '42' }) +
      responseEnd(),
  ],
])('long thinking ends well: %s', async (_protocol, deployment, body) => {
  const outcome = await outcomeOf({ deployment, limits }, reply(body));
  expect(outcome).toMatchObject({ text: '42', thoughts: 'Hm. '.repeat(6), end: 'whole' });
});

test.concurrent.each([
  [
    'chat',
    {},
    chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'read_file', arguments: '{"path":"' } }] }) +
      pulse(chunk({ tool_calls: [{ index: 0, function: { arguments: 'a' } }] })) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '"}' } }] }) +
      chatEnd('tool_calls'),
  ],
  [
    'messages',
    claude,
    messageStart() +
      event('content_block_start', {
        index: 0,
        content_block: { type: 'tool_use', id: 't', name: 'read_file', input: {} },
      }) +
      event('content_block_delta', {
        index: 0,
        delta: { type: 'input_json_delta', partial_json: '{"path":"' },
      }) +
      pulse(
        event('content_block_delta', { index: 0, delta: { type: 'input_json_delta', partial_json: 'a' } }),
      ) +
      event('content_block_delta', { index: 0, delta: { type: 'input_json_delta', partial_json: '"}' } }) +
      messageEnd('tool_use'),
  ],
  [
    'responses',
    responses,
    event('response.output_item.added', {
      output_index: 0,
      item: { type: 'function_call', call_id: 'call_0', name: 'read_file' },
    }) +
      pulse(event('response.function_call_arguments.delta', { output_index: 0, delta: ' ' })) +
      responseCall('read_file', '{"path":"aaaaaa"}') +
      responseEnd(),
  ],
])('a long tool input ends well: %s', async (_protocol, deployment, body) => {
  const outcome = await outcomeOf({ deployment, limits, tools: [readFile] }, reply(body));
  expect(calledWith(outcome)).toEqual([['read_file', { path: 'aaaaaa' }]]);
});

test.concurrent('bytes of one long line are life', async () => {
  const line = chunk({ content: 'x'.repeat(60) });
  const pieces = [0, 20, 40, 60, 80, 100].map((at) => line.slice(at, at + 20)).join('<<wait 250 ms>>\n');
  const outcome = await outcomeOf(
    { limits },
    reply(`${pieces}<<wait 250 ms>>\n${line.slice(120)}${chatEnd()}`),
  );
  expect(outcome).toMatchObject({ text: 'x'.repeat(60), end: 'whole' });
});

test.concurrent.each([
  ['chat', {}, ''],
  ['messages', claude, messageStart()],
  ['responses', responses, event('response.created', { response: {} })],
])('a server that only ever pings is given up, later: %s', async (_protocol, deployment, beginning) => {
  const outcome = await outcomeOf(
    { deployment, limits: { firstTokenMs: 100, stallMs: 500 } },
    reply(beginning + '<<wait 50 ms>>\n: ping\n\n'.repeat(20), { then: 'hang' }),
  );
  expect(outcome).toMatchObject({ end: 'failed', reason: 'timeout' });
});

test.concurrent('a block without events of its own goes on', async () => {
  const body = messageStart() + block(0, { type: 'text', text: '42' }) + messageEnd();
  expect(await outcomeOf({ deployment: claude, limits }, reply(body))).toMatchObject({
    text: '42',
    end: 'whole',
  });
});

test.concurrent('what follows the end of an answer isn’t waited for', async () => {
  const body = chunk({ content: '42' }) + chunk({}, 'stop');
  const outcome = await outcomeOf(
    { limits: { firstTokenMs: 5_000, stallMs: 5_000 } },
    reply(body, { then: 'hang' }),
  );
  expect(outcome).toMatchObject({ text: '42', end: 'whole', cost: { kind: 'estimated' } });
});
