import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../wire/behaviour';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';
import { fixture } from './stream-helpers';
import type { VendorName } from './wire-fixtures';
import { deploymentOf, fixturesOf, outcomeOf, secret, vendors } from './wire-fixtures';

let server: WireServer;
let cases = 0;

beforeAll(async () => {
  server = await startReplayServer();
});
afterEach(() => {
  cases += 1;
  server.forget();
});
afterAll(async () => {
  await server.close();
  console.log(`${String(cases)} cases of wire formats of ${String(vendors.length)} vendors were replayed.`);
});

function outcome(vendor: VendorName, behaviour: Behaviour, limitMs?: number) {
  server.script(behaviour);
  return outcomeOf(deploymentOf(vendor, server.url), limitMs);
}

const answerOf = (vendor: VendorName): string => fixture(`${vendor}/answer.sse`);
/** Up to the text, without the end. */
const beginningOf = (vendor: VendorName): string => {
  const answer = answerOf(vendor);
  return answer.slice(0, answer.indexOf('\n\n', answer.indexOf('Hel')) + 2);
};

describe.each(vendors)('%s', (vendor) => {
  const { streams, errors, deployment } = fixturesOf(vendor);

  test.each(Object.entries(streams))('%s is read as it is meant', async (file, expected) => {
    const { text, end, cost } = await outcome(vendor, { kind: 'raw', body: fixture(`${vendor}/${file}`) });
    if (expected.text !== undefined) expect(text).toBe(expected.text);
    if (expected.reason !== undefined) {
      expect(end).toMatchObject({ type: 'failed', failure: { reason: expected.reason } });
      if (expected.detail !== undefined) expect(end).toMatchObject({ failure: { detail: expected.detail } });
      return;
    }
    const { usage, servedModel, truncated = false, usd = NaN, reported = false } = expected;
    expect(end).toEqual({
      type: 'finished',
      usage,
      servedModel,
      truncated,
      ...(reported && { costUsd: expect.closeTo(usd, 12) as number }),
    });
    expect(cost).toEqual({ kind: 'exact', usd: expect.closeTo(usd, 12) as number });
  });

  test.each(Object.entries(errors))(
    'refuses with %s',
    async (name, { status, body, headers, retryAfterMs }) => {
      const { text, end } = await outcome(vendor, {
        kind: 'error',
        status,
        body,
        ...(headers && { headers }),
      });
      expect(text).toBe('');
      if (end.type !== 'failed') throw new Error('It did not fail.');
      expect(end.failure).toMatchObject({ reason: name.split(' ')[0], status });
      if (retryAfterMs === undefined) return;
      expect(end.failure.retryAfterMs).toBeCloseTo(retryAfterMs, -1);
    },
  );

  test.each([
    ['whole', secret],
    ['in a URL', `https://example.com/?key=${encodeURIComponent(secret)}`],
    ['its first half', secret.slice(0, 14)],
    ['its last ten', secret.slice(-10)],
    ['masked by dots', `${secret.slice(0, 4)}...${secret.slice(-4)}`],
    ['masked by stars', `${secret.slice(0, 4)}${'*'.repeat(16)}${secret.slice(-4)}`],
  ])('that echoes the key %s does not pass it on', async (_how, echo) => {
    const body = { error: { message: `Bad key: "${echo}" was refused.`, type: 'authentication_error' } };
    const { end } = await outcome(vendor, { kind: 'error', status: 401, body });
    const told = JSON.stringify(end);
    expect(told).toContain('Bad key');
    expect(told).not.toMatch(/correct|horse|battery|staple|corr|aple/);
  });

  test('is cut after its first words', async () => {
    const { text, end } = await outcome(vendor, { kind: 'raw', body: beginningOf(vendor) });
    expect(text).toMatch(/^Hel/);
    expect(end).toMatchObject({ failure: { reason: 'malformed-stream' } });
  });

  test('loses its connection', async () => {
    const { text, end } = await outcome(vendor, { kind: 'raw', body: beginningOf(vendor), then: 'cut' });
    expect(text).toMatch(/^Hel/);
    expect(end).toMatchObject({ failure: { reason: 'network' } });
  });

  test('falls silent before its first words', async () => {
    const { text, end } = await outcome(vendor, { kind: 'hang' }, 200);
    expect(text).toBe('');
    expect(end).toMatchObject({ failure: { reason: 'timeout' } });
    await server.requests[0]?.settled;
    expect(server.requests[0]).toMatchObject({ closedByClient: true });
  });

  test('falls silent in the middle', async () => {
    const body = beginningOf(vendor);
    const { text, end } = await outcome(vendor, { kind: 'raw', body, then: 'hang' }, 400);
    expect(text).toMatch(/^Hel/);
    expect(end).toMatchObject({ failure: { reason: 'timeout' } });
  });

  test.each([
    ['bytes', 'data: \u0000\u0001\u0002{{{{\n\n'],
    ['JSON of another shape', 'data: [1,2,3]\n\n'],
    ['a page', '<html><body>Welcome</body></html>'],
    ['nothing', ''],
  ])('sends garbage: %s', async (_what, body) => {
    const { text, end } = await outcome(vendor, { kind: 'raw', body });
    expect(text).toBe('');
    expect(end).toMatchObject({ failure: { reason: 'malformed-stream' } });
  });

  test('sends a line of 6 MB', async () => {
    const long = 'x'.repeat(6_000_000);
    const body = answerOf(vendor).replace('Hel', () => `Hel${long}`);
    const { text, end } = await outcome(vendor, { kind: 'raw', body });
    expect(text.length).toBe(6_000_000 + 'Hello!'.length);
    expect(end.type).toBe('finished');
  });

  test('drips, with characters in two pieces', async () => {
    const body = answerOf(vendor).replace('Hel', 'Hel😀é');
    const { text, end } = await outcome(vendor, { kind: 'raw', body, pieceBytes: 7 });
    expect(text).toBe('Hel😀élo!');
    expect(end).toMatchObject({ type: 'finished', usage: streams['answer.sse']?.usage });
  });

  test('names the model that it is asked for', async () => {
    await outcome(vendor, { kind: 'raw', body: answerOf(vendor) });
    expect(server.requests[0]?.body).toMatchObject({ model: deployment.model, stream: true });
  });
});
