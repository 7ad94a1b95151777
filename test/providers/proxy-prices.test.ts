import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Log } from '../../src/core/terms/ports';
import { createPriceBook } from '../../src/providers/prices/prices';
import { deploymentWith, key, keys } from './stream-helpers';

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
}

let asked: Asked[];
let reply: (path: string) => { readonly status: number; readonly body: unknown; readonly location?: string };
let url: string;
let close: () => void;
let lines: string[];
let nowMs: number;

const info = (model_name: string, model_info: object, model = 'openai/gpt-4o-mini') => ({
  model_name,
  litellm_params: { model, use_in_pass_through: false },
  model_info: { id: 'e28e42', db_model: false, ...model_info },
});
const prices = {
  input_cost_per_token: 1e-6,
  output_cost_per_token: 4e-6,
  cache_read_input_token_cost: 1e-7,
  cache_creation_input_token_cost: null,
  input_cost_per_token_above_128k_tokens: null,
};

beforeEach(async () => {
  asked = [];
  lines = [];
  nowMs = 0;
  reply = () => ({ status: 200, body: { data: [info('fast', prices)] } });
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const { status, body, location } = reply(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => close());

const log: Log = {
  debug: (line) => lines.push(line),
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const bookWith = (keyRing = keys) =>
  createPriceBook({ keys: keyRing, log, clock: { nowMs: () => nowMs, monotonicMs: () => nowMs } });
const fast = (change = {}) =>
  deploymentWith({ provider: 'litellm_proxy', model: 'fast', apiBase: `${url}/v1`, ...change });
const usage = { inputTokens: 1_000, outputTokens: 500, cachedInputTokens: 0 };

/** A book that has asked and been answered. */
async function learnt() {
  const book = bookWith();
  book.prepare?.([fast()]);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  return book;
}

describe('a LiteLLM proxy tells its prices', () => {
  test('once, to whoever has its key; exact where measured', async () => {
    const book = bookWith();
    expect(book.costOf(fast(), usage, true)).toEqual({ kind: 'unknown' });
    book.prepare?.([fast(), fast({ model: 'slow' }), fast({ apiBase: `${url}/` })]);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(asked).toEqual([{ path: '/model/info', authorization: `Bearer ${key}` }]);
    expect(book.costOf(fast(), usage, true)).toEqual({
      kind: 'exact',
      usd: expect.closeTo(0.003, 9) as number,
    });
    expect(book.costOf(fast(), usage, false).kind).toBe('estimated');
    expect(book.costOf(fast({ model: 'slow' }), usage, true)).toEqual({ kind: 'unknown' });
    expect(asked).toHaveLength(1);
  });

  test('of cached tokens too; those without a price make an estimate', async () => {
    const { costOf } = await learnt();
    expect(costOf(fast(), { ...usage, cachedInputTokens: 800 }, true)).toEqual({
      kind: 'exact',
      usd: expect.closeTo(0.00228, 9) as number,
    });
    expect(costOf(fast(), { ...usage, cacheWriteTokens: 10 }, true).kind).toBe('estimated');
  });

  test('at the other address where the first is not known', async () => {
    reply = (path) =>
      path === '/v1/model/info'
        ? { status: 200, body: { data: [info('fast', prices)] } }
        : { status: 404, body: { detail: 'Not Found' } };
    expect((await learnt()).costOf(fast(), usage, true).kind).toBe('exact');
  });

  test('but the file’s own price comes first, and no other provider is asked', async () => {
    const book = bookWith();
    const price = { inputUsdPerToken: 1e-3, outputUsdPerToken: 0 };
    book.prepare?.([fast({ price }), fast({ provider: 'openai' })]);
    expect(book.costOf(fast({ price }), usage, true)).toMatchObject({ usd: 1 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(0);
  });

  test('which may differ: by deployment, by length, by what is thought', async () => {
    const tiered = { ...prices, input_cost_per_token_above_200k_tokens: 2e-6 };
    reply = () => ({
      status: 200,
      body: {
        data: [
          info('fast', prices),
          info('fast', { ...prices, output_cost_per_token: 8e-6 }),
          info('tiered', tiered),
          info('thinking', { ...prices, output_cost_per_reasoning_token: 1e-6 }),
          info('unpriced', { input_cost_per_token: 0, output_cost_per_token: 0 }),
          info('local', { input_cost_per_token: 0, output_cost_per_token: 0 }, 'ollama/llama3.2'),
          info('null', { input_cost_per_token: null }),
          { model_name: 7 },
        ],
      },
    });
    const { costOf } = await learnt();
    const cost = (model: string, change = {}) => costOf(fast({ model }), { ...usage, ...change }, true);
    expect(cost('fast')).toEqual({ kind: 'estimated', usd: expect.closeTo(0.005, 9) as number });
    expect(cost('tiered').kind).toBe('exact');
    expect(cost('tiered', { inputTokens: 300_000 }).kind).toBe('estimated');
    expect(cost('thinking', { reasoningTokens: 100 })).toEqual({
      kind: 'exact',
      usd: expect.closeTo(0.0027, 9) as number,
    });
    expect(cost('unpriced')).toEqual({ kind: 'unknown' });
    expect(cost('local')).toEqual({ kind: 'exact', usd: 0 });
    expect(cost('null')).toEqual({ kind: 'unknown' });
  });
});

describe('a proxy that does not', () => {
  test.each([
    ['refuses the key, and quotes it', { status: 401, body: { error: { message: `Bad key ${key}` } } }],
    ['answers something else', { status: 200, body: { data: 'none' } }],
    ['answers a page', { status: 200, body: `<html>${key}</html>` }],
  ])('%s is asked again after ten minutes, and the key is not logged', async (_what, first) => {
    reply = () => first;
    const book = await learnt();
    expect(lines.join()).toMatch(/did not tell its prices/);
    expect(lines.join()).not.toContain(key);
    const before = asked.length;
    nowMs = 599_000;
    expect(book.costOf(fast(), usage, true)).toEqual({ kind: 'unknown' });
    book.prepare?.([fast()]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(before);
    reply = () => ({ status: 200, body: { data: [info('fast', prices)] } });
    nowMs = 601_000;
    book.costOf(fast(), usage, true);
    await vi.waitFor(() => expect(book.costOf(fast(), usage, true).kind).toBe('exact'));
  });

  test('redirects elsewhere: the key does not follow', async () => {
    reply = () => ({ status: 302, body: '', location: `${url}/elsewhere` });
    await learnt();
    expect(asked.map(({ path }) => path)).toEqual(['/model/info']);
  });

  test('has no key yet: it is asked as soon as there is one', async () => {
    const found: string[] = [];
    const book = bookWith({ keyFor: () => Promise.resolve(found[0]) });
    book.prepare?.([fast()]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(0);
    found.push('');
    book.prepare?.([fast()]);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(asked).toEqual([{ path: '/model/info', authorization: undefined }]);
  });
});

test('without parts no proxy is asked', async () => {
  const book = createPriceBook();
  book.prepare?.([fast()]);
  expect(book.costOf(fast(), usage, true)).toEqual({ kind: 'unknown' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toHaveLength(0);
});
