import type { Decision } from '../../src/core/decision';
import { featureSpace, ridge } from '../../src/core/features/feature-space';
import type { Learner } from '../../src/core/learner';
import { createLearner } from '../../src/core/learner';
import type { LedgerEntry, StoredEntry } from '../../src/core/ledger-entry';
import type { Thumb } from '../../src/core/observation';
import type { Deployment, Pool } from '../../src/core/pool/deployment';
import type { PriceBook, Random } from '../../src/core/ports';
import type { PresetName } from '../../src/core/preset';
import { presets } from '../../src/core/preset';
import type { RouteRequest } from '../../src/core/request';
import { route } from '../../src/core/router';
import { attemptWith } from './samples';

/** A deployment that needs no key; the price is the pool's file price per token, or none. */
export function deploymentWith(change: Partial<Deployment> & { readonly id: string }): Deployment {
  return {
    pool: 'default',
    provider: 'openai',
    model: change.id,
    apiBase: 'http://127.0.0.1:1/v1',
    key: { kind: 'none' },
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
    ...change,
  };
}

export function poolOf(...deployments: readonly Deployment[]): Pool {
  return { name: 'default', deployments, simulated: false };
}

export function requestFor(prompt: string): RouteRequest {
  const messages = [{ role: 'user', text: prompt }] as const;
  return { pool: 'default', messages, origin: 'chat', conversationId: 'conversation' };
}

/** The file's price, and nothing else. */
export const filePrices: PriceBook = {
  costOf: ({ price }, usage, measured) =>
    price === undefined
      ? { kind: 'unknown' }
      : {
          kind: measured ? 'exact' : 'estimated',
          usd: price.inputUsdPerToken * usage.inputTokens + price.outputUsdPerToken * usage.outputTokens,
        },
};

export interface SimulationOptions {
  readonly pool: Pool;
  readonly random: Random;
  readonly preset?: PresetName;
  readonly switchAfter?: number;
}

/** A router over a ledger in memory: the real route and the real fold, without an editor or a network. */
export interface Simulation {
  /** Everything that was recorded, in order. */
  readonly entries: readonly StoredEntry[];
  readonly learner: Learner;
  /** Routes and records a prompt. Throws where no deployment is eligible. */
  ask(prompt: string): Decision;
  /** The chosen deployment answers completely. */
  answer(decision: Decision): void;
  rate(decision: Decision, thumb: Thumb | undefined): void;
  /** Another pool from the next request on: what a changed configuration does. */
  use(pool: Pool): void;
}

export function createSimulation(options: SimulationOptions): Simulation {
  const { random, preset = 'balanced', switchAfter = 100 } = options;
  let { pool } = options;
  const entries: StoredEntry[] = [];
  const learner = freshLearner();

  function record(entry: LedgerEntry): void {
    const stored: StoredEntry = { ...entry, sequence: entries.length + 1, atMs: entries.length + 1 };
    entries.push(stored);
    learner.apply(stored);
  }

  return {
    entries,
    learner,
    ask: (prompt) => {
      const routed = route({
        id: `decision-${String(entries.length + 1)}`,
        request: requestFor(prompt),
        pool,
        hasKey: () => true,
        state: learner.pool(pool.name),
        weights: presets[preset],
        preset,
        switchAfter,
        prices: filePrices,
        random,
      });
      if (!routed.ok) throw new Error('No deployment was eligible.');
      record({ kind: 'decision', decision: routed.decision });
      return routed.decision;
    },
    answer: ({ id: decisionId, deploymentId, inputTokens }) => {
      const deployment = pool.deployments.find(({ id }) => id === deploymentId);
      if (deployment === undefined) throw new Error(`${deploymentId} is not in the pool.`);
      const usage = { inputTokens, outputTokens: 400, cachedInputTokens: 0 };
      const receipt = {
        usage,
        cost: filePrices.costOf(deployment, usage, true),
        timeToFirstTokenMs: 200,
        totalMs: 1_500,
        servedModel: undefined,
      };
      record({ kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId, receipt }) });
      record({
        kind: 'observation',
        observation: { decisionId, deploymentId, signal: { kind: 'completed' } },
      });
    },
    rate: ({ id: decisionId, deploymentId }, thumb) => {
      record({
        kind: 'observation',
        observation: { decisionId, deploymentId, signal: { kind: 'rating', thumb } },
      });
    },
    use: (changed) => {
      pool = changed;
    },
  };
}

export function freshLearner(): Learner {
  return createLearner({ ridge, featureSpace, nowMs: () => 0 });
}
