import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallOptions } from '../../src/core/terms/call-options';
import type { Deployment } from '../../src/core/terms/deployment';
import type { ModelClient } from '../../src/core/terms/ports';
import { createModelClient } from '../../src/providers/model-clients';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';
import { field } from '../wire/wire-server';
import { collect, deploymentWith, editorModels, fixture, key, keys, question } from './stream-helpers';

/** A new one for each test: it remembers what was refused. */
let client: ModelClient;
let server: WireServer;

beforeAll(async () => {
  server = await startReplayServer();
});
beforeEach(() => {
  client = createModelClient({ keys, editorModels });
});
afterEach(() => server.forget());
afterAll(() => server.close());

const protocols = {
  chat: ['openai/answer.sse', { protocol: 'chat-completions' }],
  responses: ['responses/answer.sse', { protocol: 'responses', model: 'gpt-5.5' }],
  azure: ['azure/answer.sse', { provider: 'azure', model: 'my gpt', apiVersion: '2025-03-01-preview' }],
  openrouter: ['openrouter/answer.sse', { provider: 'openrouter', model: 'openai/gpt-4o-mini' }],
  anthropic: ['anthropic/answer.sse', { provider: 'anthropic', protocol: 'anthropic-messages' }],
} as const;

/** What was sent for a call with these options; the last request where there were several. */
async function sent(
  protocol: keyof typeof protocols,
  change: Partial<Deployment> = {},
  options?: CallOptions,
  apiBase = server.url,
  messages = question,
) {
  const [file, basis] = protocols[protocol];
  server.script({ kind: 'raw', body: fixture(file) });
  const deployment = deploymentWith({ ...basis, apiBase, ...change });
  const call = { deployment, messages, ...(options && { options }) };
  const events = await collect(client.stream(call, new AbortController().signal));
  const request = server.requests.at(-1);
  return { events, request, body: request?.body as Record<string, unknown> };
}

const full: CallOptions = { maxOutputTokens: 100, temperature: 0.3, reasoningEffort: 'low' };

describe('options are sent in the words of the protocol', () => {
  test('chat completions', async () => {
    const { body } = await sent('chat', { options: full });
    expect(body).toMatchObject({ max_tokens: 100, temperature: 0.3, reasoning_effort: 'low' });
    expect(body).not.toHaveProperty('usage');
  });

  test('responses, which are told to keep nothing', async () => {
    const { body, request } = await sent('responses', { options: { ...full, maxOutputTokens: 1 } });
    expect(request?.path).toBe('/responses');
    expect(body).toEqual({
      model: 'gpt-5.5',
      input: [{ role: 'user', content: 'What is 6 × 7?' }],
      max_output_tokens: 16,
      temperature: 0.3,
      reasoning: { effort: 'low' },
      store: false,
      stream: true,
    });
  });

  test('Azure, with its address, version and header', async () => {
    const { body, request } = await sent('azure', { options: full });
    expect(request?.path).toBe(
      '/openai/deployments/my%20gpt/chat/completions?api-version=2025-03-01-preview',
    );
    expect(request?.headers['api-key']).toBe(key);
    expect(request?.headers.authorization).toBeUndefined();
    expect(body).toMatchObject({ max_completion_tokens: 100 });
  });

  test('Azure’s undated API', async () => {
    const { request } = await sent('azure', { apiVersion: undefined }, undefined, `${server.url}/openai/v1/`);
    expect(request?.path).toBe('/openai/v1/chat/completions');
    expect(request?.headers['api-key']).toBe(key);
    expect(request?.headers.authorization).toBeUndefined();
  });

  test('OpenRouter is asked for the cost, and no other', async () => {
    expect((await sent('openrouter')).body).toHaveProperty('usage', { include: true });
  });

  test('nothing is sent of what nobody set', async () => {
    expect(Object.keys((await sent('chat')).body).sort()).toEqual([
      'messages',
      'model',
      'stream',
      'stream_options',
    ]);
  });

  test('the request’s come first, of two limits the smaller', async () => {
    const { body } = await sent('chat', { options: full }, { maxOutputTokens: 500, temperature: 1 });
    expect(body).toMatchObject({ max_tokens: 100, temperature: 1, reasoning_effort: 'low' });
  });
});

describe('Claude', () => {
  const claude = { model: 'claude-sonnet-4-5' };

  test.each([
    ['claude-opus-5-5', 'medium', { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } }],
    ['claude-sonnet-5', 'xhigh', { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }],
    ['claude-opus-4-6', 'xhigh', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
    ['claude-opus-4-8', 'none', { thinking: { type: 'disabled' } }],
    ['claude-sonnet-4-5-20250929', 'high', { thinking: { type: 'enabled', budget_tokens: 16_000 } }],
    ['claude-sonnet-4-20250514', 'minimal', { thinking: { type: 'enabled', budget_tokens: 1_600 } }],
  ] as const)('%s thinks with effort %s', async (model, reasoningEffort, fields) => {
    const { body } = await sent('anthropic', { model, options: { reasoningEffort, temperature: 0.5 } });
    expect(body).toMatchObject(fields);
    expect('temperature' in body).toBe(reasoningEffort === 'none');
  });

  test.each([
    ['claude-sonnet-4-5', { reasoningEffort: 'none' }],
    ['claude-3-5-haiku-latest', { reasoningEffort: 'high' }],
    ['claude-sonnet-4-5', { reasoningEffort: 'high', maxOutputTokens: 1_000 }],
  ] as const)('%s does not think where it can not, or must not: %o', async (model, options) => {
    expect((await sent('anthropic', { model, options })).body).not.toHaveProperty('thinking');
  });

  test('is asked for no more than it can write', async () => {
    const { body } = await sent('anthropic', {
      model: 'claude-opus-4-1',
      options: { maxOutputTokens: 500_000, temperature: 1.8 },
    });
    expect(body).toMatchObject({ max_tokens: 32_000, temperature: 1 });
  });

  describe('is asked to keep a conversation that goes on', () => {
    const answered = { role: 'assistant', text: '42' } as const;
    const goesOn = [...question, answered, { role: 'user', text: 'And 7 × 6?' } as const];
    const end = { cache_control: { type: 'ephemeral' } };
    const marks = (body: unknown): number => JSON.stringify(body).split('cache_control').length - 1;

    test('up to its end, and up to where the request before ended', async () => {
      const { body } = await sent('anthropic', claude, undefined, server.url, [
        ...goesOn,
        answered,
        ...goesOn,
      ]);
      expect(body['messages']).toEqual([
        { role: 'user', content: 'What is 6 × 7?' },
        { role: 'assistant', content: '42' },
        { role: 'user', content: 'And 7 × 6?' },
        { role: 'assistant', content: '42' },
        { role: 'user', content: [{ type: 'text', text: 'What is 6 × 7?', ...end }] },
        { role: 'assistant', content: '42' },
        { role: 'user', content: [{ type: 'text', text: 'And 7 × 6?', ...end }] },
      ]);
      expect(marks(body)).toBe(2);
    });

    test('also a tool loop, after the last of several results', async () => {
      const call = (id: string) => ({ id, name: 'read', input: {} });
      const result = (callId: string) => ({ callId, text: 'It says 42.' });
      const { body } = await sent('anthropic', claude, undefined, server.url, [
        ...question,
        { role: 'assistant', text: '', toolCalls: [call('a'), call('b')] },
        { role: 'user', text: '', toolResults: [result('a')] },
        { role: 'user', text: '', toolResults: [result('b')] },
      ]);
      expect(body['messages']).toMatchObject([
        { content: [{ type: 'text', ...end }] },
        { content: [{ type: 'tool_use' }, { type: 'tool_use' }] },
        { content: [{ tool_use_id: 'a' }, { tool_use_id: 'b', ...end }] },
      ]);
      expect(marks(body)).toBe(2);
    });

    test('where several messages of the user end a turn, after the last of them', async () => {
      const last = { role: 'user', text: 'Both?' } as const;
      const { body } = await sent('anthropic', claude, undefined, server.url, [
        ...goesOn,
        last,
        answered,
        last,
      ]);
      const ends = (body['messages'] as { content: unknown }[]).map(({ content }) => marks(content));
      expect(ends).toEqual([0, 0, 0, 1, 0, 1]);
    });

    test('and not a single question', async () => {
      expect(marks((await sent('anthropic', claude)).body)).toBe(0);
    });

    test.each([
      ['for longer', { type: 'ephemeral', ttl: '1h' }, 1],
      ['never', null, 0],
    ])('%s, where extra_body says so', async (_how, cacheControl, expected) => {
      const own = { ...claude, options: { extraBody: { cache_control: cacheControl } } };
      const { body } = await sent('anthropic', own, undefined, server.url, goesOn);
      expect(body['cache_control']).toEqual(cacheControl ?? undefined);
      expect(marks(body)).toBe(expected);
    });

    test('unless its server doesn’t know that', async () => {
      const message = 'messages.0.content.0.text.cache_control: Extra inputs are not permitted';
      const refusal = { type: 'error', error: { type: 'invalid_request_error', message } };
      server.script({ kind: 'error', status: 400, body: refusal }, { times: 1 });
      const { body, events } = await sent('anthropic', claude, undefined, server.url, goesOn);
      expect(server.requests.map((request) => marks(request.body))).toEqual([2, 0]);
      expect(field(body, 'model')).toBe(claude.model);
      expect(events.at(-1)?.type).toBe('finished');
    });
  });
});

describe('further fields', () => {
  test.each(['chat', 'responses', 'azure', 'anthropic'] as const)(
    'of %s are sent, but replace nothing of Conduit’s',
    async (protocol) => {
      const extraBody = {
        top_p: 0.9,
        model: 'another',
        messages: [],
        input: 'another',
        stream: false,
        max_tokens: 9_999,
        max_completion_tokens: 9_999,
        max_output_tokens: 9_999,
      };
      const { body } = await sent(protocol, { options: { extraBody, maxOutputTokens: 50 } });
      expect(body).toMatchObject({ top_p: 0.9, stream: true });
      expect(JSON.stringify(body)).not.toMatch(/9999/);
      expect(body['model']).not.toBe('another');
      expect(JSON.stringify(body['messages'] ?? body['input'])).toContain('What is 6 × 7?');
    },
  );
});

describe('what a server refuses', () => {
  const openAiError = (message: string) => ({ error: { message, type: 'invalid_request_error' } });

  test.each([
    [
      'the name of the limit',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { max_completion_tokens: 100, temperature: 0.3 },
      'max_tokens',
    ],
    [
      'a limit that is too high',
      'max_tokens is too large: 100. This model supports at most 64 completion tokens.',
      { temperature: 0.3, max_tokens: 64 },
      'max_completion_tokens',
    ],
    [
      'temperature',
      "Unsupported value: 'temperature' does not support 0.3 with this model.",
      { max_tokens: 100 },
      'temperature',
    ],
    [
      'reasoning effort',
      'Unrecognized request argument supplied: reasoning_effort',
      { max_tokens: 100 },
      'reasoning_effort',
    ],
    [
      'reasoning effort, as Ollama does',
      '"llama3.2:latest" does not support thinking',
      { max_tokens: 100 },
      'reasoning_effort',
    ],
  ])('is said otherwise or left out: %s', async (_what, message, kept, dropped) => {
    server.script({ kind: 'error', status: 400, body: openAiError(message) }, { times: 1 });
    const { body, events } = await sent('chat', { options: full });
    expect(server.requests).toHaveLength(2);
    expect(body).toMatchObject(kept);
    expect(body).not.toHaveProperty(dropped);
    expect(events.at(-1)?.type).toBe('finished');
  });

  test('several refusals are met one by one', async () => {
    const refusals = ['stream_options', 'max_tokens', 'temperature', 'reasoning_effort'];
    for (const name of refusals) {
      const body = openAiError(`Unrecognized request argument supplied: ${name}`);
      server.script({ kind: 'error', status: 400, body }, { times: 1 });
    }
    const { body, events } = await sent('chat', { options: full });
    expect(events.at(-1)?.type).toBe('finished');
    expect(Object.keys(body).sort()).toEqual(['max_completion_tokens', 'messages', 'model', 'stream']);
  });

  test('what is refused all the same is asked once more, and fails', async () => {
    server.script({ kind: 'error', status: 400, body: openAiError('temperature must be below 0.2') });
    const deployment = deploymentWith({ apiBase: server.url, options: full });
    const events = await collect(
      client.stream({ deployment, messages: question }, new AbortController().signal),
    );
    expect(server.requests.map(({ body }) => field(body, 'temperature'))).toEqual([0.3, undefined]);
    expect(events.at(-1)).toMatchObject({ failure: { reason: 'invalid-request' } });
  });

  test('what was refused is not sent again to that deployment, but to any other', async () => {
    const body = openAiError('Unrecognized request argument supplied: reasoning_effort');
    server.script({ kind: 'error', status: 400, body }, { times: 1 });
    await sent('chat', { options: full });
    await sent('chat', { options: full });
    await sent('chat', { options: full, id: 'another' });
    const efforts = server.requests.map((request) => field(request.body, 'reasoning_effort'));
    expect(efforts).toEqual(['low', undefined, undefined, 'low']);
  });

  test('Claude goes on without thinking, and with the largest limit that it takes', async () => {
    const refusal = (message: string) => ({
      type: 'error',
      error: { type: 'invalid_request_error', message },
    });
    for (const message of [
      '"thinking.type.enabled" is not supported for this model.',
      'max_tokens: 20000 > 16000, which is the maximum allowed number of output tokens for some-model',
    ]) {
      server.script({ kind: 'error', status: 400, body: refusal(message) }, { times: 1 });
    }
    const { body } = await sent('anthropic', {
      model: 'some-model',
      options: { reasoningEffort: 'high', maxOutputTokens: 20_000 },
    });
    expect(body).toMatchObject({ max_tokens: 16_000 });
    expect(body).not.toHaveProperty('thinking');
  });
});

test('LiteLLM’s header says the cost where its stream does not; 0 is no report', async () => {
  const usd = async (cost: string): Promise<unknown> => {
    const headers = { 'x-litellm-call-id': 'b980db26', 'x-litellm-response-cost': cost };
    server.forget();
    server.script({ kind: 'raw', body: fixture('litellm/answer.sse'), headers });
    const deployment = deploymentWith({ apiBase: server.url, model: 'fast' });
    const events = await collect(
      client.stream({ deployment, messages: question }, new AbortController().signal),
    );
    const end = events.at(-1);
    return end?.type === 'finished' ? end.costUsd : end;
  };
  expect(await usd('0.00042')).toBe(0.00042);
  expect(await usd('0.0')).toBeUndefined();
  expect(await usd('None')).toBeUndefined();
});

test('a server that names the key as its model does not pass it on', async () => {
  const body = fixture('openai/answer.sse').replaceAll('gpt-4o-mini-2024-07-18', `echo-${key}`);
  server.script({ kind: 'raw', body });
  const deployment = deploymentWith({ apiBase: server.url });
  const events = await collect(
    client.stream({ deployment, messages: question }, new AbortController().signal),
  );
  expect(events.at(-1)).toMatchObject({ servedModel: 'echo-[key]' });
});

test('Azure takes nothing from the environment', async () => {
  vi.stubEnv('AZURE_OPENAI_API_KEY', 'of-the-environment');
  vi.stubEnv('OPENAI_API_VERSION', '1999-01-01');
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/environment');
  const { request } = await sent('azure', { apiVersion: undefined });
  vi.unstubAllEnvs();
  expect(request?.path).toBe('/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21');
  expect(JSON.stringify(request?.headers)).not.toContain('environment');
});
