import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkDeployment } from '../../src/providers/check-deployment';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { clock, deploymentWith, editorModels, keys } from './stream-helpers';

const client = createModelClient({ keys, editorModels });
const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
let server: WireServer;

beforeAll(async () => {
  server = await startOpenAiServer();
});
afterEach(() => server.forget());
afterAll(() => server.close());

const check = (signal = new AbortController().signal) =>
  checkDeployment(client, deploymentWith({ apiBase: server.url, price }), createPriceBook(), clock, signal);

test('a deployment that answers tells its cost, its time and no other model', async () => {
  server.script({ kind: 'answer', chunks: ['ok'], usage: { input: 12, output: 2 } });
  expect(await check()).toEqual({
    kind: 'answered',
    servedModel: undefined,
    timeToFirstTokenMs: expect.any(Number) as number,
    cost: { kind: 'exact', usd: expect.closeTo(20e-6, 12) as number },
  });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body).toMatchObject({ max_tokens: 16, messages: [{ role: 'user' }] });
});

test('another model that served is named, and its cost is an estimate', async () => {
  server.script({ kind: 'answer', chunks: ['ok'], servedModel: 'gpt-4.1-nano' });
  expect(await check()).toMatchObject({ servedModel: 'gpt-4.1-nano', cost: { kind: 'estimated' } });
});

test.each([['half a wo'], ['']])('an answer that is cut at its limit will do: "%s"', async (text) => {
  server.script({ kind: 'answer', chunks: [text], finish: 'length', usage: { input: 12, output: 16 } });
  expect(await check()).toMatchObject({ kind: 'answered', cost: { kind: 'exact' } });
});

test('so will a refusal for want of tokens to answer with', async () => {
  const message =
    'Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.';
  server.script({ kind: 'error', status: 400, body: { error: { message, type: 'invalid_request_error' } } });
  expect(await check()).toMatchObject({ kind: 'answered', cost: { kind: 'unknown' } });
});

test('an empty answer that is not cut will not', async () => {
  server.script({ kind: 'answer', chunks: [''] });
  expect(await check()).toMatchObject({ kind: 'failed', failure: { reason: 'malformed-stream' } });
});

test('a failure is passed on', async () => {
  server.script({ kind: 'error', status: 401, body: { error: { message: 'Incorrect API key' } } });
  expect(await check()).toMatchObject({ kind: 'failed', failure: { reason: 'refused-key', status: 401 } });
});

test('an abort ends it, and closes the connection', async () => {
  server.script({ kind: 'hang' });
  const abort = new AbortController();
  const checking = check(abort.signal);
  await expect.poll(() => server.requests.length).toBe(1);
  abort.abort();
  expect(await checking).toMatchObject({ kind: 'failed' });
  await server.requests[0]?.settled;
  expect(server.requests[0]).toMatchObject({ closedByClient: true });
});

test('a client that throws is a failure, whose words are not passed on', async () => {
  const broken = {
    stream: () => {
      throw new TypeError('secret words');
    },
  };
  const signal = new AbortController().signal;
  const result = await checkDeployment(broken, deploymentWith(), createPriceBook(), clock, signal);
  expect(result).toMatchObject({ kind: 'failed' });
  expect(JSON.stringify(result)).not.toContain('secret');
});
