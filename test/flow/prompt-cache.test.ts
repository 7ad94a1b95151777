import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Conduit } from '../../src/core/conduit';
import type { Decision } from '../../src/core/terms/decision';
import type { ModelEvent } from '../../src/core/terms/ports';
import { deploymentWith } from '../core/simulation';
import type { Windows } from './windows';
import { ask, createWindows, request, says } from './windows';
import { storedDecision } from '../ledger/as-stored';

/** A conversation goes on with the model that has read it, while its vendor's prompt cache may hold it. */

let windows: Windows;

beforeEach(() => {
  windows = createWindows();
});

afterEach(() => windows.remove());

const cached = { inputUsdPerToken: 1e-5, outputUsdPerToken: 1e-5, cachedInputUsdPerToken: 1e-6 };
const alike = { inputUsdPerToken: 9e-6, outputUsdPerToken: 9e-6 };
const deployments = [
  deploymentWith('warm', { price: cached, qualityPrior01: 0.7 }),
  deploymentWith('cold', { price: alike, qualityPrior01: 0.7 }),
];
const first = { role: 'user', text: 'word '.repeat(20_000) } as const;

let minutesLater = 0;

async function window(): Promise<Conduit> {
  minutesLater = 0;
  return windows.open({
    answer: () => says('Yes.'),
    deployments,
    nowMs: () => Date.now() + minutesLater * 60_000,
  });
}

async function turn(conduit: Conduit, earlier: number, only?: string): Promise<Decision> {
  const answered = Array.from({ length: earlier }, (_, index) => [
    index === 0 ? first : ({ role: 'user', text: `More ${String(index)}?` } as const),
    { role: 'assistant', text: 'Yes.' } as const,
  ]).flat();
  const newest = earlier === 0 ? first : ({ role: 'user', text: 'And now?' } as const);
  const asked = { ...request, messages: [...answered, newest], ...(only !== undefined && { only }) };
  const [decided] = await ask(conduit, undefined, asked);
  if (decided?.type !== 'decided') throw new Error('Nothing was decided.');
  return decided.decision;
}

/** Each model was tried, in conversations of its own. */
async function tryBoth(conduit: Conduit): Promise<void> {
  for (const only of ['warm', 'cold'])
    await ask(conduit, undefined, { ...request, only, conversationId: only });
}

test('the next turn sees what the cache saves, in another window too, and the ledger keeps it', async () => {
  const conduit = await window();
  await tryBoth(conduit);
  expect((await turn(conduit, 0, 'warm')).candidates[0]?.cache).toBeUndefined();
  const other = await window();
  await other.refresh();
  const decision = await turn(other, 1);
  expect(decision).toMatchObject({ deploymentId: 'warm', stickyInsteadOf: 'cold' });
  expect(decision.candidates[0]?.cache?.savedUsd).toBeGreaterThan(0.1);
  expect(await other.decision(decision.id)).toEqual(storedDecision(decision));
});

test('of Claude the cache is expected where it was asked to keep something, and its receipt says that it has', async () => {
  let written = 0;
  async function* answer(): AsyncIterable<ModelEvent> {
    yield await Promise.resolve({ type: 'text', text: 'Yes.' });
    const usage = { inputTokens: 20_000, outputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: written };
    yield { type: 'finished', usage, servedModel: undefined, truncated: false };
  }
  const claude = {
    provider: 'anthropic',
    protocol: 'anthropic-messages',
    model: 'claude-sonnet-4-5',
  } as const;
  const conduit = await windows.open({
    answer,
    deployments: [deploymentWith('c', { ...claude, price: cached })],
  });
  await turn(conduit, 0);
  written = 19_000;
  expect((await turn(conduit, 1)).candidates[0]?.cache).toBeUndefined();
  expect((await turn(conduit, 2)).candidates[0]?.cache?.tokens).toBe(19_000);
});

test('when the cache has gone cold, the conversation is like any other', async () => {
  const conduit = await window();
  await tryBoth(conduit);
  await turn(conduit, 0, 'warm');
  minutesLater = 6;
  const decision = await turn(conduit, 1);
  expect(decision.stickyInsteadOf).toBeUndefined();
  for (const { cache } of decision.candidates) expect(cache).toBeUndefined();
});
