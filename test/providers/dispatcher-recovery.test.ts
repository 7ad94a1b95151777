import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DispatchEvent, DispatchLimits, DispatchOrder } from '../../src/core/dispatch';
import type { Failure } from '../../src/core/failure';
import type { Deployment } from '../../src/core/pool/deployment';
import type { ModelCall, ModelEvent } from '../../src/core/ports';
import type { DispatchBreakers } from '../../src/providers/breakers';
import { createBreakers } from '../../src/providers/breakers';
import { createDispatcher } from '../../src/providers/dispatcher';
import { createPriceBook } from '../../src/providers/prices';
import { collect, deploymentWith, question, textOf } from './stream-helpers';

/** Retries, breakers, deadlines and caps, with a scripted client and time that the tests move. */

type Script = (call: ModelCall, signal: AbortSignal) => AsyncIterable<ModelEvent>;

let calls: ModelCall[];
let breakers: DispatchBreakers;

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  breakers = createBreakers();
});
afterEach(() => vi.useRealTimers());

const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 2e-6 };
const [a, b, c] = ['a', 'b', 'c'].map((id) => deploymentWith({ id, model: id, price })) as [
  Deployment,
  Deployment,
  Deployment,
];
const limits: DispatchLimits = { firstTokenMs: 10_000, stallMs: 5_000, requestMs: 60_000, retries: 2 };

/** Runs an order to its end while time passes; each deployment follows its scripts, the last of them for good. */
async function dispatch(
  scripts: Readonly<Record<string, readonly Script[]>>,
  change: Partial<DispatchOrder> = {},
  signal = new AbortController().signal,
): Promise<readonly DispatchEvent[]> {
  const dispatcher = createDispatcher({
    client: {
      stream: (call, callSignal) => {
        const own = scripts[call.deployment.id] ?? [];
        const before = calls.filter(({ deployment }) => deployment.id === call.deployment.id).length;
        calls.push(call);
        const script = own[before] ?? own.at(-1);
        if (script === undefined) throw new Error(`Nobody expected a call to ${call.deployment.id}.`);
        return script(call, callSignal);
      },
    },
    prices: createPriceBook(),
    clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
    breakers,
    random: () => 0.5,
    limits,
  });
  const order = { decisionId: 'decision', deployments: [a, b], messages: question, ...change };
  const state = { over: false };
  const collecting = collect(dispatcher.dispatch(order, signal)).finally(() => (state.over = true));
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
  for (await settle(); !state.over; await settle()) await vi.advanceTimersToNextTimerAsync();
  return collecting;
}

const failureOf = (reason: Failure['reason'], change: Partial<Failure> = {}): Failure => ({
  reason,
  detail: `${reason}.`,
  status: undefined,
  ...change,
});
const fails = (reason: Failure['reason'], change: Partial<Failure> = {}): Script =>
  async function* () {
    yield await Promise.resolve({ type: 'failed', failure: failureOf(reason, change) });
  };
const finished = { type: 'finished', usage: undefined, servedModel: undefined, truncated: false } as const;
const says = (text: string, finish: Partial<Extract<ModelEvent, { type: 'finished' }>> = {}): Script =>
  async function* () {
    yield await Promise.resolve({ type: 'text', text });
    yield { ...finished, ...finish };
  };
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** "a:retrying a:fell-back b:text b:completed", without what comes between. */
function story(events: readonly DispatchEvent[]): string {
  let asked = '';
  const words: string[] = [];
  for (const event of events) {
    if (event.type === 'started') asked = event.deploymentId;
    else words.push(`${asked}:${event.type}`);
  }
  return words.filter((word, index) => word !== words[index - 1] || !word.endsWith(':text')).join(' ');
}

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

  test('is not waited for any longer once the user stops', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1_000);
    const startedMs = performance.now();
    const stopping = dispatch({ a: [busy(30_000), says('Here.')] }, { deployments: [a] }, stop.signal);
    expect(story(await stopping)).toBe('a:retrying a:stopped');
    expect(calls).toHaveLength(1);
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

describe('the whole request', () => {
  const late = {
    reason: 'timeout',
    detail: 'The request took longer than the 60 s that it may take in all.',
  };

  test('ends at its deadline, also where an answer only ever thinks', async () => {
    const thinks: Script = async function* (_call, signal) {
      while (!signal.aborted) {
        await after(1_000);
        yield { type: 'text', text: '' };
      }
    };
    const startedMs = performance.now();
    const events = await dispatch({ a: [thinks], b: [says('Never asked.')] });
    expect(story(events)).toBe('a:failed');
    expect(events.at(-1)).toMatchObject({ partial: false, failure: late, attempt: { outcome: 'failed' } });
    expect(performance.now() - startedMs).toBeLessThan(65_000);
    // It isn't down: the request was long.
    for (let time = 0; time < 2; time += 1) await dispatch({ a: [thinks] });
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('ends at its deadline in the middle of an answer that never ends, with what it cost', async () => {
    let closed = false;
    const talks: Script = async function* (_call, signal) {
      signal.addEventListener('abort', () => (closed = true));
      while (!signal.aborted) {
        await after(1_000);
        yield { type: 'text', text: 'more ' };
      }
    };
    const events = await dispatch({ a: [talks] });
    expect(story(events)).toBe('a:text a:failed');
    expect(events.at(-1)).toMatchObject({
      partial: true,
      failure: late,
      attempt: { receipt: { usage: { inputTokens: 4, outputTokens: 74 }, cost: { kind: 'estimated' } } },
    });
    expect(closed).toBe(true);
  });

  test('counts all attempts and waits towards its deadline', async () => {
    const slow: Script = async function* () {
      await after(9_000);
      yield { type: 'failed', failure: failureOf('server-error') };
    };
    const deployments = Array.from({ length: 20 }, (_, index) => deploymentWith({ id: `m${String(index)}` }));
    const scripts = Object.fromEntries(deployments.map(({ id }) => [id, [slow]]));
    const startedMs = performance.now();
    const events = await dispatch(scripts, { deployments });
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { reason: 'timeout' } });
    expect(performance.now() - startedMs).toBeLessThan(70_000);
    expect(calls).toHaveLength(7);
  });
});

describe('a cap on the answer', () => {
  const capped = (tokens: number): Partial<DispatchOrder> => ({ outputCaps: new Map([['a', tokens]]) });

  test('goes out as the limit on tokens where every model takes it, and the smaller limit holds', async () => {
    await dispatch({ a: [says('Hi')] }, { ...capped(50), options: { maxOutputTokens: 800, temperature: 1 } });
    await dispatch({ a: [says('Hi')] }, { ...capped(4_096), options: { maxOutputTokens: 20 } });
    await dispatch({ a: [says('Hi')] }, { ...capped(4_097), options: { temperature: 1 } });
    expect(calls.map(({ options }) => options)).toMatchObject([
      { maxOutputTokens: 50, temperature: 1 },
      { maxOutputTokens: 20 },
      { temperature: 1 },
    ]);
    expect(calls.at(-1)?.options?.maxOutputTokens).toBeUndefined();
  });

  test.each([
    [10, '', 'four'],
    [10, 'twelve bytes', '字'],
    [5_000, '', 'four'],
  ])('of %i tokens ends the stream as soon as its text exceeds it: %s%s…', async (cap, first, token) => {
    let signalOfCall: AbortSignal | undefined;
    const talks: Script = async function* (_call, signal) {
      signalOfCall = signal;
      yield await Promise.resolve({ type: 'text', text: first });
      for (let word = 0; word < 3 * cap; word += 1)
        yield await Promise.resolve({ type: 'text', text: token });
      yield finished;
    };
    const events = await dispatch({ a: [talks] }, capped(cap));
    expect(textOf(events)).toBe(first + token.repeat(cap + 1 - first.length / 4));
    expect(events.at(-1)).toMatchObject({
      type: 'completed',
      truncated: true,
      attempt: { receipt: { usage: { outputTokens: cap + 1 }, cost: { kind: 'estimated' } } },
    });
    expect(signalOfCall?.aborted).toBe(true);
  });

  test('of another deployment is no cap', async () => {
    const events = await dispatch({ a: [says('A longer answer.')] }, { outputCaps: new Map([['b', 1]]) });
    expect(events.at(-1)).toMatchObject({ type: 'completed', truncated: false });
  });
});

describe('a cost that the server reports', () => {
  const usage = { inputTokens: 1_000, outputTokens: 500, cachedInputTokens: 0 };
  const costOf = async (costUsd: number): Promise<unknown> => {
    const events = await dispatch({ a: [says('Hi', { usage, costUsd, servedModel: 'another' })] });
    const end = events.at(-1);
    return end?.type === 'completed' ? end.attempt.receipt : undefined;
  };

  test.each([0.0123, 0])('of %d USD is exact, whichever model served', async (costUsd) => {
    expect(await costOf(costUsd)).toMatchObject({ usage, cost: { kind: 'exact', usd: costUsd } });
  });

  test.each([Number.NaN, -1, Infinity])('of %d USD is none', async (costUsd) => {
    expect(await costOf(costUsd)).toMatchObject({
      cost: { kind: 'estimated', usd: expect.closeTo(0.002, 10) as number },
    });
  });
});

describe('circuit breakers', () => {
  const once = { limits: { ...limits, retries: 0 } };

  test.each([
    'rate-limit',
    'quota',
    'refused-key',
    'not-found',
    'timeout',
    'network',
    'server-error',
    'malformed-stream',
  ] as const)('a deployment that fails three requests by %s is skipped', async (reason) => {
    for (let time = 0; time < 3; time += 1) {
      expect(story(await dispatch({ a: [fails(reason)], b: [says('Hi')] }, once))).toMatch(/^a:fell-back b/);
    }
    expect(breakers.stateOf('a')).toBe('open');
    expect(story(await dispatch({ b: [says('Hi')] }, once))).toBe('b:text b:completed');
  });

  test.each(['content-filter', 'context-too-long', 'invalid-request', 'missing-key'] as const)(
    'a deployment that fails by %s goes on being asked',
    async (reason) => {
      for (let time = 0; time < 4; time += 1) {
        expect(story(await dispatch({ a: [fails(reason)], b: [says('Hi')] }, once))).toMatch(
          /^a:fell-back b/,
        );
      }
    },
  );

  test('a failure that passed at the second try is none', async () => {
    for (let time = 0; time < 4; time += 1) {
      await dispatch({ a: [fails('network'), says('Hi')] });
      calls = [];
    }
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('an answer that the user stops is neither failure nor success', async () => {
    const hangs: Script = async function* () {
      await new Promise(() => undefined);
      yield finished;
    };
    for (let time = 0; time < 4; time += 1) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 10);
      expect(story(await dispatch({ a: [hangs] }, once, stop.signal))).toBe('a:stopped');
    }
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('the fallback goes round those that are open', async () => {
    for (let time = 0; time < 3; time += 1) await breakers.enter('b')?.leave('down');
    const order = { ...once, deployments: [a, b, c] };
    const events = await dispatch({ a: [fails('quota')], c: [says('Hi')] }, order);
    expect(story(events)).toBe('a:fell-back c:text c:completed');
    expect(events[1]).toMatchObject({ to: 'c' });
  });

  test('where all are open the first is asked all the same, and an answer closes it', async () => {
    for (const id of ['a', 'b']) {
      for (let time = 0; time < 3; time += 1) await breakers.enter(id)?.leave('down');
    }
    expect(story(await dispatch({ a: [fails('quota')] }, once))).toBe('a:failed');
    expect(breakers.stateOf('a')).toBe('open');
    calls = [];
    expect(story(await dispatch({ a: [says('Hi')] }, once))).toBe('a:text a:completed');
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('a trial is one call: it isn’t tried again while another deployment is left', async () => {
    for (let time = 0; time < 3; time += 1) await breakers.enter('a')?.leave('down');
    await vi.advanceTimersByTimeAsync(30_000);
    const events = await dispatch({ a: [fails('network')], b: [says('Hi')] });
    expect(story(events)).toBe('a:fell-back b:text b:completed');
    expect(breakers.stateOf('a')).toBe('open');
  });

  test('a consumer that goes away during a trial leaves the next one free to try', async () => {
    for (let time = 0; time < 3; time += 1) await breakers.enter('a')?.leave('down');
    await vi.advanceTimersByTimeAsync(30_000);
    const dispatcher = createDispatcher({
      client: {
        stream: () => says('Hi')({ deployment: a, messages: question }, new AbortController().signal),
      },
      prices: createPriceBook(),
      clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
      breakers,
      random: () => 0.5,
      limits,
    });
    const order = { decisionId: 'decision', deployments: [a], messages: question };
    for await (const event of dispatcher.dispatch(order, new AbortController().signal)) {
      if (event.type === 'text') break;
    }
    expect(breakers.stateOf('a')).toBe('half-open');
  });
});
