import type { Description } from '../features/feature-space';
import { capsAfter, capsWithin } from '../routing/cost-caps';
import { cachedTokens } from '../routing/prompt-cache';
import type { RouteInput, RouteResult } from '../routing/router';
import { utilityFor } from '../routing/utility';
import { presets } from '../terms/preset';
import { route } from '../routing/router';
import { expectedUsdOf } from '../stats/spending';
import type { AnswerEvent } from '../terms/answer-event';
import type { Configuration } from '../terms/configuration';
import type { CostCaps } from '../terms/cost-caps';
import { noCaps } from '../terms/cost-caps';
import type { Pool } from '../terms/deployment';
import type { AnswerJudge } from '../terms/judging';
import type { DispatchOrder } from '../terms/dispatch';
import type { Breakers, Clock, KeyRing, Ledger, Log, NewId, Random } from '../terms/ports';
import type { RouteRequest } from '../terms/request';
import type { BudgetView, BudgetWatch, Hold } from './budget-watch';
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
  /** What the request may cost, as of the last look. */
  readonly budget: BudgetView;
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
  const [withKey, description, budget] = await Promise.all([
    deploymentsWithKey(parts.keys, pool),
    state.learnt.describe(request),
    state.budget.view({ configuration, request }),
    // The others too: what they have shown of public figures is weighed along.
    state.learnt.refresh().then(() => state.learnt.settled(configuration.pools.map(({ name }) => name))),
  ]);
  return { parts, state, configuration, pool, request, description, withKey, budget };
}

/**
 * Decides who of `pool` may answer, and within which caps.
 * `cold`: nothing is expected to be in a prompt cache.
 */
export function routed(asked: Asked, pool: Pool, keep: RouteInput['keep'], cold = false): RouteResult {
  const { parts, configuration, request, description, withKey, budget } = asked;
  const { learnt } = asked.state;
  const weights = presets[configuration.preset];
  const caches = learnt.promptCaches(request.conversationId);
  return route({
    ...weighingOf(parts, learnt, configuration, pool),
    id: parts.newId(),
    request,
    description,
    unavailable: ({ id }) =>
      !withKey.has(id) ? 'missing-key' : parts.breakers.stateOf(id) === 'open' ? 'breaker-open' : undefined,
    caps: budget.caps,
    cachedTokens: cold ? new Map() : cachedTokens(request, pool, caches, parts.clock.nowMs()),
    keep,
    utility: utilityFor(weights, budget.pace?.multiplier),
    ...(budget.pace && { pace: { ...budget.pace, usual: utilityFor(weights) } }),
    ...(!cold && (parts.learning?.() ?? true) && { measure: configuration.measure }),
    keepPrompt: configuration.keepPrompts,
    random: parts.random,
  });
}

/** Why nobody could be asked. */
export function notAsked(
  asked: Asked,
  pool: Pool,
  { excluded, overBudget }: Extract<RouteResult, { ok: false }>,
): AnswerEvent {
  if (overBudget === undefined) return { type: 'no-model', pool: pool.name, excluded };
  const free = asked.request.only === undefined ? freeModel(asked) : undefined;
  return {
    type: 'over-budget',
    pool: pool.name,
    excluded,
    caps: asked.budget.caps,
    cheapest: overBudget,
    ...(free && { free }),
  };
}

/** A model of another pool that costs nothing and can answer; undefined: there is none. */
function freeModel(asked: Asked): { readonly pool: string; readonly deploymentId: string } | undefined {
  for (const pool of asked.configuration.pools) {
    if (pool.name === asked.pool.name || pool.simulated) continue;
    const withKey = new Set(pool.deployments.filter(({ key }) => key.kind === 'none').map(({ id }) => id));
    const budget = { caps: { ...noCaps, requestUsd: 0 }, pace: undefined };
    const found = routed({ ...asked, pool, withKey, budget }, pool, undefined, true);
    if (found.ok) return { pool: pool.name, deploymentId: found.decision.deploymentId };
  }
  return undefined;
}

type Found = Extract<RouteResult, { ok: true }>;

/** A decision whose money nobody else spends meanwhile, or why there is none. */
type Held =
  | { readonly found: Found; readonly hold: Hold }
  | { readonly refused: Extract<RouteResult, { ok: false }>; readonly asked: Asked };

/** Between a look and a reservation another window may have spent the rest: so often it is looked again. */
const mostLooks = 3;

/**
 * Decides by `decide`, and reserves what that may cost; where another window was faster, decides again with what is left
 * then. `decisionId`: of whose attempts the money is; absent: of the decision itself.
 */
export async function held(
  first: Asked,
  decide: (asked: Asked) => RouteResult,
  decisionId?: string,
): Promise<Held> {
  let asked = first;
  for (let look = 1; ; look += 1) {
    const found = decide(asked);
    if (!found.ok) return { refused: found, asked };
    const hold = await holdFor(asked, found, decisionId ?? found.decision.id);
    if (hold !== undefined) return { found, hold };
    const { configuration, request } = asked;
    const budget = await asked.state.budget.view({ configuration, request });
    asked = { ...asked, budget: look < mostLooks ? budget : { ...budget, caps: nothingLeft(budget.caps) } };
  }
}

/** What is left of it, little as it is, goes to the others: this request had its tries. */
function nothingLeft(caps: CostCaps): CostCaps {
  return {
    ...caps,
    dayLeftUsd: caps.dayLeftUsd === undefined ? undefined : Math.min(0, caps.dayLeftUsd),
    others: caps.others?.map((each) =>
      each.budget.period === 'request' ? each : { ...each, leftUsd: Math.min(0, each.leftUsd) },
    ),
  };
}

export function holdFor(
  { parts, configuration, request, state }: Asked,
  { decision, mostUsd }: Found,
  decisionId: string,
): Promise<Hold | undefined> {
  const { deploymentId: model } = decision;
  const [leastUsd, most] = [expectedUsdOf(decision), mostUsd(model)];
  const id = parts.newId();
  return state.budget.hold({ configuration, request, id, decisionId, model, leastUsd, mostUsd: most });
}

/** The order to the dispatcher: whom to ask, what, and how much it may cost. */
export function orderOf(
  { configuration, request, budget: { caps } }: Asked,
  decisionId: string,
  { decision, order, outputCapsWithin, mostUsd }: Found,
  hold: Hold,
): DispatchOrder {
  const { messages, tools, toolUse, options } = request;
  // What a loop's earlier steps cost is missing here, but no other model is asked under the loop's decision.
  /** One deployment within the money that is held for it; of the others, whether they could be asked at all. */
  const within = (id: string, heldUsd: number, spentUsd: number): ReadonlyMap<string, number> => {
    const own = heldUsd === Infinity ? caps : capsWithin(caps, heldUsd);
    const tokens = outputCapsWithin(capsAfter(own, spentUsd)).get(id);
    const others = [...outputCapsWithin(capsAfter(caps, spentUsd))].filter(([other]) => other !== id);
    return new Map(tokens === undefined ? others : [...others, [id, tokens]]);
  };
  return {
    decisionId,
    deployments: order,
    messages,
    tools,
    toolUse,
    options,
    outputCaps: within(decision.deploymentId, hold.usd, 0),
    outputCapsAfter: (spentUsd) => outputCapsWithin(capsAfter(caps, spentUsd)),
    onFallback: async (model, spentUsd) => {
      const leastUsd = spentUsd + expectedUsdOf({ ...decision, deploymentId: model });
      const usd = await hold.instead({ model, leastUsd, mostUsd: spentUsd + mostUsd(model) });
      return usd === undefined ? new Map([[model, 0]]) : within(model, usd, spentUsd);
    },
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
