import { budgetsWith } from '../core/samples';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Conduit } from '../../src/core/conduit';
import type { ModelEvent } from '../../src/core/terms/ports';
import type { RouteRequest } from '../../src/core/terms/request';
import type { ToolDefinition } from '../../src/core/terms/tools';
import { deploymentWith } from '../core/simulation';
import type { Answer, Windows } from './windows';
import { ask, createWindows, fails, request, says } from './windows';

/** A tool loop is one decision: all of its calls go to one model, and are learnt from as one pull. */

let windows: Windows;

beforeEach(() => {
  windows = createWindows();
});

afterEach(() => windows.remove());

const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
const tools: readonly ToolDefinition[] = [{ name: 'look', description: 'Looks.', inputSchema: undefined }];
const call = { id: 'call_1', name: 'look', input: { at: 'sky' } };
const asked: RouteRequest = { ...request, origin: 'language-model', tools };

async function* callsTool(): AsyncIterable<ModelEvent> {
  yield await Promise.resolve({ type: 'tool-call', call });
  yield* says();
}

/** The request that brings the result of `call`. */
function continuing(decisionId: string): RouteRequest {
  const messages = [
    ...asked.messages,
    { role: 'assistant', text: '', toolCalls: [call] } as const,
    { role: 'user', text: '', toolResults: [{ callId: 'call_1', text: 'blue' }] } as const,
  ];
  return { ...asked, messages, continues: decisionId };
}

/** A window of two models, and who was asked. */
async function windowOf(answer: Answer): Promise<{ conduit: Conduit; calls: string[] }> {
  const calls: string[] = [];
  const conduit = await windows.open({
    answer: (deployment, signal) => {
      calls.push(deployment.id);
      return answer(deployment, signal);
    },
    deployments: [deploymentWith('a', { price }), deploymentWith('b', { price })],
  });
  return { conduit, calls };
}

/** A window of one model that calls a tool each time, with a budget in USD for the day. */
async function windowWithin(dailyBudgetUsd: number): Promise<{ conduit: Conduit; calls: string[] }> {
  const calls: string[] = [];
  const conduit = await windows.open({
    answer: ({ id }) => {
      calls.push(id);
      return callsTool();
    },
    deployments: [deploymentWith('a', { price })],
    configuration: { budgets: budgetsWith({ day: dailyBudgetUsd }) },
  });
  return { conduit, calls };
}

async function begin(conduit: Conduit): Promise<string> {
  const [first, ...rest] = await ask(conduit, undefined, asked);
  if (first?.type !== 'decided') throw new Error('Nothing was decided.');
  expect(rest.map(({ type }) => type)).toEqual(['tool-call', 'finished']);
  return first.decision.id;
}

test('a loop stays with its model under one decision, and counts as one request with the costs of all calls', async () => {
  let step = 0;
  const { conduit, calls } = await windowOf(() => ((step += 1) < 4 ? callsTool() : says('Blue.')));
  const decisionId = await begin(conduit);
  for (let index = 1; index < 4; index += 1) {
    const events = await ask(conduit, undefined, continuing(decisionId));
    expect(events[0]).toMatchObject({ type: 'decided', decision: { id: decisionId } });
    expect(events.at(-1)).toMatchObject({ type: 'finished', attempt: { decisionId, index } });
  }
  expect(new Set(calls).size).toBe(1);
  const [id = ''] = calls;

  const entries = await (await windows.openLedger()).readAfter(0);
  expect(entries.filter(({ kind }) => kind === 'decision')).toHaveLength(1);
  const stats = conduit.stats();
  const oneCall = 1000 * price.inputUsdPerToken + 100 * price.outputUsdPerToken;
  expect(stats.pools[0]).toMatchObject({ decisions: 1 });
  expect(stats.pools[0]?.models.find(({ deploymentId }) => deploymentId === id)).toMatchObject({
    requests: 1,
    share01: 1,
    totalUsd: expect.closeTo(4 * oneCall, 12) as number,
  });
  expect(stats.recent[0]?.cost).toEqual({ kind: 'exact', usd: expect.closeTo(4 * oneCall, 12) as number });
  expect(conduit.arm('default', id)).toMatchObject({
    pulls: 1,
    answers: { all: { count: 1, size: 400 } },
    costs: { all: { count: 1, size: expect.closeTo(4 * oneCall, 12) as number } },
  });
  expect(conduit.spentToday().usd).toBeCloseTo(4 * oneCall, 12);
  await conduit.rate(decisionId, id, 'up');
  expect(conduit.arm('default', id).quality.weight).toBeCloseTo(1, 12);
});

test('a loop that outgrows its model goes on with one that takes it, under a decision of its own', async () => {
  const calls: string[] = [];
  const conduit = await windows.open({
    answer: ({ id }) => {
      calls.push(id);
      return calls.length === 1 ? callsTool() : says('Blue.');
    },
    deployments: [
      deploymentWith('small', { price, contextWindowTokens: 8_000 }),
      deploymentWith('large', { price, contextWindowTokens: 200_000, supportsTools: false }),
    ],
  });
  const decisionId = await begin(conduit);
  expect(calls).toEqual(['small']);
  const { tools: _tools, messages, ...rest } = continuing(decisionId);
  const file = 'word '.repeat(20_000);
  const results = { role: 'user', text: '', toolResults: [{ callId: 'call_1', text: file }] } as const;
  const events = await ask(conduit, undefined, { ...rest, messages: [...messages.slice(0, -1), results] });
  expect(calls).toEqual(['small', 'large']);
  const [decided] = events;
  expect(decided).toMatchObject({ type: 'decided', decision: { deploymentId: 'large' } });
  expect(decided?.type === 'decided' && decided.decision.id).not.toBe(decisionId);
});

test('a loop goes on with another model where its own server says that it is too long', async () => {
  async function* refuses(): AsyncIterable<ModelEvent> {
    const failure = { reason: 'context-too-long', detail: 'Too long.', status: 400 } as const;
    yield await Promise.resolve({ type: 'failed', failure });
  }
  let step = 0;
  const { conduit, calls } = await windowOf(() => {
    step += 1;
    if (step === 1) return callsTool();
    return step === 2 ? refuses() : says('Blue.');
  });
  const decisionId = await begin(conduit);
  const events = await ask(conduit, undefined, continuing(decisionId));
  expect(events.map(({ type }) => type)).toEqual(['decided', 'decided', 'text', 'finished']);
  expect(calls[1]).toBe(calls[0]);
  expect(calls[2]).not.toBe(calls[0]);
});

test('after a fallback the loop stays with the model that asked for the tool', async () => {
  let broken: string | undefined;
  const { conduit, calls } = await windowOf(({ id }) => (id === (broken ??= id) ? fails() : callsTool()));
  const [first] = await ask(conduit, undefined, asked);
  if (first?.type !== 'decided') throw new Error('Nothing was decided.');
  const events = await ask(conduit, undefined, continuing(first.decision.id));
  const last = calls.at(-1);
  expect(last).not.toBe(broken);
  expect(events.at(-1)).toMatchObject({ type: 'finished', attempt: { deploymentId: last, index: 3 } });
});

test('a model that fails within a loop is not replaced in silence', async () => {
  let begun = false;
  const { conduit, calls } = await windowOf(() => {
    if (begun) return fails();
    begun = true;
    return callsTool();
  });
  const decisionId = await begin(conduit);
  const events = await ask(conduit, undefined, continuing(decisionId));
  expect(events.map(({ type }) => type)).toEqual(['decided', 'retrying', 'failed']);
  expect(new Set(calls).size).toBe(1);
  const { risk, quality } = conduit.arm('default', calls[0] ?? '');
  expect(risk.risk01).toBeGreaterThan(0);
  expect(quality.weightedQuality).toBeGreaterThan(0);
});

test('a new turn is a new decision, and so is a loop that nobody knows', async () => {
  const { conduit } = await windowOf(() => callsTool());
  const ids = [await begin(conduit), await begin(conduit)];
  const [first] = await ask(conduit, undefined, continuing('unknown'));
  if (first?.type !== 'decided') throw new Error('Nothing was decided.');
  expect(new Set([...ids, first.decision.id]).size).toBe(3);
});

test('no model that can’t call tools, or takes no images, is asked where they are needed', async () => {
  const calls: string[] = [];
  const conduit = await windows.open({
    answer: ({ id }) => {
      calls.push(id);
      return says('ok');
    },
    deployments: [
      deploymentWith('plain', { supportsTools: false, supportsImages: true }),
      deploymentWith('blind', { supportsImages: false }),
    ],
  });
  const image = { mimeType: 'image/png', base64: 'AAAA' };
  const seeing: RouteRequest = { ...request, messages: [{ role: 'user', text: 'See?', images: [image] }] };
  const [withTools] = await ask(conduit, undefined, asked);
  const [withImage] = await ask(conduit, undefined, seeing);
  const [withBoth] = await ask(conduit, undefined, { ...seeing, tools });
  expect(calls).toEqual(['blind', 'plain']);
  expect(withTools).toMatchObject({
    decision: { excluded: [{ deploymentId: 'plain', reason: 'no-tools' }] },
  });
  expect(withImage).toMatchObject({
    decision: { excluded: [{ deploymentId: 'blind', reason: 'no-images' }] },
  });
  expect(withBoth).toMatchObject({
    type: 'no-model',
    excluded: [
      { deploymentId: 'plain', reason: 'no-tools' },
      { deploymentId: 'blind', reason: 'no-images' },
    ],
  });
});

test('nothing is asked within a loop once the day’s budget is used up', async () => {
  const { conduit, calls } = await windowWithin(0.0025);
  const decisionId = await begin(conduit);
  const events = await ask(conduit, undefined, continuing(decisionId));
  expect(events.map(({ type }) => type)).toEqual(['decided', 'tool-call', 'finished']);
  const [last] = await ask(conduit, undefined, continuing(decisionId));
  expect(last).toMatchObject({ type: 'over-budget', excluded: [{ deploymentId: 'a' }] });
  expect(calls).toHaveLength(2);
});

test('loops that go on at the same moment don’t spend the day’s budget twice, and one that is left gives back what it had', async () => {
  // The first answer costs 0.0014, and the next one is expected to cost 0.0004.
  const { conduit, calls } = await windowWithin(0.002);
  const decisionId = await begin(conduit);
  const next = () =>
    conduit.answer(continuing(decisionId), new AbortController().signal)[Symbol.asyncIterator]();
  const [one, other] = [next(), next()];
  expect((await one.next()).value).toMatchObject({ type: 'decided' });
  expect((await other.next()).value).toMatchObject({ type: 'over-budget' });
  await one.return?.();
  expect(calls).toHaveLength(1);
  expect((await next().next()).value).toMatchObject({ type: 'decided' });
});
