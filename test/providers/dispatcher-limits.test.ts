import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DispatchOrder } from '../../src/core/terms/dispatch';
import type { Script, ScriptedDispatch } from './scripted-dispatch';
import { a, b, c, createScriptedDispatch, failureOf, finished, says, story } from './scripted-dispatch';
import { deploymentWith, textOf } from './stream-helpers';

/** Deadlines, caps on the answer, and costs that a server reports. */

let scripted: ScriptedDispatch;
const dispatch: ScriptedDispatch['dispatch'] = (...order) => scripted.dispatch(...order);

beforeEach(() => {
  vi.useFakeTimers();
  scripted = createScriptedDispatch();
});
afterEach(() => vi.useRealTimers());

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the whole request', () => {
  const late = {
    reason: 'timeout',
    detail: 'The request took longer than the 60 s that it may take in all.',
  };

  test('ends at its deadline, also where an answer only ever thinks', async () => {
    const thinks: Script = async function* (_call, signal) {
      while (!signal.aborted) {
        await after(1_000);
        yield { type: 'thought', text: 'hm ' };
      }
    };
    const startedMs = performance.now();
    const events = await dispatch({ a: [thinks], b: [says('Never asked.')] });
    expect(story(events.filter(({ type }) => type !== 'thought'))).toBe('a:failed');
    expect(events.at(-1)).toMatchObject({ partial: false, failure: late, attempt: { outcome: 'failed' } });
    expect(performance.now() - startedMs).toBeLessThan(65_000);
    // It isn't down: the request was long.
    for (let time = 0; time < 2; time += 1) await dispatch({ a: [thinks] });
    expect(scripted.breakers.stateOf('a')).toBe('closed');
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
    expect(scripted.calls).toHaveLength(7);
  });
});

describe('a cap on the answer', () => {
  const capped = (tokens: number): Partial<DispatchOrder> => ({ outputCaps: new Map([['a', tokens]]) });

  test('goes out as the limit on tokens where every model takes it, and the smaller limit holds', async () => {
    await dispatch({ a: [says('Hi')] }, { ...capped(50), options: { maxOutputTokens: 800, temperature: 1 } });
    await dispatch({ a: [says('Hi')] }, { ...capped(4_096), options: { maxOutputTokens: 20 } });
    await dispatch({ a: [says('Hi')] }, { ...capped(4_097), options: { temperature: 1 } });
    expect(scripted.calls.map(({ options }) => options)).toMatchObject([
      { maxOutputTokens: 50, temperature: 1 },
      { maxOutputTokens: 20 },
      { temperature: 1 },
    ]);
    expect(scripted.calls.at(-1)?.options?.maxOutputTokens).toBeUndefined();
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

  test('is asked for anew at each fallback, and who is asked next is told at once', async () => {
    const left = new Map([
      ['a', 50],
      ['b', 50],
      ['c', 50],
    ]);
    const told: string[] = [];
    const filters: Script = async function* () {
      left.set('b', 0);
      left.set('c', 20);
      yield await Promise.resolve({ type: 'failed', failure: failureOf('content-filter') });
    };
    const order = {
      deployments: [a, b, c],
      outputCaps: new Map(left),
      outputCapsAfter: () => left,
      onFallback: (deploymentId: string) => {
        told.push(deploymentId);
        return Promise.resolve(left);
      },
    };
    expect(story(await dispatch({ a: [filters], c: [says('Hi')] }, order))).toBe(
      'a:fell-back c:text c:completed',
    );
    expect(told).toEqual(['c']);
    expect(scripted.calls.at(-1)?.options?.maxOutputTokens).toBe(20);
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

  test('is exact, whichever model served', async () => {
    expect(await costOf(0.0123)).toMatchObject({ usage, cost: { kind: 'exact', usd: 0.0123 } });
  });

  test.each([Number.NaN, -1, Infinity, 0])('of %d USD is none', async (costUsd) => {
    expect(await costOf(costUsd)).toMatchObject({
      cost: { kind: 'estimated', usd: expect.closeTo(0.002, 10) as number },
    });
  });
});
