import type { PolicySettings } from '../../src/core/bandit/settings';
import { shippedSettings } from '../../src/core/bandit/settings';
import { describe, textSpace } from '../../src/core/features/feature-space';
import type { Learner } from '../../src/core/learning/learner';
import { createLearner } from '../../src/core/learning/learner';
import type { LedgerEntry, StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Thumb } from '../../src/core/terms/observation';
import type { Deployment, Pool, TokenPrice } from '../../src/core/terms/deployment';
import type { PriceBook, Random } from '../../src/core/terms/ports';
import type { PresetName } from '../../src/core/terms/preset';
import { noCaps } from '../../src/core/terms/cost-caps';
import { presets } from '../../src/core/terms/preset';
import type { RouteResult } from '../../src/core/routing/router';
import { route } from '../../src/core/routing/router';
import type { RouteRequest } from '../../src/core/terms/request';
import { utilityFor } from '../../src/core/routing/utility';
import { catalogued } from '../catalogued';
import { attemptWith } from './samples';

/** A deployment that needs no key. */
export function deploymentWith(id: string, change: Partial<Deployment> = {}): Deployment {
  const whole: Deployment = {
    id,
    pool: 'default',
    provider: 'openai',
    protocol: 'chat-completions',
    options: {},
    apiVersion: undefined,
    model: id,
    apiBase: 'http://127.0.0.1:1/v1',
    key: { kind: 'none' },
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
    ...change,
  };
  return { ...whole, ...catalogued(whole), ...change };
}

export function poolWith(deployments: readonly Deployment[]): Pool {
  return { name: 'default', deployments, simulated: false };
}

export function price(usdPerToken: number): TokenPrice {
  return { inputUsdPerToken: usdPerToken, outputUsdPerToken: usdPerToken };
}

export function requestFor(prompt: string, pool = 'default'): RouteRequest {
  return { pool, messages: [{ role: 'user', text: prompt }], origin: 'chat', conversationId: 'c' };
}

/** Prices from the deployments alone. */
export const filePrices: PriceBook = {
  costOf: ({ price: own }, usage) =>
    own === undefined
      ? { kind: 'unknown' }
      : {
          kind: 'exact',
          usd:
            (usage.inputTokens - usage.cachedInputTokens) * own.inputUsdPerToken +
            usage.cachedInputTokens * (own.cachedInputUsdPerToken ?? own.inputUsdPerToken) +
            (usage.cacheWriteTokens ?? 0) *
              ((own.cacheWriteUsdPerToken ?? own.inputUsdPerToken) - own.inputUsdPerToken) +
            usage.outputTokens * own.outputUsdPerToken,
        },
};

export interface Simulation {
  readonly learner: Learner;
  /** Everything that was recorded, in order. */
  readonly entries: readonly StoredEntry[];
  /** Routes a prompt and records the decision; nothing is known of its outcome yet. */
  choose(prompt: string, pool: Pool): Extract<RouteResult, { ok: true }>;
  /** Records that the chosen model answered, and how it was rated. */
  finish(chosen: Extract<RouteResult, { ok: true }>, thumb: Thumb | undefined): void;
  /** A later thumb for an answer, or its taking back. */
  rate(chosen: Extract<RouteResult, { ok: true }>, thumb: Thumb | undefined): void;
  record(entry: LedgerEntry): void;
}

/** The real router and the real learner, with chance and time as arguments. */
export function simulation(
  random: Random,
  switchAfter = 100,
  preset: PresetName = 'balanced',
  settings: PolicySettings = shippedSettings,
): Simulation {
  const entries: StoredEntry[] = [];
  let ids = 0;
  const learner = createLearner({ space: textSpace, settings, nowMs: () => entries.length });
  const record = (entry: LedgerEntry): void => {
    const stored: StoredEntry = { ...entry, sequence: entries.length + 1, atMs: entries.length + 1 };
    entries.push(stored);
    learner.apply(stored);
  };
  const rate: Simulation['rate'] = ({ decision: { id: decisionId, deploymentId } }, thumb) => {
    record({
      kind: 'observation',
      observation: { decisionId, deploymentId, signal: { kind: 'rating', thumb } },
    });
  };
  return {
    learner,
    entries,
    record,
    rate,
    choose: (prompt, pool) => {
      ids += 1;
      const request = requestFor(prompt, pool.name);
      const result = route({
        id: `decision-${String(ids)}`,
        request,
        description: describe(request),
        pool,
        unavailable: () => undefined,
        caps: noCaps,
        cachedTokens: new Map(),
        keep: undefined,
        state: learner.pool(pool.name),
        utility: utilityFor(presets[preset]),
        settings,
        keepPrompt: false,
        preset,
        switchAfter,
        prices: filePrices,
        abilityOf: () => undefined,
        random,
      });
      if (!result.ok) throw new Error('no model is eligible');
      record({ kind: 'decision', decision: result.decision });
      return result;
    },
    finish: (chosen, thumb) => {
      const { id: decisionId, deploymentId, inputTokens } = chosen.decision;
      const usage = { inputTokens, outputTokens: 400, cachedInputTokens: 0 };
      const [deployment] = chosen.order;
      const cost =
        deployment === undefined
          ? ({ kind: 'unknown' } as const)
          : filePrices.costOf(deployment, usage, true);
      const receipt = { usage, cost, timeToFirstTokenMs: 200, totalMs: 1_500, servedModel: undefined };
      record({ kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId, receipt }) });
      record({
        kind: 'observation',
        observation: { decisionId, deploymentId, signal: { kind: 'completed' } },
      });
      if (thumb !== undefined) rate(chosen, thumb);
    },
  };
}
