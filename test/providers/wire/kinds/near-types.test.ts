import { expect, test } from 'vitest';
import { reply } from '../replies';
import { block, chunk, chatEnd, data, event, messageEnd, responseEnd, responseText } from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';
import { whole42 } from './expectations';

/** A field that isn't needed is of another type: the answer is whole all the same. */

const odd: readonly unknown[] = [null, '', '1', 0, 1.5, -1, true, false, [], {}, ['x'], { x: 1 }, 'NaN'];

test.each([
  'id',
  'object',
  'created',
  'model',
  'system_fingerprint',
  'service_tier',
  'usage',
  'x_groq',
  'citations',
  'timings',
  'provider',
])('chat: %s', async (name) => {
  for (const value of odd)
    expect(
      await outcomeOf({}, reply(chunk({ content: '42' }, null, { [name]: value }) + chatEnd('stop', null))),
      JSON.stringify(value),
    ).toMatchObject(whole42);
});

test.each([
  'logprobs',
  'index',
  'native_finish_reason',
  'stop_reason',
  'content_filter_results',
  'message',
  'text',
])('chat, of a choice: %s', async (name) => {
  for (const value of odd) {
    if (name === 'text' && value !== null && typeof value !== 'object') continue;
    const body =
      data({ choices: [{ delta: { content: '42' }, finish_reason: null, [name]: value }] }) +
      chatEnd('stop', null);
    expect(await outcomeOf({}, reply(body)), JSON.stringify(value)).toMatchObject(whole42);
  }
});

test.each([
  'role',
  'tool_calls',
  'function_call',
  'refusal',
  'annotations',
  'audio',
  'reasoning_content',
  'reasoning_details',
  'extra_content',
])('chat, of a delta: %s', async (name) => {
  for (const value of odd) {
    const body = chunk({ content: '42', [name]: value }) + chatEnd('stop', null);
    expect(await outcomeOf({}, reply(body)), JSON.stringify(value)).toMatchObject(whole42);
  }
});

test.each([null, '', [], {}, false, 0])('chat: a finish reason that is none yet, %j', async (value) => {
  const body =
    chunk({ role: 'assistant' }, value as never) +
    chunk({ content: '4' }, value as never) +
    chunk({ content: '2' }, value as never);
  expect(await outcomeOf({}, reply(body + chatEnd()))).toMatchObject(whole42);
  expect((await outcomeOf({}, reply(body))).end).not.toBe('whole');
});

test.each(['id', 'model', 'role', 'usage', 'stop_reason', 'content', 'container'])(
  'messages, at the start: %s',
  async (name) => {
    for (const value of odd) {
      if ((name === 'stop_reason' || name === 'content') && value !== null && value !== '') continue;
      const start = event('message_start', {
        message: { usage: { input_tokens: 100, output_tokens: 1 }, [name]: value },
      });
      expect(
        await outcomeOf(
          { deployment: claude },
          reply(start + block(0, { type: 'text', text: '42' }) + messageEnd()),
        ),
        JSON.stringify(value),
      ).toMatchObject(whole42);
    }
  },
);

test.each(['usage', 'context_management', 'index'])('messages, at the end: %s', async (name) => {
  for (const value of odd) {
    const body =
      block(0, { type: 'text', text: '42' }) +
      event('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: value }, [name]: value }) +
      event('message_stop');
    expect(await outcomeOf({ deployment: claude }, reply(body)), JSON.stringify(value)).toMatchObject(
      whole42,
    );
  }
});

test.each(['index', 'citations', 'content_block'])('messages, of a block: %s', async (name) => {
  for (const value of odd) {
    const start = event('content_block_start', {
      index: 0,
      content_block: { type: 'text', text: '', citations: value },
      ...(name !== 'citations' && { [name]: value }),
    });
    const delta = event('content_block_delta', {
      index: name === 'index' ? value : 0,
      delta: { type: 'text_delta', text: '42' },
    });
    expect(
      await outcomeOf({ deployment: claude }, reply(start + delta + messageEnd())),
      JSON.stringify(value),
    ).toMatchObject(whole42);
  }
});

test.each([
  'id',
  'created_at',
  'model',
  'usage',
  'output',
  'instructions',
  'incomplete_details',
  'error',
  'metadata',
  'output_text',
  'service_tier',
  'tools',
])('responses, at the end: %s', async (name) => {
  for (const value of odd) {
    if (name === 'error' && JSON.stringify(value) !== 'null') continue;
    expect(
      await outcomeOf({ deployment: responses }, reply(responseText('42') + responseEnd({ [name]: value }))),
      JSON.stringify(value),
    ).toMatchObject(whole42);
  }
});

test.each(['sequence_number', 'item_id', 'output_index', 'content_index', 'logprobs', 'obfuscation'])(
  'responses, of a delta: %s',
  async (name) => {
    for (const value of odd) {
      const body =
        responseText('4', { output_index: 0, content_index: 0, [name]: value }) +
        responseText('2', { output_index: 0, content_index: 0, [name]: value });
      expect(
        await outcomeOf(
          { deployment: responses },
          reply(
            body +
              responseEnd({ output: [{ type: 'message', content: [{ type: 'output_text', text: '42' }] }] }),
          ),
        ),
        JSON.stringify(value),
      ).toMatchObject(whole42);
    }
  },
);

test.each([
  ['a number', { content: 42 }],
  ['parts', { content: ['4', '2'] }],
  ['an object', { content: { text: '42' } }],
])('chat: content as %s', async (_name, delta) => {
  expect(await outcomeOf({}, reply(chunk(delta) + chatEnd()))).toMatchObject(whole42);
});

test('chat: a finish reason as an object', async () => {
  const end = (finish: unknown): string =>
    chunk({ content: '42' }) + chunk({}, finish as never) + 'data: [DONE]\n\n';
  expect(await outcomeOf({}, reply(end({ type: 'stop', matched: 1 })))).toMatchObject(whole42);
  expect((await outcomeOf({}, reply(end({ type: 'length', length: 16 })))).end).not.toBe('whole');
});
