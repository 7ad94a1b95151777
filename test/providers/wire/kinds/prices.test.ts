import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Deployment, TokenPrice } from '../../../../src/core/terms/deployment';
import type { Cost } from '../../../../src/core/terms/receipt';
import { deploymentWith } from '../../stream-helpers';
import { reply } from '../replies';
import { chunk, data, event, messageStart, responseText, textBlock } from '../streams';
import { ask, claude, outcomeOf, responses } from '../wire-case';

/** A price that depends on more than the model. What is called exact is exact; what can't be known isn't called so. */

type Json = Readonly<Record<string, unknown>>;
/** A stream with the usage of its protocol, of an answer of these tokens; `tier`: at which it says that it was served. */
type Stream = (input: number, output: number, more?: Json, tier?: string) => string;

const text = 'The lantern burns with oil, and the oil is nearly gone by now.';
const chatOf: Stream = (input, output, more, tier) =>
  chunk({ content: text }) +
  chunk({}, 'stop') +
  data({
    model: '',
    choices: [],
    ...(tier !== undefined && { service_tier: tier }),
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, ...more },
  }) +
  'data: [DONE]\n\n';
const messagesOf: Stream = (input, output, more, tier) =>
  messageStart({
    input_tokens: input,
    output_tokens: 1,
    ...(tier !== undefined && { service_tier: tier }),
    ...more,
  }) +
  textBlock(0, text) +
  event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: output, ...more } }) +
  event('message_stop');
const responsesOf: Stream = (input, output, more, tier) =>
  responseText(text) +
  event('response.completed', {
    response: {
      status: 'completed',
      ...(tier !== undefined && { service_tier: tier }),
      usage: { input_tokens: input, output_tokens: output, total_tokens: input + output, ...more },
    },
  });

const all: readonly (readonly [string, Partial<Deployment>, Stream])[] = [
  ['chat', {}, chatOf],
  ['messages', claude, messagesOf],
  ['responses', responses, responsesOf],
];
const exactly = (usd: number): Cost => ({ kind: 'exact', usd: expect.closeTo(usd, 10) as number });

const price: TokenPrice = {
  inputUsdPerToken: 1e-6,
  outputUsdPerToken: 4e-6,
  cachedInputUsdPerToken: 1e-7,
  cacheWriteUsdPerToken: 1.25e-6,
};
const tiered: TokenPrice = {
  ...price,
  longInput: [
    { aboveInputTokens: 128_000, inputUsdPerToken: 2e-6, outputUsdPerToken: 6e-6 },
    { aboveInputTokens: 200_000, inputUsdPerToken: 3e-6, outputUsdPerToken: 8e-6 },
  ],
  serviceTiers: { flex: { inputUsdPerToken: 5e-7, outputUsdPerToken: 2e-6 } },
};
const asking = (tier: string) => ({ options: { extraBody: { service_tier: tier } } });

describe.each(all)('%s', (_protocol, deployment, streamOf) => {
  test.each([
    [1_000, 0.005],
    [128_000, 0.132],
    [128_001, 0.262_002],
    [250_000, 0.758],
  ])('%i tokens of input at the price of their length', async (input, usd) => {
    const outcome = await outcomeOf(
      { deployment: { ...deployment, price: tiered } },
      reply(streamOf(input, 1_000)),
    );
    expect(outcome.cost).toEqual(exactly(usd));
  });

  test.each<readonly [string, string | undefined, string | undefined, number | undefined]>([
    ['asked for, served and stated', 'flex', 'flex', 0.0025],
    ['asked for and stated', 'flex', undefined, 0.0025],
    ['asked for, and not stated', 'priority', 'priority', undefined],
    ['not asked for', undefined, 'priority', undefined],
    ['not asked for, and stated', undefined, 'flex', undefined],
    ['as usual', undefined, 'default', 0.005],
    ['as usual, by Anthropic', undefined, 'standard', 0.005],
    ['left to the server, and as usual', 'auto', 'default', 0.005],
    ['left to the server, and another', 'auto', 'priority', undefined],
  ])('a service tier: %s', async (_name, asked, served, usd) => {
    const asks = { ...deployment, price: tiered, ...(asked !== undefined && asking(asked)) };
    const { cost } = await outcomeOf({ deployment: asks }, reply(streamOf(1_000, 1_000, {}, served)));
    if (usd === undefined) expect(cost.kind).not.toBe('exact');
    else if (cost.kind === 'exact' || served !== 'flex') expect(cost).toEqual(exactly(usd));
    else expect(cost).toEqual({ kind: 'estimated', usd });
  });

  test.each([
    ['a discount of the region', { inference_geo: 'us' }],
    ['speed', { speed: 'fast' }],
    ['searches', { server_tool_use: { web_search_requests: 2 } }],
  ])('billed beside the tokens: %s', async (_name, more) => {
    const { cost } = await outcomeOf({ deployment }, reply(streamOf(1_000, 1_000, more)));
    expect(cost.kind).not.toBe('exact');
  });

  test('a key of one’s own, whose bill nobody tells', async () => {
    const own = { ...deployment, provider: 'openrouter', price: undefined };
    const { cost } = await outcomeOf(
      { deployment: own },
      reply(streamOf(1_000, 1_000, { cost: 0, is_byok: true })),
    );
    expect(cost.kind).not.toBe('exact');
  });

  test('a key of one’s own: the gateway’s share and the vendor’s bill', async () => {
    const own = { ...deployment, provider: 'openrouter' };
    const bill = { cost: 0.000_25, is_byok: true, cost_details: { upstream_inference_cost: 0.005 } };
    const { cost } = await outcomeOf({ deployment: own }, reply(streamOf(1_000, 1_000, bill)));
    expect(cost).toEqual(exactly(0.005_25));
  });

  test('the gateway’s own key: its bill', async () => {
    const own = { ...deployment, provider: 'openrouter' };
    const bill = { cost: 0.005_25, is_byok: false, cost_details: { upstream_inference_cost: 0.005 } };
    const { cost } = await outcomeOf({ deployment: own }, reply(streamOf(1_000, 1_000, bill)));
    expect(cost).toEqual(exactly(0.005_25));
  });

  test('a free variant costs nothing, and another model does', async () => {
    const free = { ...deployment, provider: 'openrouter', price: undefined };
    const cost = async (model: string) =>
      (await outcomeOf({ deployment: { ...free, model } }, reply(streamOf(1_000, 1_000, { cost: 0 })))).cost;
    expect((await cost('acme/lantern-8b')).kind).not.toBe('exact');
    if (deployment.protocol !== 'anthropic-messages')
      expect(await cost('acme/lantern-8b:free')).toEqual(exactly(0));
  });
});

const hour = {
  cache_creation_input_tokens: 800,
  cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 500 },
};
const hourOfGateway = {
  prompt_tokens: 1_000,
  prompt_tokens_details: {
    cached_tokens: 0,
    cache_creation_tokens: 800,
    cache_creation_token_details: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 500 },
  },
};

/** 200 fresh, 300 for five minutes, 500 for an hour at twice the price of input, 20 of output. */
const hourUsd = 0.0002 + 0.000_375 + 0.001 + 0.000_08;

test.each([
  ['messages', claude, messagesOf(200, 20, hour)],
  ['chat', { model: 'anthropic/claude-sonnet-4.5' }, chatOf(1_000, 20, hourOfGateway)],
])('%s: a cache that keeps for an hour', async (_protocol, deployment, body) => {
  const stated = { ...deployment, price: { ...price, cacheWriteHourUsdPerToken: 2e-6 } };
  const answered = body.replaceAll('"gpt-4o-mini"', '""');
  expect((await outcomeOf({ deployment: stated }, reply(answered))).cost).toEqual(exactly(hourUsd));
  expect((await outcomeOf({ deployment }, reply(answered))).cost.kind).not.toBe('exact');
});

test('messages: a cache that may keep for an hour, where nobody tells', async () => {
  const deployment = {
    ...claude,
    options: { extraBody: { cache_control: { type: 'ephemeral', ttl: '1h' } } },
  };
  const body = messagesOf(200, 20, { cache_creation_input_tokens: 800 });
  expect((await outcomeOf({ deployment }, reply(body))).cost.kind).not.toBe('exact');
});

describe('by the price list', () => {
  afterEach(() => vi.unstubAllGlobals());

  const google = {
    provider: 'gemini',
    model: 'gemini-2.5-pro',
    apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai',
  };
  const anthropic = { ...claude, apiBase: 'https://api.anthropic.com' };
  const router = { provider: 'openrouter', apiBase: 'https://openrouter.ai/api/v1' };
  const free = { ...router, model: 'meta-llama/llama-3.3-70b-instruct:free' };
  const gpt5 = { model: 'gpt-5' };

  test.each<readonly [string, Partial<Deployment>, string, number | undefined]>([
    ['chat: the shorter length', google, chatOf(200_000, 1_000), 0.26],
    ['chat: the longer length', google, chatOf(250_000, 1_000), 0.64],
    ['messages: the shorter length', anthropic, messagesOf(200_000, 1_000), 0.615],
    ['messages: the longer length', anthropic, messagesOf(250_000, 1_000), 1.5225],
    ['chat: the usual tier', gpt5, chatOf(1_000, 1_000, {}, 'default'), 0.01125],
    ['chat: a tier', { ...gpt5, ...asking('flex') }, chatOf(1_000, 1_000, {}, 'flex'), undefined],
    [
      'responses: the usual tier',
      { ...gpt5, ...responses },
      responsesOf(1_000, 1_000, {}, 'default'),
      0.01125,
    ],
    [
      'responses: a tier',
      { ...gpt5, ...responses, ...asking('flex') },
      responsesOf(1_000, 1_000, {}, 'flex'),
      undefined,
    ],
    [
      'responses: a tier that was not asked for',
      { ...gpt5, ...responses },
      responsesOf(1_000, 1_000, {}, 'priority'),
      undefined,
    ],
    [
      'messages: a cache that keeps for an hour',
      anthropic,
      messagesOf(200, 20, hour),
      0.0006 + 0.001_125 + 0.003 + 0.0003,
    ],
    ['chat: a free variant', free, chatOf(1_000, 1_000), 0],
    ['responses: a free variant', { ...free, ...responses }, responsesOf(1_000, 1_000), 0],
  ])('%s', async (_name, deployment, body, usd) => {
    const headers = { 'content-type': 'text/event-stream' };
    // The price depends on the real address, which is not asked.
    const answered = body.replaceAll('"gpt-4o-mini"', '""');
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(answered, { headers })));
    const { cost } = await ask(deploymentWith(deployment), {});
    if (usd === undefined) expect(cost.kind).not.toBe('exact');
    else expect(cost).toEqual(exactly(usd));
  });
});
