import { usualAnswerTokens } from './arm-record';
import type { Arm } from './bandit/arm';
import { draw } from './bandit/draw';
import { estimate, phaseAfter } from './bandit/hybrid';
import type { PolicySettings } from './bandit/settings';
import type { Candidate, Decision, Exclusion } from './decision';
import type { Description } from './features/feature-space';
import { translated } from './features/feature-space';
import type { ArmState, PoolState } from './learner';
import type { Deployment, Pool } from './pool/deployment';
import { eligibility } from './pool/eligibility';
import type { PriceBook, Random } from './ports';
import { usdOf } from './receipt';
import type { RouteRequest } from './request';
import { promptOf } from './request';
import type { Utility } from './utility';
import { medianOf } from './utility';

export interface RouteInput {
  /** The new decision's id. */
  readonly id: string;
  readonly request: RouteRequest;
  /** Of the request, in the feature space that the state was learnt in, or in that of its text alone. */
  readonly description: Description;
  readonly pool: Pool;
  readonly hasKey: (deployment: Deployment) => boolean;
  readonly state: PoolState;
  readonly utility: Utility;
  readonly settings: PolicySettings;
  /** Keeps the prompt in the decision, so that it can be described anew. */
  readonly keepPrompt: boolean;
  /** Name of the utility, for the record. */
  readonly preset: string;
  /** Decisions of the pool in the UCB1 phase, ≥ 0. */
  readonly switchAfter: number;
  readonly prices: PriceBook;
  readonly random: Random;
}

export type RouteResult =
  | {
      readonly ok: true;
      readonly decision: Decision;
      /** The chosen deployment, then the others by utility: the fallback order. */
      readonly order: readonly Deployment[];
    }
  | { readonly ok: false; readonly excluded: readonly Exclusion[] };

/** Output tokens that an answer is expected to have while nothing is learnt. */
const usualOutputTokens = 400;

/** A model that was tried less often than this is still new. */
const fewestTries = 5;

/** From a request to a decision: drops what can't serve it, scores the rest, and draws. Changes nothing. */
export function route(input: RouteInput): RouteResult {
  const { request, description, pool, state, settings, switchAfter } = input;
  const { inputTokens, features, featureSpace } = description;
  const x = translated(features, featureSpace, state.space);
  if (x === undefined) throw new RangeError(`${featureSpace} is not of ${state.space.name}.`);
  const { eligible, excluded } = eligibility(pool, inputTokens, input.hasKey);
  if (eligible.length === 0) return { ok: false, excluded };

  const states = eligible.map((deployment) => state.arm(deployment.id));
  const arms = eligible.map((deployment, index): Arm => armFrom(deployment, states[index]));
  const phase = phaseAfter(state.decisions, switchAfter);
  const estimates = estimate(arms, x, phase, state, settings);
  const costs = predictedCosts(input, eligible, states, inputTokens);
  const latencies = states.map(({ latencyMs }) => (latencyMs.count > 0 ? latencyMs.mean : undefined));
  const medianCost = medianOf(known(costs));
  const medianLatency = medianOf(known(latencies));

  const scored = eligible.map((deployment, index) => {
    const { quality01, bonus } = estimates[index] ?? { quality01: 0, bonus: 0 };
    const costUsd = costs[index];
    const latencyMs = latencies[index];
    const cost = costUsd ?? medianCost;
    const latency = latencyMs ?? medianLatency;
    const utility = input.utility(quality01 + bonus, cost, latency);
    const lower = input.utility(quality01 - bonus, cost, latency);
    return { deployment, lower, scores: { quality01, bonus, costUsd, latencyMs, utility } };
  });
  const drawn = draw(
    scored.map(({ scores, lower }, index) => ({
      upper: scores.utility,
      lower,
      newcomer: phase === 'lin-ucb' && isNewcomer(states[index], switchAfter),
    })),
    settings,
    input.random,
  );
  const ranked = scored
    .map(({ deployment, scores }, index): Candidate & { readonly deployment: Deployment } => ({
      deployment,
      deploymentId: deployment.id,
      ...scores,
      probability: drawn.probabilities[index] ?? 0,
    }))
    .toSorted((a, b) => b.utility - a.utility);
  const chosen = eligible[drawn.index] ?? eligible[0];
  if (chosen === undefined) return { ok: false, excluded };

  const decision: Decision = {
    id: input.id,
    pool: pool.name,
    origin: request.origin,
    conversationId: request.conversationId,
    deploymentId: chosen.id,
    probability: drawn.probabilities[drawn.index] ?? 1,
    explored: drawn.explored,
    candidates: ranked.map(({ deployment: _deployment, ...candidate }) => candidate),
    excluded,
    changes: states.flatMap(({ change }) => change ?? []),
    phase,
    poolSequence: state.decisions + 1,
    switchAfter,
    preset: input.preset,
    features,
    prompt: input.keepPrompt ? promptOf(request) : undefined,
    featureSpace,
    inputTokens,
    task: description.task,
    domain: description.domain,
  };
  const others = ranked.map(({ deployment }) => deployment).filter((deployment) => deployment !== chosen);
  return { ok: true, decision, order: [chosen, ...others] };
}

/** A model that joined when the others were known gets a few tries, however the first of them went. */
function isNewcomer(state: ArmState | undefined, switchAfter: number): boolean {
  if (state?.joinedAt === undefined || state.joinedAt <= switchAfter) return false;
  return state.pulls + state.inFlight < fewestTries;
}

function armFrom(deployment: Deployment, state: ArmState | undefined): Arm {
  if (state === undefined) throw new RangeError(`Arm ${deployment.id} has no state.`);
  return {
    id: deployment.id,
    evidence: state.quality,
    pulls: state.pulls,
    inFlight: state.inFlight,
    prior01: deployment.qualityPrior01,
  };
}

/** Price times the expected tokens; without a price what such a request cost so far; else undefined. */
function predictedCosts(
  { prices, settings }: RouteInput,
  eligible: readonly Deployment[],
  states: readonly ArmState[],
  inputTokens: number,
): readonly (number | undefined)[] {
  const lengths = states.flatMap(({ outputTokens }) => (outputTokens.count > 0 ? outputTokens.mean : []));
  const poolOutputTokens = medianOf(lengths) ?? usualOutputTokens;
  return eligible.map((deployment, index) => {
    const state = states[index];
    if (state === undefined) return undefined;
    const learnt = state.outputTokens.count > 0 ? state.outputTokens.mean : poolOutputTokens;
    const usage = { inputTokens, outputTokens: Math.round(learnt), cachedInputTokens: 0 };
    const priced = usdOf(prices.costOf(deployment, usage, false));
    if (priced !== undefined) return priced;
    if (state.costUsd.count === 0) return undefined;
    if (!settings.costBySize) return state.costUsd.mean;
    return (state.costRate.usd / state.costRate.tokens) * (inputTokens + usualAnswerTokens);
  });
}

function known(values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined);
}
