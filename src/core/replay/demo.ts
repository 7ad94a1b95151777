import { shippedSettings } from '../bandit/settings';
import { describe, textSpace } from '../features/feature-space';
import { createLearner } from '../learning/learner';
import { route } from '../routing/router';
import { utilityFor } from '../routing/utility';
import type { Attempt } from '../terms/attempt';
import { noCaps } from '../terms/cost-caps';
import type { Decision } from '../terms/decision';
import type { Deployment, Pool } from '../terms/deployment';
import type { LedgerEntry } from '../terms/ledger-entry';
import type { Signal, Thumb } from '../terms/observation';
import type { AbilityOf, PriceBook } from '../terms/ports';
import type { PresetName } from '../terms/preset';
import { presets } from '../terms/preset';
import { usdOf } from '../terms/receipt';
import type { RouteRequest } from '../terms/request';
import { madeUpModels, madeUpRequest } from './made-up-world';
import type { MadeUpRequest } from './made-up-world';
import { seededRandom } from './seeded-random';

export interface DemoOptions {
  readonly seed: number;
  readonly preset: PresetName;
  readonly requests: number;
  /** Decisions in the UCB1 phase. */
  readonly switchAfter: number;
  /** False: nothing is publicly known of the models. Absent: it is. */
  readonly figures?: boolean;
}

/** What a model answered, or would have. */
export interface DemoAnswer {
  readonly model: string;
  readonly usd: number;
  /** How likely its answer was to be good. */
  readonly quality01: number;
}

/** One request of the demo, as the router decided it. */
export interface DemoStep {
  readonly request: MadeUpRequest;
  readonly decision: Decision;
  readonly chosen: DemoAnswer;
  /** What the made-up user said of it; undefined: nothing. */
  readonly thumb: Thumb | undefined;
  /** Of each model, the chosen one too, in the order of `madeUpModels`: made up, so it is known. */
  readonly all: readonly DemoAnswer[];
}

const poolName = 'demo';
/** A time like any other: nothing of the demo is of today. */
const beginMs = 1_700_000_000_000;
const pauseMs = 60_000;

export const demoPool: Pool = {
  name: poolName,
  simulated: true,
  deployments: madeUpModels.map(({ id, price }): Deployment => ({
    id,
    pool: poolName,
    provider: 'simulated',
    protocol: 'simulated',
    model: id,
    apiBase: 'simulated:',
    key: { kind: 'none' },
    price,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
    options: {},
    apiVersion: undefined,
  })),
};

const prices: PriceBook = {
  costOf: ({ price }, { inputTokens, outputTokens }) =>
    price === undefined
      ? { kind: 'unknown' }
      : {
          kind: 'simulated',
          usd: inputTokens * price.inputUsdPerToken + outputTokens * price.outputUsdPerToken,
        },
};

const abilityOf: AbilityOf = ({ id }) => {
  const model = madeUpModels.find((each) => each.id === id);
  return (
    model && {
      ability: model.ability,
      deviation: 0.3,
      knownFrom: 'figures',
      knownAs: id,
      byFamily: model.byFamily,
    }
  );
};

/**
 * Requests of the made-up world, decided by the router that users have and learnt from by its learner, all of it in memory.
 * The same options give the same steps; another preset with the same seed is asked the same.
 */
export function* demoSteps(options: DemoOptions): Generator<DemoStep> {
  const { seed, preset, requests, switchAfter, figures = true } = options;
  const world = seededRandom(seed);
  // Chances of their own, so that what is asked doesn't hang on how often the router draws.
  const random = seededRandom(seed + 1);
  let nowMs = beginMs;
  let sequence = 0;
  const learner = createLearner({ space: textSpace, settings: shippedSettings, nowMs: () => nowMs });
  const learn = (entry: LedgerEntry): void => {
    sequence += 1;
    learner.apply({ ...entry, sequence, atMs: nowMs });
  };

  for (let number = 1; number <= requests; number += 1) {
    nowMs += pauseMs;
    const request = madeUpRequest(world);
    const asked = requestOf(request, number);
    const routed = route({
      id: `demo-${String(number)}`,
      request: asked,
      description: { ...describe(asked), inputTokens: request.inputTokens },
      pool: demoPool,
      state: learner.pool(poolName),
      utility: utilityFor(presets[preset]),
      settings: shippedSettings,
      switchAfter,
      abilityOf: figures ? abilityOf : () => undefined,
      unavailable: () => undefined,
      caps: noCaps,
      cachedTokens: new Map(),
      keep: undefined,
      keepPrompt: false,
      preset,
      prices,
      random,
    });
    if (!routed.ok) throw new Error('No model of the demo can take a request.');
    const { decision } = routed;
    const index = madeUpModels.findIndex(({ id }) => id === decision.deploymentId);
    const answer = request.answers[index];
    const all = answersOf(request);
    const chosen = all[index];
    if (answer === undefined || chosen === undefined) throw new Error('The demo has no such model.');
    const thumb = request.isRated ? (answer.isGood ? 'up' : 'down') : undefined;
    learn({ kind: 'decision', decision });
    learn({ kind: 'attempt', attempt: attemptOf(decision, request, index) });
    for (const signal of signalsOf(thumb))
      learn({
        kind: 'observation',
        observation: { decisionId: decision.id, deploymentId: decision.deploymentId, signal },
      });
    yield { request, decision, chosen, thumb, all };
  }
}

function requestOf({ text }: MadeUpRequest, number: number): RouteRequest {
  return {
    pool: poolName,
    messages: [{ role: 'user', text }],
    origin: 'chat',
    conversationId: `demo-${String(number)}`,
  };
}

function usageOf({ inputTokens, answers }: MadeUpRequest, index: number) {
  return { inputTokens, outputTokens: answers[index]?.outputTokens ?? 0, cachedInputTokens: 0 };
}

function answersOf(request: MadeUpRequest): readonly DemoAnswer[] {
  return demoPool.deployments.map((deployment, index) => ({
    model: deployment.id,
    usd: usdOf(prices.costOf(deployment, usageOf(request, index), true)) ?? 0,
    quality01: request.answers[index]?.quality01 ?? 0,
  }));
}

function attemptOf({ id, deploymentId }: Decision, request: MadeUpRequest, index: number): Attempt {
  const usage = usageOf(request, index);
  const [deployment, answer] = [demoPool.deployments[index] as Deployment, request.answers[index]];
  return {
    decisionId: id,
    deploymentId,
    index: 0,
    outcome: 'completed',
    failure: undefined,
    receipt: {
      usage,
      cost: prices.costOf(deployment, usage, true),
      timeToFirstTokenMs: answer?.firstTokenMs,
      totalMs: answer?.totalMs ?? 0,
      servedModel: undefined,
    },
  };
}

function signalsOf(thumb: Thumb | undefined): readonly Signal[] {
  return [{ kind: 'completed' }, ...(thumb === undefined ? [] : [{ kind: 'rating', thumb } as const])];
}
