import type { AnswerEvent } from './answer-event';
import { shippedSettings } from './bandit/settings';
import type { BudgetWatch } from './budget-watch';
import type { ChoiceMemory } from './choice-memory';
import type { Configuration } from './configuration';
import type { Decision } from './decision';
import type { LearntState } from './learnt-state';
import type { CostCaps } from './pool/budget';
import { capsAfter } from './pool/budget';
import type { Pool } from './pool/deployment';
import { cachedTokens } from './pool/prompt-cache';
import type { Breakers, Clock, KeyRing, Ledger, Log, NewId, PriceBook, Random } from './ports';
import { presets } from './preset';
import type { Recorder } from './recorder';
import type { RouteRequest } from './request';
import { route } from './router';
import { expectedUsdOf } from './stats/spending';
import type { ToolLoop } from './tool-loop';
import { toolLoopOf } from './tool-loop';
import { utilityFor } from './utility';

export interface AnsweringParts {
  readonly configuration: () => Promise<Configuration>;
  readonly ledger: Ledger;
  readonly keys: KeyRing;
  readonly prices: PriceBook;
  readonly breakers: Breakers;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  /** False while the user has paused learning. Absent: always true. */
  readonly learning?: () => boolean;
  readonly log: Log;
}

/** What one router's requests share. */
export interface AnsweringState {
  readonly learnt: LearntState;
  readonly choices: ChoiceMemory;
  readonly budget: BudgetWatch;
  readonly recorder: Recorder;
}

/** From a request to its answer: decides, records the decision, and streams. */
export function createAnswering(
  parts: AnsweringParts,
  { learnt, choices, budget, recorder }: AnsweringState,
): (request: RouteRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent> {
  const { keys, log } = parts;

  async function deploymentsWithKey(pool: Pool): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      pool.deployments.map(async (deployment) => ({ deployment, key: await keys.keyFor(deployment) })),
    );
    return new Set(found.filter(({ key }) => key !== undefined).map(({ deployment }) => deployment.id));
  }

  async function recordDecision(decision: Decision): Promise<void> {
    const release = budget.reserve(decision.id, expectedUsdOf(decision));
    try {
      await recorder.record([{ kind: 'decision', decision }]);
    } finally {
      release();
    }
  }

  async function* answer(asked: RouteRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const configuration = await parts.configuration();
    const pool = poolOf(configuration, asked.pool);
    const request = withInstructions(asked, configuration.instructions);
    const [withKey, loop, description] = await Promise.all([
      deploymentsWithKey(pool),
      loopOf(request, pool),
      learnt.describe(request),
      learnt.refresh(),
    ]);
    const keep = loop === undefined ? await choices.recall(request, description.featureSpace) : undefined;
    // Nothing is waited for from here on until what is expected is reserved.
    const caps = budget.capsFor(configuration, request);
    const routed = route({
      id: parts.newId(),
      request,
      description,
      pool: loop === undefined ? pool : only(pool, loop.deploymentId),
      unavailable: ({ id }) =>
        !withKey.has(id) ? 'missing-key' : parts.breakers.stateOf(id) === 'open' ? 'breaker-open' : undefined,
      caps,
      cachedTokens: cachedTokens(
        request,
        pool,
        learnt.promptCaches(request.conversationId),
        parts.clock.nowMs(),
      ),
      keep,
      state: learnt.pool(pool.name),
      utility: utilityFor(presets[configuration.preset]),
      settings: shippedSettings,
      keepPrompt: configuration.keepPrompts,
      preset: configuration.preset,
      switchAfter: configuration.switchAfter,
      prices: parts.prices,
      random: parts.random,
    });
    if (!routed.ok) {
      const { excluded, overBudget } = routed;
      yield overBudget === undefined
        ? { type: 'no-model', pool: pool.name, excluded }
        : { type: 'over-budget', pool: pool.name, excluded, caps, cheapest: overBudget };
      return;
    }
    const { order, outputCaps, outputCapsWithin } = routed;
    const decision = loop?.decision ?? markedAs(parts.learning?.() ?? true, routed.decision);
    // A decision is reserved until the ledger has it; a fallback and the next step of a tool loop until they end.
    let release = budget.reserve(decision.id, loop === undefined ? 0 : expectedUsdOf(routed.decision));
    const reserve = (deploymentId: string): void => {
      release();
      release = budget.reserve(decision.id, expectedUsdOf({ ...routed.decision, deploymentId }));
    };
    // What a loop's earlier steps cost is missing here, but no other model is asked within a loop.
    const capsNow = (spentUsd: number): CostCaps =>
      capsAfter(budget.capsFor(configuration, request, decision.id), spentUsd);
    try {
      if (loop === undefined) {
        await recordDecision(decision);
        log.info(describeChoice(decision));
      }
      yield { type: 'decided', decision };
      if (loop === undefined) {
        const { id: decisionId, deploymentId } = decision;
        await choices.keep(request, description.featureSpace, { decisionId, deploymentId });
      }
      const { messages, tools, toolUse, options } = request;
      const { limits } = configuration;
      const orderOfAttempts = {
        decisionId: decision.id,
        deployments: order,
        messages,
        tools,
        toolUse,
        options,
        outputCaps,
        outputCapsAfter: (spentUsd: number) => outputCapsWithin(capsNow(spentUsd)),
        onFallback: reserve,
        limits,
        firstIndex: loop?.nextIndex,
      };
      yield* recorder.dispatch(orderOfAttempts, signal);
    } finally {
      release();
    }
  }

  /** The tool loop that a request continues; undefined: it is a new turn, or the loop's model is no longer there. */
  async function loopOf({ continues }: RouteRequest, pool: Pool): Promise<ToolLoop | undefined> {
    if (continues === undefined) return undefined;
    const loop = toolLoopOf(await parts.ledger.readDecision(continues));
    if (loop !== undefined && pool.deployments.some(({ id }) => id === loop.deploymentId)) return loop;
    log.info(`The tool loop of decision ${continues} can't go on with its model: a new decision is made.`);
    return undefined;
  }

  return answer;
}

/**
 * The user's instructions go before what is asked. Another extension's conversation has its own, and is left as it is.
 */
function withInstructions(request: RouteRequest, instructions: readonly string[]): RouteRequest {
  if (request.origin === 'language-model' || instructions.length === 0) return request;
  const system = instructions.map((text) => ({ role: 'system', text }) as const);
  return { ...request, messages: [...system, ...request.messages] };
}

function markedAs(learning: boolean, decision: Decision): Decision {
  return learning ? decision : { ...decision, learning };
}

function poolOf(configuration: Configuration, name: string): Pool {
  const pool = configuration.pools.find((candidate) => candidate.name === name);
  if (pool === undefined) {
    const known = configuration.pools.map((candidate) => candidate.name).join(', ');
    throw new Error(`There is no pool named '${name}'. Pools: ${known}.`);
  }
  return pool;
}

function only(pool: Pool, deploymentId: string): Pool {
  return { ...pool, deployments: pool.deployments.filter(({ id }) => id === deploymentId) };
}

function describeChoice(decision: Decision): string {
  const probability = decision.probability.toFixed(4);
  return (
    `${decision.pool} #${String(decision.poolSequence)} (${decision.phase}): ${decision.deploymentId}, ` +
    `probability ${probability}, ${decision.task}, ${decision.domain}, ${String(decision.inputTokens)} tokens`
  );
}
