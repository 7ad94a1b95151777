import { budgetsWith } from '../core/samples';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryCache } from '../../src/cache/memory-cache';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Conduit } from '../../src/core/conduit';
import type { Configuration } from '../../src/core/terms/configuration';
import type { Decision } from '../../src/core/terms/decision';
import { deploymentWith, price } from '../core/simulation';
import type { WindowOptions, Windows } from './windows';
import { ask, createWindows, fails, request, says } from './windows';

/** Of every answer here: 1,000 tokens in and 100 out, as the scripted provider reports. */
const answerUsd = 0.011;
const dear = deploymentWith('dear', { price: price(1e-5) });
const dayMs = 86_400_000;

let windows: Windows;
beforeEach(() => void (windows = createWindows()));
afterEach(() => windows.remove());

function open(configuration: Partial<Configuration>, more: Partial<WindowOptions> = {}): Promise<Conduit> {
  return windows.open({ deployments: [dear], answer: () => says('yes'), configuration, ...more });
}

const last = (events: readonly AnswerEvent[]): AnswerEvent['type'] | undefined => events.at(-1)?.type;

function decisionIn(events: readonly AnswerEvent[]): Decision {
  const decided = events.find((event) => event.type === 'decided');
  if (decided === undefined) throw new Error('Nothing was decided.');
  return decided.decision;
}

test('what an answer without text cost is no longer there for the model that is asked instead', async () => {
  let calls = 0;
  const conduit = await open(
    { budgets: budgetsWith({ request: 0.02 }) },
    {
      deployments: [dear, deploymentWith('other', { price: price(1e-5) })],
      answer: async function* () {
        calls += 1;
        yield await Promise.resolve({
          type: 'finished',
          usage: { inputTokens: 1_000, outputTokens: 999, cachedInputTokens: 0 },
          servedModel: undefined,
          truncated: true,
        });
      },
    },
  );
  expect(last(await ask(conduit))).toBe('failed');
  expect(calls).toBe(1);
  expect(conduit.spentToday().usd).toBeLessThanOrEqual(0.02);
});

describe('the day’s budget', () => {
  test('is a hard stop that is asked about, with what the cheapest would cost; nothing is sent', async () => {
    const conduit = await open({ budgets: budgetsWith({ day: 0.0225 }) });
    expect(last(await ask(conduit))).toBe('finished');
    expect(last(await ask(conduit))).toBe('finished');
    expect(conduit.spentToday().usd).toBeCloseTo(2 * answerUsd, 12);
    const [refused, ...more] = await ask(conduit);
    expect(more).toEqual([]);
    expect(refused).toMatchObject({
      type: 'over-budget',
      excluded: [{ deploymentId: 'dear', reason: 'over-daily-budget' }],
      cheapest: { deploymentId: 'dear' },
    });
    expect(refused?.type === 'over-budget' && refused.caps.dayLeftUsd).toBeCloseTo(
      0.0225 - 2 * answerUsd,
      12,
    );
    expect(conduit.stats().pools[0]?.decisions).toBe(2);
    expect(last(await ask(conduit, undefined, { ...request, overBudgetAgreed: true }))).toBe('finished');
    expect(last(await ask(conduit))).toBe('over-budget');
  });

  test('begins anew the next day', async () => {
    let nowMs = Date.now();
    const conduit = await open({ budgets: budgetsWith({ day: 0.012 }) }, { nowMs: () => nowMs });
    await ask(conduit);
    expect(last(await ask(conduit))).toBe('over-budget');
    nowMs += dayMs;
    expect(conduit.spentToday().usd).toBe(0);
    expect(last(await ask(conduit))).toBe('finished');
  });

  test('counts what other windows spend, and what they are about to', async () => {
    const never = new Promise<void>(() => undefined);
    const other = await open(
      { budgets: budgetsWith({ day: 0.018 }) },
      {
        answer: async function* () {
          yield { type: 'text', text: 'a beginning' };
          await never;
        },
      },
    );
    const conduit = await open({ budgets: budgetsWith({ day: 0.018 }) });
    const long = { ...request, messages: [{ role: 'user', text: 'word '.repeat(1_000) }] } as const;
    const underWay = other.answer(long, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await underWay.next()).value).toMatchObject({ type: 'decided' });
    expect(last(await ask(conduit))).toBe('over-budget');
    expect(conduit.spentToday().expectedUsd).toBeGreaterThan(0.015);
    expect(last(await ask(await open({ budgets: budgetsWith({ day: 0.05 }) })))).toBe('finished');
  });

  test('is not spent twice by requests that are decided at the same moment', async () => {
    const gate = Promise.withResolvers<undefined>();
    let waiting = 0;
    const get = (): Promise<undefined> => {
      waiting += 1;
      if (waiting === 20) gate.resolve(undefined);
      return gate.promise;
    };
    const conduit = await open(
      { budgets: budgetsWith({ day: 0.01 }) },
      { cache: { ...createMemoryCache(), get } },
    );
    const ends = await Promise.all(Array.from({ length: 20 }, async () => last(await ask(conduit))));
    // Each is expected to cost 0.00404.
    expect(ends.filter((end) => end === 'finished')).toHaveLength(2);
    expect(ends.filter((end) => end === 'over-budget')).toHaveLength(18);
  });
});

describe('a fallback', () => {
  const cheap = Array.from({ length: 5 }, (_, index) =>
    deploymentWith(`cheap ${String(index)}`, { price: price(1e-6), qualityPrior01: 1 }),
  );
  const begin = { type: 'text', text: 'a beginning' } as const;
  const filtered = { reason: 'content-filter', detail: 'no', status: 400 } as const;

  /** A window whose cheap models refuse; the dear one, asked instead, begins and goes on when `gate` opens. */
  function refused(
    dailyBudgetUsd: number,
    refuse: Promise<unknown>,
    gate: Promise<unknown>,
  ): Promise<Conduit> {
    return open(
      { budgets: budgetsWith({ day: dailyBudgetUsd }), preset: 'cost' },
      {
        deployments: [...cheap, { ...dear, qualityPrior01: 0 }],
        answer: async function* ({ id }) {
          if (id !== 'dear') {
            await refuse;
            yield { type: 'failed', failure: filtered };
          }
          yield begin;
          await gate;
          yield* says('yes');
        },
      },
    );
  }

  /** Asks in a conversation of its own until a text comes or nothing more. */
  async function begun(conduit: Conduit, index: number): Promise<AnswerEvent['type'] | undefined> {
    const asked = { ...request, conversationId: String(index) };
    const events = conduit.answer(asked, new AbortController().signal)[Symbol.asyncIterator]();
    for (;;) {
      const next = await events.next();
      if (next.done === true) return undefined;
      const { type } = next.value;
      if (type === 'text' || type === 'failed' || type === 'over-budget') return type;
    }
  }

  test('under way is expected to cost what the model costs that is asked now', async () => {
    const conduit = await refused(0.012, Promise.resolve(), new Promise(() => undefined));
    const ends = [];
    for (let index = 0; index < 5; index += 1) ends.push(await begun(conduit, index));
    // Each of them is expected to cost 0.00404.
    expect(ends).toEqual(['text', 'text', 'failed', 'failed', 'failed']);
  });

  test('is not asked where others that fall back at the same moment have taken what was left', async () => {
    const refuse = Promise.withResolvers<undefined>();
    const conduit = await refused(0.012, refuse.promise, Promise.resolve());
    const asking = Array.from({ length: 5 }, (_, index) => begun(conduit, index));
    await vi.waitFor(() => expect(conduit.stats().pools[0]?.decisions).toBe(5));
    expect(conduit.stats().recent.some(({ chosen }) => chosen === 'dear')).toBe(false);
    refuse.resolve(undefined);
    const ends = await Promise.all(asking);
    // Two of them are what the budget has room for, less what is held meanwhile so that the others' answers may be long.
    const answered = ends.filter((end) => end === 'text').length;
    expect(answered).toBeGreaterThanOrEqual(1);
    expect(answered).toBeLessThanOrEqual(2);
    expect(ends.filter((end) => end === 'failed')).toHaveLength(5 - answered);
  });

  test('that ended is expected to cost nothing more, and what it may cost is its own', async () => {
    const conduit = await refused(0.0041, Promise.resolve(), Promise.resolve());
    expect(last(await ask(conduit))).toBe('finished');
    expect(conduit.spentToday().expectedUsd).toBe(0);
  });
});

describe('a cap for each request', () => {
  test('leaves out what is dearer or of unknown price, and sends to what is free', async () => {
    const free = deploymentWith('free', { price: price(0) });
    const unknown = deploymentWith('unknown');
    const caps = { budgets: budgetsWith({ request: 0.001 }) };
    const conduit = await open(caps, { deployments: [dear, unknown, free] });
    const decision = decisionIn(await ask(conduit));
    expect(decision).toMatchObject({ deploymentId: 'free', probability: 1 });
    expect(decision.excluded).toEqual([
      { deploymentId: 'dear', reason: 'over-request-cap' },
      { deploymentId: 'unknown', reason: 'over-request-cap' },
    ]);
    const [refused] = await ask(await open(caps, { deployments: [unknown] }));
    expect(refused).toMatchObject({ type: 'over-budget', cheapest: { deploymentId: 'unknown' } });
    expect(refused?.type === 'over-budget' && refused.cheapest.costUsd).toBeUndefined();
  });
});

describe('an identical request shortly after', () => {
  const three = ['a', 'b', 'c'].map((id) => deploymentWith(id));

  test('of the same conversation goes to the same model, for sure, in another window too', async () => {
    const cache = createMemoryCache();
    const options = { deployments: three, cache };
    const [one, other] = [await open({}, options), await open({}, options)];
    for (let times = 0; times < 10; times += 1) {
      const asked = { ...request, conversationId: String(times) };
      const first = decisionIn(await ask(one, undefined, asked));
      expect(first.repeats).toBeUndefined();
      const again = decisionIn(await ask(other, undefined, asked));
      expect(again).toMatchObject({ deploymentId: first.deploymentId, probability: 1, repeats: first.id });
    }
  });

  test('chooses anew where the answer failed, was stopped or was rated down, and not where it was rated up', async () => {
    const cache = createMemoryCache();
    let answers: WindowOptions['answer'] = () => says('yes');
    const conduit = await open({}, { deployments: three, cache, answer: (...call) => answers(...call) });
    const asked = (conversationId: string): typeof request => ({ ...request, conversationId });
    const repeats = async (conversationId: string): Promise<boolean> =>
      decisionIn(await ask(conduit, undefined, asked(conversationId))).repeats !== undefined;

    const up = decisionIn(await ask(conduit, undefined, asked('up')));
    await conduit.rate(up.id, up.deploymentId, 'up');
    expect(await repeats('up')).toBe(true);
    const down = decisionIn(await ask(conduit, undefined, asked('down')));
    await conduit.rate(down.id, down.deploymentId, 'down');
    expect(await repeats('down')).toBe(false);

    const controller = new AbortController();
    for await (const event of conduit.answer(asked('stopped'), controller.signal))
      if (event.type === 'text') controller.abort();
    expect(await repeats('stopped')).toBe(false);

    answers = () => fails();
    await ask(conduit, undefined, asked('failed'));
    answers = () => says('yes');
    expect(await repeats('failed')).toBe(false);
  });
});
