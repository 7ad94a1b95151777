import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createChatCompletionsClient } from '../../src/providers/protocols/chat-completions';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { field } from '../wire/wire-server';
import { call, deploymentWith, failureOf, fixture, key, keys, question, textOf } from './stream-helpers';

const client = createChatCompletionsClient(keys);
let server: WireServer;
const deployment = () => deploymentWith({ apiBase: server.url });
const replay = (name: string, then?: 'cut') =>
  server.script({ kind: 'raw', body: fixture(`openai/${name}.sse`), ...(then && { then }) });

beforeAll(async () => {
  server = await startOpenAiServer();
});
afterEach(() => server.forget());
afterAll(() => server.close());

test('headers of the environment reach no server, and can not replace the key', async () => {
  vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Secret: of-another-host\nAuthorization: Bearer of-another-host');
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
      usage: { inputTokens: 19, outputTokens: 10, cachedInputTokens: 0 },
      servedModel: 'gpt-4o-mini-2024-07-18',
      truncated: false,
    });
  });

  test('reports cached tokens as part of the input', async () => {
    replay('cached-tokens');
    expect((await call(client, deployment())).at(-1)).toMatchObject({
      usage: { inputTokens: 2006, outputTokens: 300, cachedInputTokens: 1920 },
    });
  });

  test('without usage or [DONE] is complete once it gave a finish_reason', async () => {
    replay('no-done');
    expect((await call(client, deployment())).at(-1)).toMatchObject({ type: 'finished', usage: undefined });
  });

  test('cut at the token limit is truncated', async () => {
    replay('truncated');
    expect((await call(client, deployment())).at(-1)).toMatchObject({ type: 'finished', truncated: true });
  });

  test('of a reasoning model leaves the reasoning out', async () => {
    replay('reasoning');
    const events = await call(client, deployment());
    expect(textOf(events)).toBe('9.11 is smaller.');
    expect(events.at(-1)).toMatchObject({ usage: { inputTokens: 17, outputTokens: 40 } });
  });
});

describe('a stream that goes wrong', () => {
  test.each([
    ['content-filter', 'content-filter', undefined],
    ['cut', 'malformed-stream', undefined],
    ['garbage', 'malformed-stream', undefined],
    ['error-in-stream', 'server-error', undefined],
    ['error-with-status-in-stream', 'rate-limit', 429],
  ])('%s.sse fails as %s', async (name, reason, status) => {
    replay(name);
    expect(failureOf(await call(client, deployment()))).toMatchObject({ reason, status });
  });

  test('a connection cut in the middle is a network failure after what had come', async () => {
    replay('cut', 'cut');
    const events = await call(client, deployment());
    expect(textOf(events)).toBe('Hello!');
    expect(failureOf(events).reason).toBe('network');
  });

  test('a page instead of a stream is malformed', async () => {
    server.script({ kind: 'raw', body: '<html>Welcome</html>', contentType: 'text/html' });
    expect(failureOf(await call(client, deployment())).reason).toBe('malformed-stream');
  });

  test('a chunk of another shape is malformed', async () => {
    server.script({ kind: 'raw', body: 'data: {"choices":"none"}\n\n' });
    expect(failureOf(await call(client, deployment())).reason).toBe('malformed-stream');
  });
});

describe('a refusal', () => {
  const errors = JSON.parse(fixture('openai/errors.json')) as Record<
    string,
    { status: number; body: unknown }
  >;

  test.each(Object.entries(errors))(
    'documented as %s is that, in the vendor’s words',
    async (reason, { status, body }) => {
      server.script({ kind: 'error', status, body });
      const failure = failureOf(await call(client, deployment()));
      expect(failure).toMatchObject({ reason: reason.split(' ')[0], status });
      const words = String(field(field(body, 'error'), 'message')).slice(0, 12);
      expect(failure.detail.startsWith(words)).toBe(true);
    },
  );

  test.each([
    ['Ollama', 404, { error: "model 'llama9' not found" }, 'not-found', "model 'llama9' not found"],
    ['FastAPI', 403, { detail: 'Not authenticated' }, 'refused-key', 'Not authenticated'],
    [
      'Gemini',
      400,
      [
        {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
      'refused-key',
      'API key not valid. Please pass a valid API key.',
    ],
    [
      'a proxy',
      502,
      '<html><title>502</title><h1>502 Bad Gateway</h1></html>',
      'server-error',
      'The server answered with a web page: 502 Bad Gateway',
    ],
    ['nobody', 503, '', 'server-error', 'The server answered 503 without a reason.'],
    ['DeepSeek', 402, { error: { message: 'Insufficient Balance' } }, 'quota', 'Insufficient Balance'],
  ])('in the form of %s is understood', async (_who, status, body, reason, detail) => {
    server.script({ kind: 'error', status, body });
    expect(failureOf(await call(client, deployment()))).toEqual({ reason, detail, status });
  });

  test('that quotes the key does not pass it on', async () => {
    const strict = await startOpenAiServer({ acceptKeys: ['sk-another'] });
    const failure = failureOf(await call(client, deploymentWith({ apiBase: strict.url })));
    await strict.close();
    expect(failure.reason).toBe('refused-key');
    expect(failure.detail).not.toContain(key.slice(0, 12));
    expect(failure.detail).toContain('Incorrect API key provided: [key]');
  });

  test('is asked once: retries are the dispatcher’s business', async () => {
    server.script({ kind: 'error', status: 500, body: {} });
    await call(client, deployment());
    expect(server.requests).toHaveLength(1);
  });
});

describe('the request', () => {
  test('carries the conversation with its system message, and asks for usage', async () => {
    await call(client, deployment(), [{ role: 'system', text: 'Be brief.' }, ...question]);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${key}` },
      body: {
        model: 'gpt-4o-mini',
        stream: true,
        stream_options: { include_usage: true },
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'What is 6 × 7?' },
        ],
      },
    });
  });

  test('is repeated without stream_options where the server refuses them', async () => {
    const body = {
      error: {
        message: 'Unrecognized request argument supplied: stream_options',
        type: 'invalid_request_error',
      },
    };
    server.script({ kind: 'error', status: 400, body }, { times: 1 });
    const events = await call(client, deployment());
    expect(events.at(-1)).toMatchObject({ type: 'finished', usage: undefined });
    expect(field(server.requests[1]?.body, 'stream_options')).toBeUndefined();
  });

  test('works where no key is needed, and keeps the environment’s account to itself', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-from-the-environment');
    vi.stubEnv('OPENAI_ORG_ID', 'org-private');
    const events = await call(
      createChatCompletionsClient({ keyFor: () => Promise.resolve('') }),
      deployment(),
    );
    vi.unstubAllEnvs();
    expect(events.at(-1)?.type).toBe('finished');
    expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/environment|private/);
  });

  test('is not sent without a key', async () => {
    const events = await call(
      createChatCompletionsClient({ keyFor: () => Promise.resolve(undefined) }),
      deployment(),
    );
    expect(failureOf(events).reason).toBe('missing-key');
    expect(server.requests).toHaveLength(0);
  });

  test('does not follow a redirect with the key', async () => {
    const other = await startOpenAiServer();
    const headers = { location: `${other.url}/chat/completions` };
    server.script({ kind: 'error', status: 307, body: '', headers });
    expect(failureOf(await call(client, deployment()))).toMatchObject({ reason: 'not-found', status: 307 });
    expect(other.requests).toHaveLength(0);
    await other.close();
  });
});

describe('a connection', () => {
  test('that is refused names the address', async () => {
    const gone = await startOpenAiServer();
    await gone.close();
    const failure = failureOf(await call(client, deploymentWith({ apiBase: gone.url })));
    expect(failure.reason).toBe('network');
    expect(failure.detail).toBe(`Nothing listens at 127.0.0.1:${String(gone.port)} (ECONNREFUSED).`);
  });

  test.each(['before the first token', 'in the middle'])('is closed by an abort %s', async (when) => {
    server.script(
      when === 'in the middle' ? { kind: 'answer', chunks: ['Hello'], then: 'hang' } : { kind: 'hang' },
    );
    const abort = new AbortController();
    const answering = call(client, deployment(), question, abort.signal);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    abort.abort();
    expect(
      (await answering).every(({ type }) => type === 'text' || type === 'alive' || type === 'usage'),
    ).toBe(true);
    await server.requests[0]?.settled;
    expect(server.requests[0]).toMatchObject({ closedByClient: true, finished: false });
  });
});
