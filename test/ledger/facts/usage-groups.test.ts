import { describe, expect, test } from 'vitest';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import { lengthRange } from '../../../src/core/stats/savings/answer-lengths';
import { moneySaved } from '../../../src/core/stats/savings/money-saved';
import { rateCardOf, thresholdsIn } from '../../../src/core/stats/savings/rate-card';
import type { Deployment } from '../../../src/core/terms/deployment';
import type { FactsFilter } from '../../../src/core/terms/facts';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import { usdOf } from '../../../src/core/terms/receipt';
import { fullUsdOf } from '../../../src/core/terms/decision';
import { sqliteFacts } from '../../../src/ledger/facts/sqlite-facts';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { createPriceBook } from '../../../src/providers/prices/prices';
import { deploymentWith } from '../../providers/stream-helpers';
import { quietLog } from '../../core/samples';
import { pick, seededRandom } from '../../core/seeded-random';
import { runs } from '../../runs';
import { randomLedger } from './random-ledger';

const { costOf } = createPriceBook();

/** Prices of all kinds: stated with a range for long input, listed with one, of this machine, and of a server that doesn't say. */
const deployments: Readonly<Record<string, Deployment>> = Object.fromEntries(
  [
    deploymentWith({ id: 'local-llama', provider: 'ollama', apiBase: 'http://127.0.0.1:11434/v1' }),
    deploymentWith({
      id: 'gpt-mini',
      model: 'gpt-5-mini',
      apiBase: 'https://api.openai.com/v1',
      price: undefined,
    }),
    deploymentWith({
      id: 'claude-strong',
      protocol: 'anthropic-messages',
      model: 'claude-opus-4-5',
      price: {
        inputUsdPerToken: 5e-6,
        outputUsdPerToken: 25e-6,
        longInput: [{ aboveInputTokens: 200_000, inputUsdPerToken: 1e-5, outputUsdPerToken: 3.75e-5 }],
      },
    }),
    deploymentWith({
      id: 'sonnet',
      model: 'gemini-2.5-pro',
      apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai/',
      price: undefined,
    }),
  ].map((deployment) => [deployment.id, deployment]),
);

function cardsOf(models: readonly string[]) {
  return new Map(
    models.flatMap((model) => {
      const deployment = deployments[model];
      const card = deployment && rateCardOf((usage) => costOf(deployment, usage, true));
      return card === undefined ? [] : [[model, card] as const];
    }),
  );
}

const cards = cardsOf(Object.keys(deployments));

/** A random ledger whose requests are now and then as long as prices change at, with caches of all kinds. */
async function ledgerOf(seed: number, decisions: number) {
  const random = seededRandom(seed);
  let now = 0;
  const ledger = memoryRecord(() => now).open();
  for (const { entry, atMs } of randomLedger({ random, decisions, untilMs: 1e12, pauseMs: 9e5 })) {
    now = atMs;
    await ledger.append([withUsage(entry, random)]);
  }
  const facts = await sqliteFacts({ path: ':memory:', ledger, ledgerName: 'one', log: quietLog });
  await facts.refresh(shippedSignals);
  return { facts, entries: await ledger.readAfter(0) };
}

function withUsage(entry: LedgerEntry, random: () => number): LedgerEntry {
  if (entry.kind !== 'attempt' || entry.attempt.receipt.usage === undefined) return entry;
  const long = random() < 0.2 ? pick([199_999, 200_000, 200_001, 500_000], random) : 0;
  const inputTokens = long + Math.round(3_000 * random());
  const cachedInputTokens = random() < 0.4 ? Math.floor(inputTokens * random()) : 0;
  const cacheWriteTokens = random() < 0.3 ? Math.floor((inputTokens - cachedInputTokens) * random()) : 0;
  const outputTokens = Math.round(900 * random());
  const usage = {
    ...{ inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens },
    cacheWriteHourTokens: random() < 0.3 ? Math.floor(cacheWriteTokens * random()) : 0,
    reasoningTokens: random() < 0.5 ? Math.floor(outputTokens * random()) : 0,
  };
  const receipt =
    random() < 0.03 ? { ...entry.attempt.receipt, usage: undefined } : { ...entry.attempt.receipt, usage };
  return { kind: 'attempt', attempt: { ...entry.attempt, receipt } };
}

/** Decision by decision, each call asked of the price book itself: no sums, no bands. */
function oneByOne(
  entries: readonly StoredEntry[],
  { pool, fromMs = 0 }: FactsFilter,
  modelsOf: (candidates: readonly string[], dearest: string | undefined) => readonly string[],
) {
  let [paid, other, compared, judging] = [0, 0, 0, 0];
  for (const made of entries) {
    if (made.kind !== 'decision' || made.atMs < fromMs || made.decision.pool !== (pool ?? made.decision.pool))
      continue;
    const { decision } = made;
    for (const entry of entries)
      if (entry.kind === 'judgement' && entry.judgement.decisionId === decision.id)
        judging += entry.judgement.receipt === undefined ? 0 : (usdOf(entry.judgement.receipt.cost) ?? 0);
    const attempts = entries.flatMap((entry) =>
      entry.kind === 'attempt' && entry.attempt.decisionId === decision.id ? [entry.attempt] : [],
    );
    const last = attempts.at(-1);
    if (last === undefined || last.retried === true) continue;
    if (attempts.some(({ receipt }) => receipt.cost.kind === 'simulated')) continue;
    const answers = attempts.filter(({ outcome }) => outcome !== 'failed');
    if (answers.some(({ receipt }) => receipt.cost.kind === 'unknown' || receipt.usage === undefined))
      continue;
    const priced = decision.candidates.filter((candidate) => fullUsdOf(candidate) !== undefined);
    const dearest = priced.toSorted((a, b) => (fullUsdOf(b) ?? 0) - (fullUsdOf(a) ?? 0))[0]?.deploymentId;
    const models = modelsOf(
      decision.candidates.map(({ deploymentId }) => deploymentId),
      dearest,
    );
    if (models.length === 0 || models.some((model) => !cards.has(model))) continue;
    compared += 1;
    paid += attempts.reduce((sum, { receipt }) => sum + (usdOf(receipt.cost) ?? 0), 0);
    for (const { deploymentId, receipt } of answers)
      for (const model of models) {
        const deployment = deployments[model];
        if (deployment === undefined || receipt.usage === undefined) throw new Error('Nothing to price.');
        const usd =
          model === deploymentId ? usdOf(receipt.cost) : usdOf(costOf(deployment, receipt.usage, true));
        other += (usd ?? NaN) / models.length;
      }
  }
  return { paid, other, compared, judging };
}

const seeds = Array.from({ length: runs(6) }, (_, seed) => seed + 1);

describe.each(seeds)('money saved in random ledger %i', (seed) => {
  test('by sums is what it is decision by decision, against each comparator', async () => {
    const { facts, entries } = await ledgerOf(seed, 80);
    const thresholds = thresholdsIn(cards.values());
    expect(thresholds).toEqual([200_000]);
    for (const filter of [{}, { pool: 'team' }, { pool: 'default', fromMs: 1e12 - 60 * 9e5 }]) {
      const groups = await facts.usage(filter, thresholds);
      const pools = new Map([
        ['default', ['local-llama', 'gpt-mini', 'claude-strong', 'unheard-of']],
        ['team', ['gpt-mini', 'sonnet']],
      ]);
      for (const saved of moneySaved(pools, { groups, thresholds, cards })) {
        const { comparator } = saved;
        const exact = oneByOne(
          entries,
          comparator.kind === 'always' ? { ...filter, pool: comparator.pool } : filter,
          (candidates, dearest) => {
            switch (comparator.kind) {
              case 'always':
                return [comparator.model];
              case 'random':
                return candidates;
              case 'dearest':
                return dearest === undefined ? [] : [dearest];
            }
          },
        );
        if (comparator.kind !== 'always' || deployments[comparator.model] !== undefined)
          expect(exact.compared).toBeGreaterThan(0);
        expect(saved.compared).toBe(exact.compared);
        expect(saved.paidUsd).toBeCloseTo(exact.paid, 9);
        expect(saved.otherUsd).toBeCloseTo(exact.other, 9);
        expect(saved.judgingUsd).toBeCloseTo(exact.judging, 9);
        expect(saved.savedUsd).toBeCloseTo(exact.other - exact.paid - exact.judging, 9);
        expect(saved.lowUsd).toBeLessThanOrEqual(saved.savedUsd);
        expect(saved.highUsd).toBeGreaterThanOrEqual(saved.savedUsd);
      }
    }
    await facts.close();
  });
});

test('the range reaches from the same length to that of the other model’s own answers, and is wide where few are known', () => {
  const lengths = (calls: number, mean: number) => ({
    ...{ calls, output: calls * mean },
    outputSquares: calls * mean * mean * 1.25,
  });
  expect(lengthRange(lengths(9, 300), lengths(500, 100))).toEqual({ low: 0.5, high: 2, learnt: false });
  const { low, high } = lengthRange(lengths(400, 300), lengths(400, 100));
  expect(low).toBe(1);
  // cv² = .25 (n / (n − 1)); twice that over 400: 1.96 · √.00125
  expect(high).toBeCloseTo(3 * Math.exp(1.96 * Math.sqrt(0.5 / 399)), 6);
});
