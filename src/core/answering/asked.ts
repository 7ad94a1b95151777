import type { Description } from '../features/feature-space';
import { capsAfter } from '../routing/cost-caps';
import { cachedTokens } from '../routing/prompt-cache';
import type { RouteInput, RouteResult } from '../routing/router';
import { route } from '../routing/router';
import { expectedUsdOf } from '../stats/spending';
import type { AnswerEvent } from '../terms/answer-event';
import type { Configuration } from '../terms/configuration';
import type { CostCaps } from '../terms/cost-caps';
import type { Pool } from '../terms/deployment';
import type { AnswerJudge } from '../terms/judging';
import type { DispatchOrder } from '../terms/dispatch';
import type { Breakers, Clock, KeyRing, Ledger, Log, NewId, Random } from '../terms/ports';
import type { RouteRequest } from '../terms/request';
import type { BudgetWatch } from './budget-watch';
import type { ChoiceMemory } from './choice-memory';
import type { LearntState } from './learnt-state';
import type { Recorder } from './recorder';
import type { WeighingParts } from './weighing-of';
import { weighingOf } from './weighing-of';

export interface AnsweringParts extends WeighingParts {
  readonly configuration: () => Promise<Configuration>;
  readonly ledger: Ledger;
  readonly keys: KeyRing;
  readonly breakers: Breakers;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  /** False while the user has paused learning. Absent: always true. */
  readonly learning?: () => boolean;
  /** A name for the workspace that is open, which says nothing of it. Absent: decisions know of none. */
  readonly workspace?: () => string | undefined;
  readonly log: Log;
}

/** What one router's requests share. */
export interface AnsweringState {
  readonly learnt: LearntState;
  readonly choices: ChoiceMemory;
  readonly budget: BudgetWatch;
  readonly recorder: Recorder;
  /** Hears of whole answers. Absent: nobody does. */
  readonly judge?: AnswerJudge | undefined;
}

/** A request with all that is looked up before anything is decided. */
export interface Asked {
  readonly parts: AnsweringParts;
  readonly state: AnsweringState;
  readonly configuration: Configuration;
  readonly pool: Pool;
  /** With the user's instructions. */
  readonly request: RouteRequest;
  readonly description: Description;
  /** Ids of the deployments whose key is at hand. */
  readonly withKey: ReadonlySet<string>;
}

/** Looks up what a request needs, and takes in what other windows recorded. Throws where there is no such pool. */
export async function askedOf(
  parts: AnsweringParts,
  state: AnsweringState,
  given: RouteRequest,
): Promise<Asked> {
  const configuration = await parts.configuration();
  const pool = poolOf(configuration, given.pool);
  const request = withInstructions(given, configuration.instructions);
  const [withKey, description] = await Promise.all([
    deploymentsWithKey(parts.keys, pool),
    state.learnt.describe(request),
    state.learnt.refresh(),
  ]);
  return { parts, state, configuration, pool, request, description, withKey };
}

/**
 * Decides who of `pool` may answer, and within which caps. Nothing is waited for: what is expected is reserved next.
 * `cold`: nothing is expected to be in a prompt cache.
 */
export function routed(asked: Asked, pool: Pool, keep: RouteInput['keep'], cold = false): RouteResult {
  const { parts, configuration, request, description, withKey } = asked;
  const { learnt } = asked.state;
  const caches = learnt.promptCaches(request.conversationId);
  return route({
    ...weighingOf(parts, learnt, configuration, pool),
    id: parts.newId(),
    request,
    description,
    unavailable: ({ id }) =>
      !withKey.has(id) ? 'missing-key' : parts.breakers.stateOf(id) === 'open' ? 'breaker-open' : undefined,
    caps: asked.state.budget.capsFor(configuration, request),
    cachedTokens: cold ? new Map() : cachedTokens(request, pool, caches, parts.clock.nowMs()),
    keep,
    keepPrompt: configuration.keepPrompts,
    random: parts.random,
  });
}

/** Why nobody could be asked. */
export function notAsked(
  { state, configuration, request }: Asked,
  pool: Pool,
  { excluded, overBudget }: Extract<RouteResult, { ok: false }>,
): AnswerEvent {
  if (overBudget === undefined) return { type: 'no-model', pool: pool.name, excluded };
  const caps = state.budget.capsFor(configuration, request);
  return { type: 'over-budget', pool: pool.name, excluded, caps, cheapest: overBudget };
}

/** What is expected of a decision's calls and isn't in the ledger yet, so that others don't spend it meanwhile. */
export interface Reservation {
  /** Puts `usd` in the place of what was reserved. */
  readonly expect: (usd: number) => void;
  readonly release: () => void;
}

export function reserved({ state: { budget } }: Asked, decisionId: string, usd: number): Reservation {
  let release = budget.reserve(decisionId, usd);
  return {
    expect: (now) => {
      release();
      release = budget.reserve(decisionId, now);
    },
    release: () => release(),
  };
}

/** The order to the dispatcher: whom to ask, what, and how much it may cost. */
export function orderOf(
  { configuration, request, state }: Asked,
  decisionId: string,
  { decision, order, outputCaps, outputCapsWithin }: Extract<RouteResult, { ok: true }>,
  { expect }: Reservation,
): DispatchOrder {
  const { messages, tools, toolUse, options } = request;
  // What a loop's earlier steps cost is missing here, but no other model is asked under the loop's decision.
  const capsNow = (spentUsd: number): CostCaps =>
    capsAfter(state.budget.capsFor(configuration, request, decisionId), spentUsd);
  return {
    decisionId,
    deployments: order,
    messages,
    tools,
    toolUse,
    options,
    outputCaps,
    outputCapsAfter: (spentUsd) => outputCapsWithin(capsNow(spentUsd)),
    onFallback: (deploymentId) => expect(expectedUsdOf({ ...decision, deploymentId })),
    limits: configuration.limits,
  };
}

async function deploymentsWithKey(keys: KeyRing, pool: Pool): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    pool.deployments.map(async (deployment) => ({ deployment, key: await keys.keyFor(deployment) })),
  );
  return new Set(found.filter(({ key }) => key !== undefined).map(({ deployment }) => deployment.id));
}

/**
 * The user's instructions go before what is asked. Another extension's conversation has its own, and is left as it is.
 */
function withInstructions(request: RouteRequest, instructions: readonly string[]): RouteRequest {
  if (request.origin === 'language-model' || instructions.length === 0) return request;
  const system = instructions.map((text) => ({ role: 'system', text }) as const);
  return { ...request, messages: [...system, ...request.messages] };
}

function poolOf(configuration: Configuration, name: string): Pool {
  const pool = configuration.pools.find((candidate) => candidate.name === name);
  if (pool === undefined) {
    const known = configuration.pools.map((candidate) => candidate.name).join(', ');
    throw new Error(`There is no pool named '${name}'. Pools: ${known}.`);
  }
  return pool;
}
