import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAnthropicClient } from '../../src/providers/protocols/anthropic';
import { startAnthropicServer } from '../wire/anthropic-server';
import type { WireServer } from '../wire/wire-server';
import { field } from '../wire/wire-server';
import {
  call,
  collect,
  deploymentWith,
  failureOf,
  fixture,
  key,
  keys,
  question,
  textOf,
} from './stream-helpers';

const client = createAnthropicClient(keys);
let server: WireServer;
const deployment = (change = {}) =>
  deploymentWith({
    provider: 'anthropic',
    protocol: 'anthropic-messages',
    model: 'claude-sonnet-4-5',
    apiBase: server.url,
    ...change,
  });
const replay = (name: string, then?: 'cut') =>
  server.script({ kind: 'raw', body: fixture(`anthropic/${name}.sse`), ...(then && { then }) });

beforeAll(async () => {
  server = await startAnthropicServer();
});
afterEach(() => server.forget());
afterAll(() => server.close());

test('headers of the environment reach no server, and can not replace the key', async () => {
  vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'X-Secret: of-another-host\nAuthorization: Bearer of-another-host');
  await call(client, deployment());
  vi.unstubAllEnvs();
  const [request] = server.requests;
  expect(request?.headers['authorization']).toBe(`Bearer ${key}`);
  expect(JSON.stringify(request?.headers)).not.toContain('of-another-host');
});

describe('a documented stream', () => {
  test('yields its texts, usage and served model', async () => {
    replay('answer');
    const events = await call(client, deployment());
    expect(textOf(events)).toBe('Hello!');
    expect(events.at(-1)).toEqual({
      type: 'finished',
      usage: { inputTokens: 25, outputTokens: 15, cachedInputTokens: 0 },
      servedModel: 'claude-sonnet-4-5-20250929',
      truncated: false,
    });
  });

  test('counts what came from the cache as input', async () => {
    replay('cached-tokens');
    expect((await call(client, deployment())).at(-1)).toMatchObject({
      usage: { inputTokens: 1825, outputTokens: 15, cachedInputTokens: 1800 },
    });
  });

  test('cut at the token limit is truncated', async () => {
    replay('truncated');
    expect((await call(client, deployment())).at(-1)).toMatchObject({ type: 'finished', truncated: true });
  });

  test('tells thinking apart from the answer', async () => {
    replay('thinking');
    const stream = client.stream(
      { deployment: deployment(), messages: question },
      new AbortController().signal,
    );
    const events = await collect(stream);
    expect(textOf(events)).toBe('27 * 453 = 12231');
    expect(events.some(({ type }) => type === 'thought')).toBe(true);
  });
});

describe('a stream that goes wrong', () => {
  test.each([
    ['refusal', 'content-filter'],
    ['cut', 'malformed-stream'],
    ['garbage', 'malformed-stream'],
    ['overloaded-in-stream', 'server-error'],
    ['rate-limit-in-stream', 'rate-limit'],
  ])('%s.sse fails as %s', async (name, reason) => {
    replay(name);
    expect(failureOf(await call(client, deployment()))).toMatchObject({ reason, status: undefined });
  });

  test('says what the vendor said', async () => {
    replay('overloaded-in-stream');
    expect(failureOf(await call(client, deployment())).detail).toBe('Overloaded');
  });

  test('a connection cut in the middle is a network failure after what had come', async () => {
    replay('cut', 'cut');
    const events = await call(client, deployment());
    expect(textOf(events)).toBe('Hello!');
    expect(failureOf(events).reason).toBe('network');
  });
});

describe('a refusal', () => {
  const errors = JSON.parse(fixture('anthropic/errors.json')) as Record<
    string,
    { status: number; body: unknown }
  >;

  test.each(Object.entries(errors))(
    'documented as %s is that, in the vendor’s words',
    async (reason, { status, body }) => {
      server.script({ kind: 'error', status, body });
      expect(failureOf(await call(client, deployment()))).toEqual({
        reason: reason.split(' ')[0],
        detail: field(field(body, 'error'), 'message'),
        status,
      });
    },
  );

  test('of a key that the vendor does not know', async () => {
    const strict = await startAnthropicServer({ acceptKeys: ['sk-ant-another'] });
    const failure = failureOf(await call(client, deployment({ apiBase: strict.url })));
    await strict.close();
    expect(failure).toEqual({ reason: 'refused-key', detail: 'invalid x-api-key', status: 401 });
  });

  test('without a key nothing is sent', async () => {
    const events = await call(
      createAnthropicClient({ keyFor: () => Promise.resolve(undefined) }),
      deployment(),
    );
    expect(failureOf(events).reason).toBe('missing-key');
    expect(server.requests).toHaveLength(0);
  });
});

describe('the request', () => {
  test('takes system messages out of the conversation, and drops empty ones', async () => {
    await call(client, deployment(), [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'Hi' },
      { role: 'assistant', text: '' },
      { role: 'system', text: 'Be kind.' },
      ...question,
    ]);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/messages',
      headers: { authorization: `Bearer ${key}`, 'anthropic-version': '2026-10-21' },
      body: {
        model: 'claude-sonnet-4-5',
        max_tokens: 32_000,
        stream: true,
        system: 'Be brief.\n\nBe kind.',
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'user', content: 'What is 6 × 7?' },
        ],
      },
    });
  });

  test.each([
    ['claude-3-haiku-20240307', 4_096],
    ['claude-3-5-haiku-latest', 8_192],
    ['claude-opus-5-5', 32_000],
    ['kimi-k2', 8_192],
  ])('asks %s for no more than it can', async (model, maxTokens) => {
    await call(client, deployment({ model }));
    expect(field(server.requests[0]?.body, 'max_tokens')).toBe(maxTokens);
  });

  test.each(['', '/', '/v1', '/v1/'])('reaches a base that ends in "%s"', async (tail) => {
    await call(client, deployment({ apiBase: `${server.url}${tail}` }));
    expect(server.requests[0]?.path).toBe('/v1/messages');
  });

  test('carries no token of the environment', async () => {
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'token-of-the-environment');
    vi.stubEnv('ANTHROPIC_API_KEY', 'key-of-the-environment');
    const events = await call(createAnthropicClient({ keyFor: () => Promise.resolve('') }), deployment());
    vi.unstubAllEnvs();
    expect(events.at(-1)?.type).toBe('finished');
    expect(JSON.stringify(server.requests[0]?.headers)).not.toContain('environment');
  });
});

test.each(['before the first token', 'in the middle'])('an abort %s closes the connection', async (when) => {
  server.script(
    when === 'in the middle' ? { kind: 'answer', chunks: ['Hello'], then: 'hang' } : { kind: 'hang' },
  );
  const abort = new AbortController();
  const answering = call(client, deployment(), question, abort.signal);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  abort.abort();
  expect((await answering).every(({ type }) => type === 'text' || type === 'alive' || type === 'usage')).toBe(
    true,
  );
  await server.requests[0]?.settled;
  expect(server.requests[0]).toMatchObject({ closedByClient: true, finished: false });
});
