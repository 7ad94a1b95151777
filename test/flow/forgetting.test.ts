import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Conduit } from '../../src/core/conduit';
import { createMemoryCache } from '../../src/cache/memory-cache';
import { deploymentWith } from '../core/simulation';
import type { Windows } from './windows';
import { ask, createWindows, request, says } from './windows';

let windows: Windows;

beforeEach(() => {
  windows = createWindows();
});

afterEach(() => windows.remove());

const deployments = [deploymentWith('a', { price: { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 } })];

function window(workspace?: string): Promise<Conduit> {
  return windows.open({
    answer: () => says('Hello'),
    deployments,
    ...(workspace !== undefined && { workspace: () => workspace }),
  });
}

/** Asks something else each time, and rates the answer up. */
async function asked(conduit: Conduit, prompt: string): Promise<string> {
  const events = await ask(conduit, undefined, {
    ...request,
    conversationId: prompt,
    messages: [{ role: 'user', text: prompt }],
  });
  const id = decisionOf(events);
  await conduit.rate(id, 'a', 'up');
  return id;
}

function decisionOf(events: readonly AnswerEvent[]): string {
  const decided = events.find((event) => event.type === 'decided');
  if (decided?.type !== 'decided') throw new Error('Nothing was decided.');
  return decided.decision.id;
}

/** What a window believes. */
function believed(conduit: Conduit): unknown {
  const [pool] = conduit.stats().pools;
  const { quality } = conduit.arm('default', 'a');
  return {
    decisions: pool?.decisions,
    thumbsUp: pool?.models[0]?.thumbsUp,
    spentUsd: conduit.spentToday().usd,
    outcomes: quality.weight,
    quality: quality.weightedQuality,
  };
}

test('what one window forgets no window believes any more', async () => {
  const [one, other] = [await window(), await window()];
  const gone = await asked(one, 'Why?');
  await asked(other, 'How?');
  await one.refresh();
  expect(believed(one)).toEqual(believed(other));
  expect(await one.forget([gone])).toBe(1);
  expect(await other.refresh()).toBe(true);
  expect(believed(one)).toEqual(believed(other));
  // As if the first question had never been asked.
  const fresh = createWindows();
  try {
    const alone = await fresh.open({ answer: () => says('Hello'), deployments });
    await asked(alone, 'How?');
    expect(believed(one)).toEqual(believed(alone));
  } finally {
    await fresh.remove();
  }
  expect(await other.refresh()).toBe(false);
});

test('everything goes, and the router begins anew', async () => {
  const [one, other] = [await window(), await window()];
  for (const prompt of ['Why?', 'How?', 'When?']) await asked(one, prompt);
  await other.refresh();
  expect(await other.forget('everything')).toBe(3);
  await one.refresh();
  for (const conduit of [one, other]) {
    expect(conduit.stats().pools).toEqual([]);
    expect(conduit.spentToday().usd).toBe(0);
    expect(await conduit.recordedDecisions()).toEqual([]);
  }
  const id = await asked(one, 'Why?');
  expect((await one.decision(id))?.poolSequence).toBe(1);
});

test('an answer that is under way when it is forgotten leaves nothing behind, and can be asked again', async () => {
  let go: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  const slow = await windows.open({
    answer: async function* () {
      await waiting;
      yield* says('Late');
    },
    deployments,
  });
  const answer = ask(slow);
  const [ledger] = windows.opened;
  while ((await ledger?.readAfter(0))?.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await (await window()).forget('everything');
  go();
  expect((await answer).map(({ type }) => type)).toEqual(['decided', 'text', 'finished']);
  expect(await ledger?.readAfter(0)).toEqual([]);
});

test('what is told of a forgotten answer later, by any window, is not recorded', async () => {
  const [one, other] = [await window(), await window()];
  const id = await asked(one, 'Why?');
  await other.forget([id]);
  await one.rate(id, 'a', 'down');
  await one.observe(id, 'a', { kind: 'copied' });
  expect(await windows.opened[0]?.readAfter(0)).toEqual([]);
});

test('a choice that was kept for the same question is forgotten with its decision', async () => {
  const conduit = await windows.open({
    answer: () => says('Hello'),
    deployments,
    cache: createMemoryCache(),
  });
  const repeated = async (): Promise<string | undefined> =>
    (await conduit.decision(decisionOf(await ask(conduit))))?.repeats;
  const first = decisionOf(await ask(conduit));
  expect(await repeated()).toBe(first);
  await conduit.forget((await conduit.recordedDecisions()).map(({ id }) => id));
  expect(await repeated()).toBeUndefined();
  expect(await repeated()).toBeDefined();
  await conduit.forget('everything');
  expect(await repeated()).toBeUndefined();
});

test('decisions say which workspace they are of, where there is one', async () => {
  await asked(await window('one'), 'Why?');
  await asked(await window(), 'How?');
  const decisions = await (await window()).recordedDecisions();
  expect(decisions.map(({ workspace, conversationId }) => [workspace, conversationId])).toEqual([
    ['one', 'Why?'],
    [undefined, 'How?'],
  ]);
  expect(decisions.every(({ atMs }) => Math.abs(atMs - Date.now()) < 60_000)).toBe(true);
});
