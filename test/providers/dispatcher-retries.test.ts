import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DispatchEvent } from '../../src/core/terms/dispatch';
import type { Deployment } from '../../src/core/terms/deployment';
import type { Script, ScriptedDispatch } from './scripted-dispatch';
import {
  a,
  createScriptedDispatch,
  failureOf,
  fails,
  finished,
  limits,
  says,
  story,
} from './scripted-dispatch';
import { deploymentWith } from './stream-helpers';

let scripted: ScriptedDispatch;
const dispatch: ScriptedDispatch['dispatch'] = (...order) => scripted.dispatch(...order);

beforeEach(() => {
  vi.useFakeTimers();
  scripted = createScriptedDispatch();
});
afterEach(() => vi.useRealTimers());

const waits = (events: readonly DispatchEvent[]): readonly number[] =>
  events.flatMap((event) => (event.type === 'retrying' ? [event.waitMs] : []));

describe('a failure that may pass', () => {
  test.each([
    ['network', {}],
    ['server-error', { status: 503 }],
    ['malformed-stream', {}],
    ['timeout', { status: 504 }],
    ['rate-limit', { status: 429, retryAfterMs: 1_500 }],
  ] as const)('of kind %s is tried again on the same deployment', async (reason, change) => {
    const events = await dispatch({ a: [fails(reason, change), says('Here.')] });
    expect(story(events)).toBe('a:retrying a:text a:completed');
    expect(events[1]).toMatchObject({
      type: 'retrying',
      failure: { reason },
      attempt: { deploymentId: 'a', index: 0, outcome: 'failed', retried: true },
    });
    const end = events.at(-1);
    expect(end).toMatchObject({ attempt: { deploymentId: 'a', index: 1 } });
    expect(end).not.toMatchObject({ attempt: { retried: true } });
  });

  test('is tried no more often than the limit says, then the next deployment is asked', async () => {
    const events = await dispatch({ a: [fails('server-error')], b: [says('Here.')] });
    expect(story(events)).toBe('a:retrying a:retrying a:fell-back b:text b:completed');
    expect(events.flatMap((event) => ('attempt' in event ? [event.attempt.index] : []))).toEqual([
      0, 1, 2, 3,
    ]);
    // Backoff doubles; with this random its jitter takes a quarter off.
    expect(waits(events)).toEqual([300, 600]);
  });

  test('is not tried again where the limit is 0', async () => {
    const events = await dispatch(
      { a: [fails('server-error')], b: [says('Here.')] },
      { limits: { ...limits, retries: 0 } },
    );
    expect(story(events)).toBe('a:fell-back b:text b:completed');
  });

  test('is waited for in full', async () => {
    const startedMs = performance.now();
    await dispatch({ a: [fails('rate-limit', { retryAfterMs: 1_500 }), says('Here.')] });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1_500);
  });

  test('is not tried again where its tokens would be paid for twice', async () => {
    const billed: Script = async function* () {
      const usage = { inputTokens: 10, outputTokens: 90, cachedInputTokens: 0 };
      yield await Promise.resolve({ ...finished, usage, truncated: true });
    };
    expect(story(await dispatch({ a: [billed], b: [says('Here.')] }))).toBe('a:fell-back b:text b:completed');
  });
});

describe('a failure that stays', () => {
  test.each([
    'quota',
    'refused-key',
    'no-access',
    'missing-key',
    'not-found',
    'content-filter',
    'invalid-request',
    'rate-limit',
    // A silence, not the server's own word.
    'timeout',
  ] as const)('of kind %s goes to the next deployment at once', async (reason) => {
    const events = await dispatch({ a: [fails(reason)], b: [says('Here.')] });
    expect(story(events)).toBe('a:fell-back b:text b:completed');
  });

  test('after the first token is never tried again', async () => {
    const breaks: Script = async function* () {
      yield await Promise.resolve({ type: 'text', text: 'Half' });
      yield { type: 'failed', failure: failureOf('network') };
    };
    expect(story(await dispatch({ a: [breaks] }))).toBe('a:text a:failed');
  });
});

describe('a provider that asks for a long wait', () => {
  const busy = (retryAfterMs: number): Script => fails('rate-limit', { retryAfterMs });

  test('is left for the next deployment', async () => {
    const events = await dispatch({ a: [busy(2_100)], b: [says('Here.')] });
    expect(story(events)).toBe('a:fell-back b:text b:completed');
  });

  test('is waited for where it is the last', async () => {
    const events = await dispatch({ a: [busy(20_000), says('Here.')] }, { deployments: [a] });
    expect(story(events)).toBe('a:retrying a:text a:completed');
    expect(waits(events)[0]).toBeGreaterThanOrEqual(20_000);
  });

  test('for longer than the request may take ends it, and the message names when to try again', async () => {
    const events = await dispatch({ a: [busy(100_000)] }, { deployments: [a] });
    expect(story(events)).toBe('a:failed');
    expect(events.at(-1)).toMatchObject({
      failure: { reason: 'rate-limit', detail: 'rate-limit. Try again in 2 minutes.' },
    });
  });

  test('in words of its own is quoted as it is', async () => {
    const detail = 'Rate limit reached. Please try again in 20m.';
    const events = await dispatch(
      { a: [fails('rate-limit', { retryAfterMs: 1_200_000, detail })] },
      { deployments: [a] },
    );
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { detail } });
  });

  test('is not waited for any longer once the user stops', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1_000);
    const startedMs = performance.now();
    const stopping = dispatch({ a: [busy(30_000), says('Here.')] }, { deployments: [a] }, stop.signal);
    const events = await stopping;
    expect(story(events)).toBe('a:retrying a:stopped');
    // Nothing went out a second time: that is known to cost nothing.
    expect(events.at(-1)).toMatchObject({ attempt: { receipt: { cost: { kind: 'exact', usd: 0 } } } });
    expect(scripted.calls).toHaveLength(1);
    expect(performance.now() - startedMs).toBeLessThan(30_000);
  });
});

describe('a prompt that is too long', () => {
  const window = (id: string, contextWindowTokens?: number): Deployment =>
    deploymentWith({ id, contextWindowTokens });

  test('goes on only to a larger window or an unknown one', async () => {
    const deployments = [window('a', 8_000), window('b', 8_000), window('c', 32_000), window('d')];
    const tooLong = [fails('context-too-long')];
    const events = await dispatch({ a: tooLong, c: tooLong, d: [says('Here.')] }, { deployments });
    expect(story(events)).toBe('a:fell-back c:fell-back d:text d:completed');
  });

  test('is the only failure that a smaller window can’t help', async () => {
    const deployments = [window('a', 32_000), window('b', 8_000)];
    const events = await dispatch({ a: [fails('content-filter')], b: [says('Here.')] }, { deployments });
    expect(story(events)).toBe('a:fell-back b:text b:completed');
  });

  test('ends where there is none', async () => {
    const deployments = [window('a', 8_000), window('b', 4_000)];
    expect(story(await dispatch({ a: [fails('context-too-long')] }, { deployments }))).toBe('a:failed');
  });
});
