import { featureSpace, ridge } from '../../src/core/features/feature-space';
import type { Learner } from '../../src/core/learner';
import { createLearner } from '../../src/core/learner';
import type { LedgerEntry } from '../../src/core/ledger-entry';
import type { Thumb } from '../../src/core/observation';
import type { Deployment, Pool, TokenPrice } from '../../src/core/pool/deployment';
import type { PriceBook, Random } from '../../src/core/ports';
import { presets } from '../../src/core/preset';
import type { RouteResult } from '../../src/core/router';
import { route } from '../../src/core/router';
import { attemptWith } from './samples';

/** A deployment that needs no key. */
export function deploymentWith(id: string, change: Partial<Deployment> = {}): Deployment {
  return {
    id,
    pool: 'default',
    provider: 'openai',
    model: id,
    apiBase: 'http://127.0.0.1:1/v1',
    key: { kind: 'none' },
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
    ...change,
  };
}

export function poolWith(deployments: readonly Deployment[]): Pool {
  return { name: 'default', deployments, simulated: false };
}

export function price(usdPerToken: number): TokenPrice {
  return { inputUsdPerToken: usdPerToken, outputUsdPerToken: usdPerToken };
}

/** Prices from the deployments alone. */
export const filePrices: PriceBook = {
  costOf: ({ price: own }, usage) =>
    own === undefined
      ? { kind: 'unknown' }
      : {
          kind: 'exact',
          usd: usage.inputTokens * own.inputUsdPerToken + usage.outputTokens * own.outputUsdPerToken,
        },
};

export interface Simulation {
  readonly learner: Learner;
  /** Routes a prompt and records the decision; nothing is known of its outcome yet. */
  choose(prompt: string, pool: Pool): Extract<RouteResult, { ok: true }>;
  /** Records that the chosen model answered, and how it was rated. */
  finish(chosen: Extract<RouteResult, { ok: true }>, thumb: Thumb | undefined): void;
  record(entry: LedgerEntry): void;
}

/** The real router and the real learner, with chance and time as arguments. */
export function simulation(random: Random, switchAfter = 100): Simulation {
  let sequence = 0;
  let ids = 0;
  const learner = createLearner({ ridge, featureSpace, nowMs: () => sequence });
  const record = (entry: LedgerEntry): void => {
    sequence += 1;
    learner.apply({ ...entry, sequence, atMs: sequence });
  };
  return {
    learner,
    record,
    choose: (prompt, pool) => {
      ids += 1;
      const result = route({
        id: `decision-${String(ids)}`,
        request: { pool: pool.name, messages: [{ role: 'user', text: prompt }], origin: 'chat', conversationId: 'c' },
        pool,
        hasKey: () => true,
        state: learner.pool(pool.name),
        weights: presets.balanced,
        preset: 'balanced',
        switchAfter,
        prices: filePrices,
        random,
      });
      if (!result.ok) throw new Error('no model is eligible');
      record({ kind: 'decision', decision: result.decision });
      return result;
    },
    finish: ({ decision }, thumb) => {
      const { id: decisionId, deploymentId } = decision;
      record({ kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId }) });
      record({ kind: 'observation', observation: { decisionId, deploymentId, signal: { kind: 'completed' } } });
      if (thumb === undefined) return;
      record({ kind: 'observation', observation: { decisionId, deploymentId, signal: { kind: 'rating', thumb } } });
    },
  };
}
