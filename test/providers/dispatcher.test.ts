import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DispatchEvent, DispatchLimits } from '../../src/core/terms/dispatch';
import type { ModelClient, ModelEvent } from '../../src/core/terms/ports';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { seededRandom } from '../core/seeded-random';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import {
  clock,
  collect,
  deploymentWith,
  editorModels,
  failureOf,
  keys,
  question,
  textOf,
} from './stream-helpers';

const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 2e-6 };
let openai: WireServer;
let anthropic: WireServer;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
});
afterEach(() => {
  openai.forget();
  anthropic.forget();
});
afterAll(() => Promise.all([openai.close(), anthropic.close()]));

const first = () => deploymentWith({ id: 'first', model: 'first', apiBase: openai.url, price });
const second = () =>
  deploymentWith({
    id: 'second',
    provider: 'anthropic',
    protocol: 'anthropic-messages',
    model: 'second',
    apiBase: anthropic.url,
    price,
  });
const order = () => ({ decisionId: 'decision', deployments: [first(), second()], messages: question });

const patient = { firstTokenMs: 30_000, stallMs: 30_000, requestMs: 60_000, retries: 0 };
const hastyBefore = { ...patient, firstTokenMs: 500 };
const hastyAfter = { ...patient, stallMs: 100 };
const dispatcherWith = (client: ModelClient, limits: DispatchLimits = patient) =>
  createDispatcher({
    client,
    prices: createPriceBook(),
    clock,
    limits,
    breakers: createBreakers(),
    random: seededRandom(1),
  });
const overTheWire = (limits = patient) => dispatcherWith(createModelClient({ keys, editorModels }), limits);
const never = (): AbortSignal => new AbortController().signal;
const types = (events: readonly DispatchEvent[]) =>
  events.map(({ type }) => type).filter((type, index, all) => type !== 'text' || all[index - 1] !== 'text');

/** A client that yields these events, and remembers whether it was told to stop. */
function scripted(events: readonly ModelEvent[], signals: AbortSignal[] = []): ModelClient {
  return {
    stream: async function* (_call, signal) {
      signals.push(signal);
      await Promise.resolve();
      yield* events;
    },
  };
}

describe('an answer', () => {
  test.each([
    ['a dated version of the model', 'first-2026-08-06', undefined, 'exact'],
    ['the model with its vendor', 'vendor/first', undefined, 'exact'],
    ['another model whose name begins alike', 'first-mini', 'first-mini', 'estimated'],
    ['another model', 'second', 'second', 'estimated'],
  ])('served by %s', async (_name, served, shown, kind) => {
    openai.script({ kind: 'answer', servedModel: served });
    const [end] = (await collect(overTheWire().dispatch(order(), never()))).slice(-1);
    expect(end).toMatchObject({
      type: 'completed',
      attempt: { receipt: { servedModel: shown, cost: { kind } } },
    });
  });

  test('costs what the provider’s usage costs', async () => {
    const events = await collect(overTheWire().dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'text', 'completed']);
    expect(textOf(events)).toBe('Answer from first to: What is 6 × 7?');
    expect(events.at(-1)).toMatchObject({
      truncated: false,
      attempt: {
        decisionId: 'decision',
        deploymentId: 'first',
        index: 0,
        outcome: 'completed',
        failure: undefined,
        receipt: {
          usage: { inputTokens: 20, outputTokens: 10, cachedInputTokens: 0 },
          cost: { kind: 'exact', usd: expect.closeTo(40e-6, 12) as number },
          servedModel: undefined,
        },
      },
    });
    await openai.requests[0]?.settled;
    expect(openai.requests[0]).toMatchObject({ closedByClient: false, finished: true });
    expect(anthropic.requests).toHaveLength(0);
  });

  test('without a report of usage costs an estimate from its text', async () => {
    openai.script({ kind: 'answer', chunks: ['four characters a token'], usage: false });
    const last = (await collect(overTheWire().dispatch(order(), never()))).at(-1);
    expect(last).toMatchObject({
      type: 'completed',
      attempt: { receipt: { usage: { inputTokens: 4, outputTokens: 6 }, cost: { kind: 'estimated' } } },
    });
  });
});

describe('a failure before the first token', () => {
  test('of status 500 goes to the next model, with both attempts accounted for', async () => {
    openai.script({ kind: 'error', status: 500, body: { error: { message: 'Oops', type: 'server_error' } } });
    const events = await collect(overTheWire().dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'fell-back', 'started', 'text', 'completed']);
    expect(events[1]).toMatchObject({
      to: 'second',
      failure: { reason: 'server-error', detail: 'Oops', status: 500 },
      attempt: {
        deploymentId: 'first',
        index: 0,
        outcome: 'failed',
        receipt: { usage: undefined, cost: { kind: 'unknown' }, timeToFirstTokenMs: undefined },
      },
    });
    expect(events.at(-1)).toMatchObject({
      attempt: { deploymentId: 'second', index: 1, outcome: 'completed' },
    });
  });

  test('after role and white space alone still counts as before', async () => {
    openai.script({ kind: 'answer', chunks: ['', '\n', '  '], then: 'cut' });
    const events = await collect(overTheWire().dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'fell-back', 'started', 'text', 'completed']);
    expect(textOf(events)).toBe('Answer from second to: What is 6 × 7?');
  });

  test('is also an answer without text, whose tokens were billed all the same', async () => {
    openai.script({ kind: 'answer', chunks: [], finish: 'length' });
    const events = await collect(overTheWire().dispatch(order(), never()));
    expect(events[1]).toMatchObject({
      type: 'fell-back',
      failure: { reason: 'malformed-stream' },
      attempt: { receipt: { usage: { inputTokens: 20, outputTokens: 10 }, cost: { kind: 'exact' } } },
    });
  });

  test('is also a silence, and the request is closed', async () => {
    openai.script({ kind: 'hang' });
    const events = await collect(overTheWire(hastyBefore).dispatch(order(), never()));
    expect(events[1]).toMatchObject({ type: 'fell-back', failure: { reason: 'timeout' } });
    expect(events.at(-1)).toMatchObject({ type: 'completed', attempt: { deploymentId: 'second' } });
    await openai.requests[0]?.settled;
    expect(openai.requests[0]?.closedByClient).toBe(true);
  });

  test('of the last model ends the dispatch', async () => {
    openai.script({ kind: 'error', status: 401, body: {} });
    anthropic.script({ kind: 'error', status: 529, body: {} });
    const events = await collect(overTheWire().dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'fell-back', 'started', 'failed']);
    expect(events.at(-1)).toMatchObject({ partial: false, failure: { reason: 'server-error', status: 529 } });
  });
});

describe('a failure after the first token', () => {
  test.each([
    ['a cut', { kind: 'answer', chunks: ['Half '], then: 'cut' } as const, 'network', 2],
    ['a stall', { kind: 'answer', chunks: ['Half '], then: 'hang' } as const, 'timeout', 2],
    // What was filtered is billed, and reported.
    ['a filter', { kind: 'answer', chunks: ['Half '], finish: 'refused' } as const, 'content-filter', 10],
  ])('by %s is never mixed with another answer', async (_what, behaviour, reason, outputTokens) => {
    openai.script(behaviour);
    const events = await collect(overTheWire(hastyAfter).dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'text', 'failed']);
    expect(textOf(events)).toBe('Half ');
    expect(failureOf(events).reason).toBe(reason);
    expect(events.at(-1)).toMatchObject({
      partial: true,
      attempt: {
        outcome: 'failed',
        receipt: { usage: { outputTokens }, cost: { kind: outputTokens === 2 ? 'estimated' : 'exact' } },
      },
    });
    expect(anthropic.requests).toHaveLength(0);
  });
});

describe('stopping', () => {
  test('in the middle closes the request and ends with what it cost so far', async () => {
    openai.script({ kind: 'answer', chunks: ['Half '], then: 'hang' });
    const abort = new AbortController();
    const events: DispatchEvent[] = [];
    for await (const event of overTheWire().dispatch(order(), abort.signal)) {
      events.push(event);
      if (event.type === 'text') abort.abort();
    }
    expect(types(events)).toEqual(['started', 'text', 'stopped']);
    expect(events.at(-1)).toMatchObject({
      attempt: { outcome: 'stopped', receipt: { cost: { kind: 'estimated' } } },
    });
    await openai.requests[0]?.settled;
    expect(openai.requests[0]).toMatchObject({ closedByClient: true, finished: false });
    expect(anthropic.requests).toHaveLength(0);
  });

  test('before the first token does not fall back', async () => {
    openai.script({ kind: 'hang' });
    const abort = new AbortController();
    const dispatching = collect(overTheWire().dispatch(order(), abort.signal));
    await vi.waitFor(() => expect(openai.requests).toHaveLength(1));
    abort.abort();
    expect(types(await dispatching)).toEqual(['started', 'stopped']);
    await openai.requests[0]?.settled;
    expect(openai.requests[0]?.closedByClient).toBe(true);
  });

  test('before the start sends nothing', async () => {
    expect(types(await collect(overTheWire().dispatch(order(), AbortSignal.abort())))).toEqual([
      'started',
      'stopped',
    ]);
    expect(openai.requests).toHaveLength(0);
  });

  test('between two models does not ask the second', async () => {
    openai.script({ kind: 'error', status: 500, body: {} });
    const abort = new AbortController();
    const events: DispatchEvent[] = [];
    for await (const event of overTheWire().dispatch(order(), abort.signal)) {
      events.push(event);
      if (event.type === 'fell-back') abort.abort();
    }
    expect(events.at(-1)?.type).toBe('stopped');
    expect(anthropic.requests).toHaveLength(0);
  });

  test('by a consumer that goes away closes the request too', async () => {
    openai.script({ kind: 'answer', chunks: ['Half '], then: 'hang' });
    for await (const event of overTheWire().dispatch(order(), never())) if (event.type === 'text') break;
    await openai.requests[0]?.settled;
    expect(openai.requests[0]?.closedByClient).toBe(true);
  });

  test('works on a client that ignores its signal', async () => {
    const deaf: ModelClient = {
      stream: async function* () {
        await new Promise(() => undefined);
      },
    };
    const abort = new AbortController();
    const dispatching = collect(dispatcherWith(deaf).dispatch(order(), abort.signal));
    abort.abort();
    expect(types(await dispatching)).toEqual(['started', 'stopped']);
  });
});

describe('a client', () => {
  test('that throws is a failure, with anything like a key removed', async () => {
    const broken: ModelClient = {
      stream: async function* () {
        await Promise.resolve();
        throw new Error('Bad header: Bearer sk-proj-0123456789');
      },
    };
    const events = await collect(dispatcherWith(broken).dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'fell-back', 'started', 'failed']);
    expect(failureOf(events)).toEqual({
      reason: 'malformed-stream',
      detail: 'Bad header: [key]',
      status: undefined,
    });
  });

  test('whose stream just ends is a failure', async () => {
    const events = await collect(dispatcherWith(scripted([])).dispatch(order(), never()));
    expect(failureOf(events).reason).toBe('malformed-stream');
  });

  test('that thinks is not taken for one that hangs', async () => {
    const thinking: ModelClient = {
      stream: async function* () {
        for (let thought = 0; thought < 6; thought += 1) {
          await new Promise((resolve) => setTimeout(resolve, hastyBefore.firstTokenMs / 4));
          yield { type: 'alive' };
        }
        yield { type: 'text', text: 'Done.' };
        yield { type: 'finished', usage: undefined, servedModel: undefined, truncated: false };
      },
    };
    const events = await collect(dispatcherWith(thinking, hastyBefore).dispatch(order(), never()));
    expect(types(events)).toEqual(['started', 'text', 'completed']);
  });

  test('is told when its call is over', async () => {
    const signals: AbortSignal[] = [];
    const finished = { type: 'finished', usage: undefined, servedModel: undefined, truncated: true } as const;
    const client = scripted([{ type: 'text', text: ' \n' }, { type: 'text', text: 'Hi' }, finished], signals);
    const events = await collect(dispatcherWith(client).dispatch(order(), never()));
    expect(events.slice(1)).toMatchObject([
      { type: 'text', text: ' \nHi' },
      { type: 'completed', truncated: true },
    ]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
