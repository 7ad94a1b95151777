import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeyTarget } from '../../src/providers/check-key';
import { checkKey } from '../../src/providers/check-key';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';

const goodKey = 'sk-good-key-0123456789abcdef';
const badKey = 'sk-bad-key-0123456789abcdef';
const never = new AbortController().signal;

let openai: WireServer;
let anthropic: WireServer;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([
    startOpenAiServer({ acceptKeys: [goodKey] }),
    startAnthropicServer({ acceptKeys: [goodKey] }),
  ]);
});
beforeEach(() => {
  openai.forget();
  anthropic.forget();
});
afterAll(() => Promise.all([openai.close(), anthropic.close()]));

const target = (provider: KeyTarget['provider'], apiBase: string, apiVersion?: string): KeyTarget => ({
  provider,
  apiBase,
  apiVersion,
});

describe('a key that the server takes', () => {
  test.each([
    ['openai', () => openai],
    ['litellm_proxy', () => openai],
    ['anthropic', () => anthropic],
  ] as const)('%s', async (provider, server) => {
    expect(await checkKey(target(provider, server().url), goodKey, never)).toEqual({ kind: 'accepted' });
    expect(server().requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      provider === 'anthropic' ? 'GET /v1/models?limit=1' : 'GET /v1/models',
    ]);
  });
});

describe('a key that the server refuses is told in its words, without the key', () => {
  test.each([
    ['openai', () => openai, 'Incorrect API key provided: [key]'],
    ['anthropic', () => anthropic, 'invalid x-api-key'],
  ] as const)('%s', async (provider, server, words) => {
    const result = await checkKey(target(provider, server().url), badKey, never);
    expect(result).toMatchObject({ kind: 'refused', detail: expect.stringContaining(words) as string });
    expect(JSON.stringify(result)).not.toContain(badKey);
  });
});

test('nothing can be said of a key where nothing listens, or the server has no list of models', async () => {
  const closed = await startOpenAiServer();
  await closed.close();
  const nobody = await checkKey(target('openai', closed.url), goodKey, never);
  expect(nobody).toMatchObject({ kind: 'unchecked' });
  expect(JSON.stringify(nobody)).toContain('Nothing listens at 127.0.0.1:');
  const unknown = await checkKey(target('openrouter', openai.url), goodKey, never);
  expect(unknown.kind).toBe('unchecked');
  expect(openai.requests.at(-1)?.path).toBe('/v1/key');
});

test('Azure is asked with its own header and version', async () => {
  await checkKey(target('azure', openai.url.replace('/v1', ''), '2025-01-01'), goodKey, never);
  const [request] = openai.requests;
  expect(request?.path).toBe('/openai/models?api-version=2025-01-01');
  expect(request?.headers['api-key']).toBe(goodKey);
  expect(request?.headers.authorization).toBeUndefined();
});

test('a vendor that is not known to have a free check is sent nothing', async () => {
  expect(await checkKey(target('nvidia_nim', openai.url), goodKey, never)).toEqual({ kind: 'uncheckable' });
  expect(openai.requests).toEqual([]);
});

test('xAI’s 400 for a wrong key is a refusal, too', async () => {
  const xai = await startReplayServer();
  const body = {
    code: 'Client specified an invalid argument',
    error: 'Incorrect API key provided: xa***ey.',
  };
  xai.script({ kind: 'error', status: 400, body });
  expect((await checkKey(target('xai', xai.url), badKey, never)).kind).toBe('refused');
  await xai.close();
});

test('a check that is cancelled ends', async () => {
  const result = await checkKey(target('openai', openai.url), goodKey, AbortSignal.abort());
  expect(result.kind).toBe('unchecked');
  expect(openai.requests).toEqual([]);
});
