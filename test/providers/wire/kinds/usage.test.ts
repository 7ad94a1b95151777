import { expect, test } from 'vitest';
import { reply } from '../replies';
import {
  chatEnd,
  chunk,
  data,
  event,
  messageEnd,
  messageStart,
  responseEnd,
  responseText,
  textBlock,
} from '../streams';
import type { Outcome } from '../wire-case';
import { claude, outcomeOf, responses } from '../wire-case';

/** Tokens that are reported in another way or place; prices are 1, 4, 0.1 and 1.25 USD per million. */

/** In ten millionths of a USD: what may be called exact. */
function expectCost({ cost }: Outcome, millionths: number | undefined): void {
  if (cost.kind !== 'exact') return;
  expect(millionths, 'no cost is exact').toBeDefined();
  expect(cost.usd * 1e6).toBeCloseTo(millionths ?? 0, 4);
}

const text = 'The lantern burns with oil, and the oil is nearly gone by now.';
const chatWith = (usage: unknown, more: object = {}): string =>
  chunk({ content: text }) +
  chunk({}, 'stop') +
  data({ model: 'gpt-4o-mini', choices: [], usage, ...more }) +
  'data: [DONE]\n\n';

test.each<readonly [string, string, readonly [number, number] | undefined, number | undefined]>([
  [
    'numbers as text',
    chatWith({ prompt_tokens: '100', completion_tokens: '20', total_tokens: '120' }),
    [100, 20],
    180,
  ],
  ['the names of Responses', chatWith({ input_tokens: 100, output_tokens: 20 }), [100, 20], 180],
  [
    'in a choice',
    chunk({ content: text }) +
      data({
        choices: [{ delta: {}, finish_reason: 'stop', usage: { prompt_tokens: 100, completion_tokens: 20 } }],
      }) +
      'data: [DONE]\n\n',
    [100, 20],
    180,
  ],
  [
    'with each chunk, growing',
    chunk({ content: text }, null, { usage: { prompt_tokens: 100, completion_tokens: 5 } }) +
      chunk({}, 'stop', { usage: { prompt_tokens: 100, completion_tokens: 20 } }) +
      'data: [DONE]\n\n',
    [100, 20],
    180,
  ],
  [
    'null behind it',
    chunk({ content: text }) +
      chunk({}, 'stop', { usage: { prompt_tokens: 100, completion_tokens: 20 } }) +
      data({ choices: [], usage: null }) +
      'data: [DONE]\n\n',
    [100, 20],
    180,
  ],
  [
    'before the end',
    chunk({ content: text }, null, { usage: { prompt_tokens: 100, completion_tokens: 20 } }) +
      chatEnd('stop', null),
    [100, 20],
    180,
  ],
  ['zeros', chatWith({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }), undefined, undefined],
  [
    'no output',
    chatWith({ prompt_tokens: 100, completion_tokens: 0, total_tokens: 100 }),
    undefined,
    undefined,
  ],
  ['no input', chatWith({ prompt_tokens: 0, completion_tokens: 20, total_tokens: 20 }), undefined, undefined],
  ['a total alone', chatWith({ total_tokens: 120 }), undefined, undefined],
  ['less than nothing', chatWith({ prompt_tokens: -1, completion_tokens: 20 }), undefined, undefined],
  [
    'cached more than there is',
    chatWith({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      prompt_tokens_details: { cached_tokens: 400 },
    }),
    undefined,
    undefined,
  ],
  [
    'thought more than was written',
    chatWith({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      completion_tokens_details: { reasoning_tokens: 90 },
    }),
    undefined,
    undefined,
  ],
  [
    'thoughts beside',
    chatWith({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 210,
      completion_tokens_details: { reasoning_tokens: 90 },
    }),
    [100, 110],
    540,
  ],
  [
    'thoughts within',
    chatWith({
      prompt_tokens: 100,
      completion_tokens: 110,
      total_tokens: 210,
      completion_tokens_details: { reasoning_tokens: 90 },
    }),
    [100, 110],
    540,
  ],
  [
    'cached, DeepSeek',
    chatWith({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      prompt_cache_hit_tokens: 80,
      prompt_cache_miss_tokens: 20,
    }),
    [100, 20],
    108,
  ],
  [
    'cached, Moonshot',
    chatWith({ prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, cached_tokens: 80 }),
    [100, 20],
    108,
  ],
  [
    'cached, LiteLLM',
    chatWith({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      cache_read_input_tokens: 80,
      cache_creation_input_tokens: 0,
      prompt_tokens_details: { cached_tokens: 80 },
    }),
    [100, 20],
    108,
  ],
  // BerriAI/litellm#28009
  [
    'cached beside',
    chatWith({ prompt_tokens: 20, completion_tokens: 20, total_tokens: 120, cache_read_input_tokens: 80 }),
    [100, 20],
    108,
  ],
  [
    'searches',
    chatWith({ prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, num_search_queries: 2 }),
    [100, 20],
    undefined,
  ],
  [
    'a total that says another thing',
    chatWith({ prompt_tokens: 100, completion_tokens: 20, total_tokens: 50 }),
    undefined,
    undefined,
  ],
  ['a half token', chatWith({ prompt_tokens: 100.5, completion_tokens: 20 }), undefined, undefined],
  [
    'another tier',
    chatWith({ prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }, { service_tier: 'priority' }),
    [100, 20],
    undefined,
  ],
  [
    'zeros behind it',
    chunk({ content: text }) +
      chunk({}, 'stop', {
        usage: { prompt_tokens: 100, completion_tokens: 20 },
      }) +
      data({
        choices: [],
        usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      }) +
      'data: [DONE]\n\n',
    [100, 20],
    180,
  ],
  [
    'nothing behind it',
    chunk({ content: text }) +
      chunk({}, 'stop', {
        usage: { prompt_tokens: 100, completion_tokens: 20 },
      }) +
      data({ choices: [], usage: {} }) +
      'data: [DONE]\n\n',
    [100, 20],
    180,
  ],
])('chat: %s', async (_name, body, tokens, millionths) => {
  const outcome = await outcomeOf({}, reply(body));
  expect(outcome).toMatchObject({
    text,
    end: 'whole',
    ...(tokens && { usage: { inputTokens: tokens[0], outputTokens: tokens[1] } }),
  });
  expectCost(outcome, millionths);
});

const said = textBlock(0, text);

test.each<readonly [string, string, readonly [number, number] | undefined, number | undefined]>([
  [
    'the usual',
    messageStart({ input_tokens: 100, output_tokens: 1 }) +
      said +
      messageEnd('end_turn', { output_tokens: 20 }),
    [100, 20],
    180,
  ],
  [
    'all at the end',
    messageStart({ input_tokens: 0, output_tokens: 0 }) +
      said +
      messageEnd('end_turn', { input_tokens: 100, output_tokens: 20 }),
    [100, 20],
    180,
  ],
  [
    'numbers as text',
    messageStart({ input_tokens: '100', output_tokens: '1' }) +
      said +
      messageEnd('end_turn', { output_tokens: '20' }),
    [100, 20],
    180,
  ],
  [
    'nothing at the end',
    messageStart({ input_tokens: 100, output_tokens: 1 }) + said + messageEnd('end_turn', null),
    undefined,
    undefined,
  ],
  [
    'zeros at the end',
    messageStart({ input_tokens: 100, output_tokens: 1 }) +
      said +
      messageEnd('end_turn', { output_tokens: 0 }),
    undefined,
    undefined,
  ],
  [
    'zeros',
    messageStart({ input_tokens: 0, output_tokens: 0 }) + said + messageEnd('end_turn', { output_tokens: 0 }),
    undefined,
    undefined,
  ],
  [
    'cached',
    messageStart({ input_tokens: 20, cache_read_input_tokens: 80, output_tokens: 1 }) +
      said +
      messageEnd('end_turn', { output_tokens: 20 }),
    [100, 20],
    108,
  ],
  [
    'written',
    messageStart({ input_tokens: 20, cache_creation_input_tokens: 80, output_tokens: 1 }) +
      said +
      messageEnd('end_turn', { output_tokens: 20 }),
    [100, 20],
    200,
  ],
  [
    'two reports',
    messageStart({ input_tokens: 100, output_tokens: 1 }) +
      said +
      event('message_delta', { delta: {}, usage: { output_tokens: 12 } }) +
      messageEnd('end_turn', { output_tokens: 20 }),
    [100, 20],
    180,
  ],
  [
    'nulls',
    messageStart({ input_tokens: 100, cache_read_input_tokens: null, output_tokens: null }) +
      said +
      messageEnd('end_turn', { input_tokens: null, output_tokens: 20 }),
    [100, 20],
    180,
  ],
  [
    'in delta',
    messageStart({ input_tokens: 100, output_tokens: 1 }) +
      said +
      event('message_delta', { delta: { stop_reason: 'end_turn', usage: { output_tokens: 20 } } }) +
      event('message_stop'),
    undefined,
    180,
  ],
  [
    'searches',
    messageStart({ input_tokens: 100, output_tokens: 1 }) +
      said +
      messageEnd('end_turn', { output_tokens: 20, server_tool_use: { web_search_requests: 1 } }),
    [100, 20],
    undefined,
  ],
])('messages: %s', async (_name, body, tokens, millionths) => {
  const outcome = await outcomeOf({ deployment: claude }, reply(body));
  expect(outcome).toMatchObject({
    text,
    end: 'whole',
    ...(tokens && { usage: { inputTokens: tokens[0], outputTokens: tokens[1] } }),
  });
  expectCost(outcome, millionths);
});

test.each<
  readonly [
    string,
    Readonly<Record<string, unknown>>,
    readonly [number, number] | undefined,
    number | undefined,
  ]
>([
  ['the usual', { usage: { input_tokens: 100, output_tokens: 20, total_tokens: 120 } }, [100, 20], 180],
  [
    'the names of chat completions',
    { usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } },
    [100, 20],
    180,
  ],
  [
    'cached',
    {
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 80 },
        output_tokens: 20,
        total_tokens: 120,
      },
    },
    [100, 20],
    108,
  ],
  [
    'thoughts beside',
    {
      usage: {
        input_tokens: 100,
        output_tokens: 20,
        output_tokens_details: { reasoning_tokens: 90 },
        total_tokens: 210,
      },
    },
    [100, 110],
    540,
  ],
  ['zeros', { usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } }, undefined, undefined],
  ['null', { usage: null }, undefined, undefined],
  [
    'another tier',
    { usage: { input_tokens: 100, output_tokens: 20 }, service_tier: 'flex' },
    [100, 20],
    undefined,
  ],
])('responses: %s', async (_name, more, tokens, millionths) => {
  const outcome = await outcomeOf({ deployment: responses }, reply(responseText(text) + responseEnd(more)));
  expect(outcome).toMatchObject({
    text,
    end: 'whole',
    ...(tokens && { usage: { inputTokens: tokens[0], outputTokens: tokens[1] } }),
  });
  expectCost(outcome, millionths);
});

test('responses: beside the response', async () => {
  const body =
    responseText(text) +
    event('response.completed', {
      usage: { input_tokens: 100, output_tokens: 20 },
      response: { status: 'completed' },
    });
  expect(await outcomeOf({ deployment: responses }, reply(body))).toMatchObject({
    usage: { inputTokens: 100, outputTokens: 20 },
  });
});
