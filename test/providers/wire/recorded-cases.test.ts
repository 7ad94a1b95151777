import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FailureReason } from '../../../src/core/terms/failure';
import type { Usage } from '../../../src/core/terms/receipt';
import { loadConfiguration } from '../../../src/config/load-configuration';
import { createPriceBook } from '../../../src/providers/prices/prices';
import { deploymentWith } from '../stream-helpers';
import type { Sent } from './replies';
import { jsonReply, replyIn, startReplyServer } from './replies';
import type { Outcome } from './wire-case';
import { ask, askedIn, calledWith, newDispatcher, replay } from './wire-case';

/** The cases of test/fixtures/wire, by their numbers; 06 stands in life.test.ts. */

const withUsage = (inputTokens: number, outputTokens: number) => ({ usage: { inputTokens, outputTokens } });
const exactly = (usd: number) => ({ cost: { kind: 'exact', usd: expect.closeTo(usd, 10) as number } });
const failure = (reason: FailureReason, detail: RegExp) => ({
  end: 'failed',
  reason,
  detail: expect.stringMatching(detail) as string,
});
const whole42 = { text: '42', end: 'whole' };

function expectNoExactCost({ cost }: Outcome): void {
  expect(cost.kind).not.toBe('exact');
}

function lists(sent: Sent, name: string): readonly Readonly<Record<string, unknown>>[] {
  return (sent[name] ?? []) as readonly Readonly<Record<string, unknown>>[];
}

test('01: arguments as an object', async () => {
  const outcome = await replay('01-arguments-as-object/');
  expect(calledWith(outcome)).toEqual([['read_file', { path: 'a' }]]);
  expect(outcome).toMatchObject({ end: 'whole', ...withUsage(100, 10) });
});

test.each(['a', 'b', 'c'])('02 %s: two calls, however they are numbered and named', async (part) => {
  const outcome = await replay(`02-parallel-calls-without-ids/${part}-`);
  expect(calledWith(outcome)).toEqual([
    ['read_file', { path: 'a' }],
    ['read_file', { path: 'b' }],
  ]);
  expect(new Set(outcome.calls.map(({ id }) => id)).size).toBe(2);
});

test('02 d, e: one call with another id in each piece; no input', async () => {
  expect(calledWith(await replay('02-parallel-calls-without-ids/d-'))).toEqual([
    ['read_file', { path: 'a' }],
  ]);
  expect(calledWith(await replay('02-parallel-calls-without-ids/e-'))).toEqual([['read_file', {}]]);
});

test.each(['a', 'b'])('04 %s: thoughts beside the output, or in it', async (part) => {
  expect(await replay(`04-reasoning-tokens-beside/${part}-`)).toMatchObject({
    ...withUsage(40, 131),
    ...exactly(0.000564),
  });
});

test.each([
  ['a', withUsage(100, 10)],
  ['b', withUsage(100, 10)],
  ['c', {}],
  ['d', withUsage(10, 2)],
  ['e', {}],
])('08 %s: events without JSON', async (part, usage) => {
  expect(await replay(`08-events-without-json/${part}-`)).toMatchObject({ ...whole42, ...usage });
});

test.each([
  ['a', failure('not-found', /lantern-8b is not loaded/), 1],
  ['b', failure('quota', /Insufficient balance/), 1],
  ['c', failure('malformed-stream', /page.*please sign in/), 1],
  ['d', { end: 'failed' }, 1],
  ['e', failure('refused-key', /token of this gateway has run out/), 1],
  ['f', failure('quota', /Insufficient balance/), 1],
  ['g', { end: 'failed', detail: expect.stringContaining('Unexpected endpoint or method') as string }, 1],
])('09 %s: status 200, and no stream', async (part, expected, requests) => {
  const outcome = await replay(`09-200-that-is-no-stream/${part}-`);
  expect(outcome).toMatchObject(expected);
  expect(outcome.sent).toHaveLength(requests);
});

test.each([
  ['a', failure('context-too-long', /longer than the maximum context length/)],
  ['b', failure('invalid-request', /logprobs above the allowed 20/)],
  ['c', failure('server-error', /run out of memory/)],
  ['d', failure('invalid-request', /takes no images/)],
  ['e', { end: 'failed', text: 'It ', detail: expect.stringContaining('upstream went away') as string }],
])('11 %s: errors within a stream, of any shape', async (part, expected) => {
  expect(await replay(`11-error-events-of-other-shapes/${part}-`)).toMatchObject(expected);
});

test('13: too long, in any words; where the limit of the answer is what is too long, it is lowered', async () => {
  const fits = ({ max_tokens: limit }: Sent): boolean => typeof limit === 'number' && limit <= 20_000;
  const a = await replay('13-too-long-in-other-words/a-', fits);
  expect(a).toMatchObject(whole42);
  expect(a.sent.map((sent) => sent['max_tokens'])).toEqual([32_000, 20_000]);
  for (const [part, words] of [
    ['b', /maximum prompt length is 131072/],
    ['c', /exceeded model token limit/],
    ['d', /exceeds max length/],
  ] as const)
    expect(await replay(`13-too-long-in-other-words/${part}-`)).toMatchObject(
      failure('context-too-long', words),
    );
});

test.each([
  ['a', ({ temperature }: Sent) => temperature === undefined || temperature === 1],
  ['b', ({ temperature }: Sent) => temperature === undefined || (temperature as number) <= 1],
  ['c', ({ temperature }: Sent) => temperature === undefined || temperature === 1],
])('14 %s: a temperature that is refused', async (part, accepts) => {
  expect(await replay(`14-temperature-refused-in-other-words/${part}-`, accepts)).toMatchObject(whole42);
});

test('15: ids of nine letters', async () => {
  const ids = (sent: Sent): readonly unknown[] =>
    lists(sent, 'messages').flatMap((message) => [
      ...(message['tool_call_id'] === undefined ? [] : [message['tool_call_id']]),
      ...((message['tool_calls'] ?? []) as readonly { id: unknown }[]).map(({ id }) => id),
    ]);
  const outcome = await replay('15-tool-id-mistral/', (sent) =>
    ids(sent).every((id) => typeof id === 'string' && /^[a-zA-Z0-9]{9}$/.test(id)),
  );
  expect(outcome).toMatchObject(whole42);
  expect(new Set(ids(outcome.sent.at(-1) ?? {})).size).toBe(1);
});

test('17: an empty answer in the history', async () => {
  const outcome = await replay('17-empty-assistant-message/', (sent) =>
    lists(sent, 'messages').every(({ role, content }) => role !== 'assistant' || content !== ''),
  );
  expect(outcome).toMatchObject(whole42);
  expect(JSON.stringify(outcome.sent.at(-1))).toMatch(/One\?.*Six times seven\?/);
});

test.each([
  ['a', ''],
  ['b', ''],
  ['c', 'I read it.'],
])('19 %s: the limit cuts a tool call', async (part, text) => {
  const outcome = await replay(`19-limit-cuts-a-tool-call/${part}-`);
  expect(outcome).toMatchObject({ text, calls: [], ...withUsage(100, 4096) });
  if (text === '') expect(outcome.detail).toMatch(/token limit/);
  else expect(outcome.end).toBe('cut');
  expect(outcome.sent).toHaveLength(1);
});

test.each([
  ['a', { end: 'failed', reason: 'content-filter', text: 'First half of ' }],
  ['b', { end: 'failed', reason: 'server-error', text: 'First half of ' }],
  ['c', { end: 'cut', text: 'First half of ' }],
  ['d', { end: 'failed', reason: 'malformed-stream', text: 'I look it up.' }],
  ['e', { end: 'failed', text: 'First half of ' }],
  ['f', { end: 'failed', text: 'First half of ' }],
  ['g', { end: 'whole', text: 'It is 42.' }],
])('20 %s: how an answer ended, in other words', async (part, expected) => {
  expect(await replay(`20-finish-reasons/${part}-`)).toMatchObject({ ...expected, ...withUsage(100, 10) });
});

test('20 h: a call without a finish reason', async () => {
  expect(calledWith(await replay('20-finish-reasons/h-'))).toEqual([['read_file', { path: 'a' }]]);
});

test('21: a schema without properties', async () => {
  type Tool = { readonly function: { readonly parameters: Readonly<Record<string, unknown>> } };
  const outcome = await replay('21-tool-schema-without-properties/', (sent) =>
    (sent['tools'] as readonly Tool[]).every((tool) => 'properties' in tool.function.parameters),
  );
  expect(outcome).toMatchObject(whole42);
  expect(lists(outcome.sent.at(-1) ?? {}, 'tools')).toHaveLength(1);
});

test('22: a limit of spending, told by 400', async () => {
  const outcome = await replay('22-spending-limit-told-by-400/');
  expect(outcome).toMatchObject(failure('quota', /specified API usage limits/));
  expect(outcome.sent).toHaveLength(1);
});

test.each([
  ['a', failure('context-too-long', /first 15200 tokens/)],
  ['b', failure('context-too-long', /greater than the context length/)],
  ['c', failure('context-too-long', /longer than the context window/)],
  ['d', { end: 'failed' }],
])('26 %s: too long, told inside the stream', async (part, expected) => {
  const outcome = await replay(`26-too-long-told-inside-the-stream/${part}-`);
  expect(outcome).toMatchObject(expected);
  expect(outcome.sent).toHaveLength(1);
});

test('27: usage behind the last choice', async () => {
  const expected = { ...whole42, ...withUsage(100, 10), ...exactly(0.00123) };
  expect(await replay('27-usage-after-the-last-choice/')).toMatchObject(expected);
});

test('29: a finish reason that is an empty text', async () => {
  expect(await replay('29-finish-reason-empty-text/')).toMatchObject(whole42);
});

test('30: an error event of the Responses API', async () => {
  const outcome = await replay('30-responses-error-event/');
  expect(outcome).toMatchObject({
    end: 'failed',
    detail: expect.stringContaining('Request too large') as string,
  });
  expect(['rate-limit', 'quota', 'context-too-long']).toContain(outcome.reason);
});

test('31: zeros that can’t be true', async () => {
  expectNoExactCost(await replay('31-usage-of-zeros/a-'));
  expectNoExactCost(await replay('31-usage-of-zeros/b-'));
  expect(await replay('31-usage-of-zeros/c-')).toMatchObject({
    ...withUsage(1234, 200),
    ...exactly(0.002034),
  });
});

test('33: what the cache keeps for an hour costs more', async () => {
  const a = await replay('33-one-hour-cache-writes/a-');
  if (a.cost.kind === 'exact') expect(a.cost.usd).toBeCloseTo(2.000018, 8);
  const b = listed({
    provider: 'anthropic',
    apiBase: 'https://api.anthropic.com',
    model: 'claude-sonnet-4-5',
    options: { extraBody: { cache_control: { type: 'ephemeral', ttl: '1h' } } },
    usage: { inputTokens: 100_000, outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 100_000 },
  });
  if (b.kind === 'exact') expect(b.usd).toBeCloseTo(0.6, 8);
  expect(await replay('33-one-hour-cache-writes/c-')).toMatchObject(exactly(1.250018));
});

test.each([
  ['a', 0.000018],
  ['b', 0.00014],
  ['c', 0.00014],
  ['d', 0.00014],
])('34 %s: a model that is named otherwise', async (part, usd) => {
  const outcome = await replay(`34-model-named-otherwise/${part}-`);
  expect(outcome).toMatchObject({ end: 'whole', servedModel: undefined, ...exactly(usd) });
});

test('35: thoughts within the text', async () => {
  expect(await replay('35-think-tags/')).toMatchObject({ ...whole42, thoughts: 'Six sevens.' });
});

test('36: how lines end and bytes are cut', async () => {
  const text = 'Größe: 雪🙂';
  const a = await replay('36-bytes/a-', undefined, { pieceBytes: 1 });
  expect(a).toMatchObject({ text, end: 'whole', ...withUsage(100, 10) });
  expect(await replay('36-bytes/b-')).toMatchObject({ text, end: 'whole', ...withUsage(100, 10) });
  expect(await replay('36-bytes/c-')).toMatchObject(whole42);
  expect(await replay('36-bytes/d-')).toMatchObject({ text, end: 'whole', ...withUsage(100, 10) });
});

test('38: content in start and done events', async () => {
  expect(calledWith(await replay('38-content-in-start-or-end-events/a-'))).toEqual([
    ['read_file', { path: 'a' }],
  ]);
  for (const part of ['b', 'c'])
    expect(await replay(`38-content-in-start-or-end-events/${part}-`)).toMatchObject({
      text: 'It is 42.',
      end: 'whole',
    });
});

interface Listed {
  readonly provider?: string;
  readonly apiBase: string;
  readonly model: string;
  readonly options?: { readonly extraBody?: Readonly<Record<string, unknown>> };
  readonly usage: Usage;
}

function listed({ usage, ...change }: Listed) {
  return createPriceBook().costOf(deploymentWith({ ...change, price: undefined }), usage, true);
}

test('48: price tiers', () => {
  const text = readFileSync(
    new URL('../../fixtures/wire/48-price-tiers-of-the-file/conduit.yaml', import.meta.url),
    'utf8',
  );
  const { configuration } = loadConfiguration({
    file: { name: 'conduit.yaml', text },
    environment: { GEMINI_API_KEY: 'AIza-of-nobody' },
    storedHosts: new Set(),
  });
  const deployment = configuration.pools
    .flatMap(({ deployments }) => deployments)
    .find(({ id }) => id === 'g');
  if (deployment === undefined) throw new Error('The model was left out.');
  const costOf = (inputTokens: number, outputTokens: number) =>
    createPriceBook().costOf(deployment, { inputTokens, outputTokens, cachedInputTokens: 0 }, true);
  const long = costOf(250_000, 1_000);
  if (long.kind === 'exact') expect(long.usd).toBeCloseTo(0.64, 8);
  expect(costOf(1_000, 1_000)).toEqual({ kind: 'exact', usd: expect.closeTo(0.01125, 10) as number });

  const gemini = {
    provider: 'gemini',
    apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai',
    model: 'gemini-2.5-pro',
  };
  const anthropic = {
    provider: 'anthropic',
    apiBase: 'https://api.anthropic.com',
    model: 'claude-sonnet-4-5',
  };
  const openai = { apiBase: 'https://api.openai.com/v1' };
  const usage = (inputTokens: number, outputTokens: number, cachedInputTokens = 0) => ({
    inputTokens,
    outputTokens,
    cachedInputTokens,
  });
  const rows: readonly (readonly [Listed, number])[] = [
    [{ ...gemini, usage: usage(250_000, 1_000) }, 0.64],
    [{ ...gemini, usage: usage(200_000, 1_000) }, 0.26],
    [{ ...anthropic, usage: usage(250_000, 1_000) }, 1.5225],
    [{ ...openai, model: 'o3', usage: { ...usage(1_000, 1_000), reasoningTokens: 800 } }, 0.01],
    [{ ...anthropic, usage: usage(1_000, 0, 900) }, 0.00057],
    [
      {
        provider: 'openrouter',
        apiBase: 'https://openrouter.ai/api/v1',
        model: 'meta-llama/llama-3.3-70b-instruct:free',
        usage: usage(1_000, 1_000),
      },
      0,
    ],
  ];
  for (const [each, usd] of rows)
    expect(listed(each)).toEqual({ kind: 'exact', usd: expect.closeTo(usd, 10) as number });
  const flex = { options: { extraBody: { service_tier: 'flex' } } };
  expect(listed({ ...openai, ...flex, model: 'gpt-5', usage: usage(1_000, 1_000) }).kind).not.toBe('exact');
});

test('49: a 403 that is not about the key', async () => {
  expect(await replay('49-403-that-is-no-key/a-')).toMatchObject(
    failure('no-access', /Checking your browser/),
  );
  expect(await replay('49-403-that-is-no-key/b-')).toMatchObject(
    failure('no-access', /region, or territory not supported/),
  );
});

test('50: options that are refused', async () => {
  const a = await replay('50-options-refused/a-');
  expect(a).toMatchObject(whole42);
  expect(a.sent.at(-1)).not.toHaveProperty('stream_options');
  const b = await replay('50-options-refused/b-');
  expect(b).toMatchObject(whole42);
  expect(b.sent.at(-1)).toMatchObject({ max_completion_tokens: 900 });
  expect(b.sent.at(-1)).not.toHaveProperty('temperature');
});

test('51: a local server that cuts the prompt', async () => {
  const path = '51-ollama-cuts-the-prompt/';
  const server = await startReplyServer(() => replyIn(`${path}reply-1`) ?? jsonReply(500, {}));
  try {
    const deployment = deploymentWith({ apiBase: server.url, ...askedIn(path).deployment });
    const messages = [{ role: 'user', text: 'word '.repeat(30_000) }] as const;
    const cuts: unknown[] = [];
    const outcome = await ask(
      deployment,
      { messages },
      newDispatcher((cut) => cuts.push(cut)),
    );
    expect(outcome).toMatchObject({ text: 'Hm?', end: 'whole', ...withUsage(4095, 3) });
    expect(cuts).toEqual([{ deploymentId: 'model', sentTokens: 37_500, readTokens: 4095 }]);
  } finally {
    await server.close();
  }
});

test('53: a broken call, told inside the stream', async () => {
  const outcome = await replay('53-groq-broken-call-in-stream/');
  expect(outcome).toMatchObject(whole42);
  expect(outcome.sent).toHaveLength(2);
});

test('57: LiteLLM’s cost in a header', async () => {
  for (const part of ['a', 'b']) {
    const asked = askedIn(`57-litellm-cost-header/${part}-`);
    expect(asked.deployment).toEqual({ provider: 'litellm_proxy' });
    expectNoExactCost(await replayWithoutPrice(`57-litellm-cost-header/${part}-`));
  }
  expect(await replayWithoutPrice('57-litellm-cost-header/c-')).toMatchObject(exactly(0.00042));
});

async function replayWithoutPrice(path: string): Promise<Outcome> {
  const server = await startReplyServer(() => replyIn(`${path}reply-1`) ?? jsonReply(500, {}));
  try {
    const deployment = deploymentWith({ apiBase: server.url, ...askedIn(path).deployment, price: undefined });
    return { ...(await ask(deployment, askedIn(path))), sent: server.sent };
  } finally {
    await server.close();
  }
}

test('58: what vendors document', async () => {
  expect(await replay('58-azure-openai-groq-basics/a-')).toMatchObject({
    end: 'failed',
    reason: 'content-filter',
  });
  const b = await replay('58-azure-openai-groq-basics/b-');
  expect(b).toMatchObject({ end: 'failed', reason: 'quota' });
  expect(b.sent).toHaveLength(1);
  expect(await replay('58-azure-openai-groq-basics/c-')).toMatchObject({ ...whole42, ...exactly(0.00014) });
  expect(calledWith(await replay('58-azure-openai-groq-basics/d-'))).toEqual([
    ['read_file', { path: '1' }],
    ['read_file', { path: '2' }],
  ]);
  expect(await replay('58-azure-openai-groq-basics/e-')).toMatchObject({
    end: 'failed',
    reason: 'server-error',
    retryAfterMs: 20_000,
  });
});
