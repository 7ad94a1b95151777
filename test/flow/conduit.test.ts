import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Conduit } from '../../src/core/conduit';
import type { Decision } from '../../src/core/terms/decision';
import type { Deployment } from '../../src/core/terms/deployment';
import { deploymentWith } from '../core/simulation';
import type { Answer, Windows } from './windows';
import { ask, createWindows, fails, request, says } from './windows';

let windows: Windows;

beforeEach(() => {
  windows = createWindows();
});

afterEach(() => windows.remove());

function window(
  answer: Answer,
  deployments: readonly Deployment[],
  without: readonly string[] = [],
): Promise<Conduit> {
  return windows.open({ answer, deployments, without });
}

const priced = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };

test('the decision is in the ledger before the call goes out', async () => {
  const reader = await windows.openLedger();
  let before: readonly string[] = [];
  const conduit = await window(
    async function* () {
      before = (await reader.readAfter(0)).map(({ kind }) => kind);
      yield* says('x');
    },
    [deploymentWith('a')],
  );
  await ask(conduit);
  expect(before).toEqual(['decision']);
  expect((await reader.readAfter(0)).map(({ kind }) => kind)).toEqual(['decision', 'attempt', 'observation']);
});

test('an answer, its exact cost, and a thumb that can be changed and taken back', async () => {
  const conduit = await window(() => says('Hello ', 'world'), [deploymentWith('a', { price: priced })]);
  const events = await ask(conduit);
  expect(events.map(({ type }) => type)).toEqual(['decided', 'text', 'text', 'finished']);
  const end = events.at(-1);
  if (end?.type !== 'finished') throw new Error('not finished');
  expect(end.attempt.receipt.cost).toEqual({ kind: 'exact', usd: expect.closeTo(0.0014, 10) as number });

  const { decisionId } = end.attempt;
  const thumbs = (): unknown => {
    const [model] = conduit.stats().pools[0]?.models ?? [];
    return [model?.thumbsUp, model?.thumbsDown, model?.quality01];
  };
  expect(thumbs()).toEqual([0, 0, undefined]);
  await conduit.rate(decisionId, 'a', 'up');
  expect(thumbs()).toEqual([1, 0, 1]);
  await conduit.rate(decisionId, 'a', 'down');
  expect(thumbs()).toEqual([0, 1, 0]);
  await conduit.rate(decisionId, 'a', undefined);
  expect(thumbs()).toEqual([0, 0, undefined]);
});

test('a failure that stays after a second try goes to the other model, and both attempts are told', async () => {
  const failing = new Set<string>();
  const conduit = await window(
    (deployment) => {
      if (failing.size === 0) failing.add(deployment.id);
      return failing.has(deployment.id) ? fails() : says('ok');
    },
    [deploymentWith('a'), deploymentWith('b')],
  );
  const events = await ask(conduit);
  expect(events.map(({ type }) => type)).toEqual(['decided', 'retrying', 'fell-back', 'text', 'finished']);
  const [first = ''] = failing;
  const models = conduit.stats().pools[0]?.models ?? [];
  expect(models.find(({ deploymentId }) => deploymentId === first)).toMatchObject({
    failures: 2,
    quality01: undefined,
    requests: 0,
  });
  expect(models.find(({ deploymentId }) => deploymentId !== first)).toMatchObject({
    failures: 0,
    requests: 1,
  });
});

test('the provider’s words about a failure stay out of the ledger: some servers quote the prompt', async () => {
  const conduit = await window(() => fails(), [deploymentWith('a')]);
  const events = await ask(conduit);
  expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { detail: 'boom' } });
  const [reader] = windows.opened;
  const entries = await reader?.readAfter(0);
  expect(entries?.map(({ kind }) => kind)).toEqual(['decision', 'attempt', 'attempt', 'observation']);
  expect(JSON.stringify(entries)).not.toContain('boom');
});

test('a failure after the first token ends the answer: nothing is mixed from two models', async () => {
  const conduit = await window(
    async function* () {
      yield await Promise.resolve({ type: 'text', text: 'half' });
      yield* fails();
    },
    [deploymentWith('a'), deploymentWith('b')],
  );
  const events = await ask(conduit);
  expect(events.map(({ type }) => type)).toEqual(['decided', 'text', 'failed']);
  expect(events.at(-1)).toMatchObject({ partial: true });
});

test('stopping ends the stream, is recorded, and is no evidence of quality', async () => {
  const controller = new AbortController();
  let callSignal: AbortSignal | undefined;
  const conduit = await window(
    async function* (_deployment, signal) {
      callSignal = signal;
      yield await Promise.resolve({ type: 'text', text: 'first' });
      await new Promise(() => undefined);
    },
    [deploymentWith('a')],
  );
  const events: AnswerEvent[] = [];
  for await (const event of conduit.answer(request, controller.signal)) {
    events.push(event);
    if (event.type === 'text') controller.abort();
  }
  expect(events.at(-1)?.type).toBe('stopped');
  expect(callSignal?.aborted).toBe(true);
  expect(conduit.stats().pools[0]?.models[0]).toMatchObject({
    requests: 1,
    failures: 0,
    quality01: undefined,
  });
});

test('a surface that goes away in the middle stops the call, and its attempt is recorded', async () => {
  let callSignal: AbortSignal | undefined;
  const conduit = await window(
    async function* (_deployment, signal) {
      callSignal = signal;
      yield await Promise.resolve({ type: 'text', text: 'first' });
      await new Promise(() => undefined);
    },
    [deploymentWith('a', { price: priced })],
  );
  for await (const event of conduit.answer(request, new AbortController().signal)) {
    if (event.type === 'text') break;
  }
  expect(callSignal?.aborted).toBe(true);
  const reader = await windows.openLedger();
  expect((await reader.readAfter(0)).map(({ kind }) => kind)).toEqual(['decision', 'attempt', 'observation']);
  expect(conduit.spentToday()).toMatchObject({ expectedUsd: 0 });
  expect(conduit.spentToday().usd).toBeGreaterThan(0);
});

test('closing records what is under way as stopped, whether its surface reads on or not', async () => {
  const conduit = await window(
    async function* (_, signal) {
      yield await Promise.resolve({ type: 'text', text: 'The answer' });
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    [deploymentWith('a', { price: { inputUsdPerToken: 1e-6, outputUsdPerToken: 1e-6 } })],
  );
  const ids: string[] = [];
  for (const conversationId of ['left', 'read']) {
    const events = conduit
      .answer({ ...request, conversationId }, new AbortController().signal)
      [Symbol.asyncIterator]();
    const decided = (await events.next()).value as AnswerEvent;
    if (decided.type === 'decided') ids.push(decided.decision.id);
    expect(await events.next()).toMatchObject({ value: { type: 'text' } });
    if (conversationId === 'read') void events.next();
  }
  await conduit.close();
  const entries = await (await windows.openLedger()).readAfter(0);
  const stopped = entries.flatMap((entry) => (entry.kind === 'attempt' ? [entry.attempt] : []));
  expect(stopped.map(({ decisionId, outcome }) => ({ decisionId, outcome }))).toEqual(
    expect.arrayContaining(ids.map((decisionId) => ({ decisionId, outcome: 'stopped' }))),
  );
  expect(stopped).toHaveLength(2);
  for (const { receipt } of stopped) expect(receipt.cost).toMatchObject({ kind: 'estimated' });
});

test('with no key nothing is sent, and the reason for each model is told', async () => {
  const conduit = await window(() => says('x'), [deploymentWith('a'), deploymentWith('b')], ['a', 'b']);
  expect(await ask(conduit)).toEqual([
    {
      type: 'no-model',
      pool: 'default',
      excluded: [
        { deploymentId: 'a', reason: 'missing-key' },
        { deploymentId: 'b', reason: 'missing-key' },
      ],
    },
  ]);
});

test('a restart goes on where it stopped, and two windows learn from each other', async () => {
  const models = [deploymentWith('a'), deploymentWith('b')];
  const first = await window(() => says('x'), models);
  for (let index = 0; index < 5; index += 1) await ask(first);
  const second = await window(() => says('x'), models);
  const [decided] = await ask(second);
  expect(decided).toMatchObject({ type: 'decided', decision: { poolSequence: 6 } });
  expect(await first.refresh()).toBe(true);
  expect(first.stats().pools[0]?.decisions).toBe(6);
  expect(first.stats()).toEqual(second.stats());
});

test('a model that is removed and comes back has kept what was learnt', async () => {
  const a = deploymentWith('a');
  const b = deploymentWith('b');
  const both = await window(() => says('x'), [a, b]);
  for (let index = 0; index < 4; index += 1) await ask(both);
  const alone = await window(() => says('x'), [a]);
  await ask(alone);
  const again = await window(() => says('x'), [a, b, deploymentWith('c')]);
  const [decided] = await ask(again);
  // The new arm is the only one that was never tried.
  expect(decided).toMatchObject({ type: 'decided', decision: { poolSequence: 6, deploymentId: 'c' } });
});

test('a ledger that can not be written: nothing is sent, and the error names the database', async () => {
  let called = false;
  const conduit = await window(() => {
    called = true;
    return says('x');
  }, [deploymentWith('a')]);
  await windows.closeLedgers();
  await expect(ask(conduit)).rejects.toThrow(/ledger-1\.db/);
  expect(called).toBe(false);
});

test('of two answers side by side the better one raises its model and lowers the other', async () => {
  const deployments = [deploymentWith('a'), deploymentWith('b')];
  const first = await window(() => says('x'), deployments);
  const one = await ask(first);
  const other = await ask(first, undefined, { ...request, avoid: [decidedIn(one).deploymentId] });
  const [worse, better] = [decidedIn(one), decidedIn(other)];
  expect(better.deploymentId).not.toBe(worse.deploymentId);
  const qualityOf = ({ deploymentId }: { deploymentId: string }): number => {
    const { weightedQuality, weight } = first.arm('default', deploymentId).quality;
    return weightedQuality / weight;
  };
  await first.compare(
    { decisionId: better.id, deploymentId: better.deploymentId },
    { decisionId: worse.id, deploymentId: worse.deploymentId },
  );
  expect(qualityOf(better)).toBeGreaterThan(qualityOf(worse) + 0.5);
  const entries = await (await windows.openLedger()).readAfter(0);
  const compared = entries.flatMap((entry) =>
    entry.kind === 'observation' && entry.observation.signal.kind === 'compared' ? [entry.observation] : [],
  );
  expect(compared).toEqual([
    {
      decisionId: better.id,
      deploymentId: better.deploymentId,
      signal: { kind: 'compared', won: true, otherDecisionId: worse.id },
    },
    {
      decisionId: worse.id,
      deploymentId: worse.deploymentId,
      signal: { kind: 'compared', won: false, otherDecisionId: better.id },
    },
  ]);
});

function decidedIn(events: readonly AnswerEvent[]): Decision {
  const [first] = events;
  if (first?.type !== 'decided') throw new Error('Nothing was decided.');
  return first.decision;
}

test('while learning is paused answers are recorded and counted, and nothing is learnt from them, also later', async () => {
  let learning = true;
  const deployments = [deploymentWith('a', { price: priced })];
  const conduit = await windows.open({ answer: () => says('x'), deployments, learning: () => learning });
  const weight = (): number => conduit.arm('default', 'a').quality.weight;
  const asked = async (): Promise<Decision> => {
    const [decided] = await ask(conduit);
    if (decided?.type !== 'decided') throw new Error('not decided');
    return decided.decision;
  };
  const first = await asked();
  const learnt = weight();
  learning = false;
  const second = await asked();
  expect([first.learning, second.learning]).toEqual([undefined, false]);
  await conduit.rate(second.id, 'a', 'up');
  expect(weight()).toBe(learnt);
  expect(conduit.stats().pools[0]).toMatchObject({ decisions: 2, models: [{ requests: 2, thumbsUp: 1 }] });
  await conduit.rate(first.id, 'a', 'up');
  expect(weight()).toBeGreaterThan(learnt);
  const rated = weight();
  learning = true;
  await conduit.rate(second.id, 'a', 'down');
  expect(weight()).toBe(rated);
  const third = await asked();
  await conduit.rate(third.id, 'a', 'up');
  expect(third.poolSequence).toBe(3);
  expect(weight()).toBeGreaterThan(rated);
  const again = await windows.open({ answer: () => says('x'), deployments });
  await again.refresh();
  expect(again.arm('default', 'a').quality.weight).toBe(weight());
});
