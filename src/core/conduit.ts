import type { AnswerEvent } from './answer-event';
import { toAnswerEvent } from './answer-event';
import type { Attempt } from './attempt';
import { entriesOf } from './attempt-entries';
import type { Configuration } from './configuration';
import type { Decision } from './decision';
import type { DispatchEvent, Dispatcher, DispatchOrder } from './dispatch';
import { shippedSettings } from './bandit/settings';
import { createChoiceMemory } from './choice-memory';
import { createLearntState } from './learnt-state';
import type { LedgerEntry } from './ledger-entry';
import type { EditSignal, RatingReason, Thumb, UseSignal } from './observation';
import type { ArmState } from './learner';
import type { CostCaps } from './pool/budget';
import { noCaps } from './pool/budget';
import type { Pool } from './pool/deployment';
import { cachedTokens } from './pool/prompt-cache';
import type {
  Breakers,
  Cache,
  Clock,
  Embedder,
  KeyRing,
  Ledger,
  Log,
  NewId,
  PriceBook,
  Random,
} from './ports';
import { presets } from './preset';
import type { RouteRequest } from './request';
import { route } from './router';
import type { RoutingStats } from './stats/routing-stats';
import type { LearntOfModel } from './stats/learnt-of-models';
import { learntOfModels } from './stats/learnt-of-models';
import type { Spent } from './stats/spending';
import { expectedUsdOf } from './stats/spending';
import type { ToolLoop } from './tool-loop';
import { toolLoopOf } from './tool-loop';
import { utilityFor } from './utility';

export interface Parts {
  readonly configuration: () => Promise<Configuration>;
  readonly ledger: Ledger;
  readonly dispatcher: Dispatcher;
  readonly keys: KeyRing;
  readonly prices: PriceBook;
  readonly embedder: Embedder;
  readonly breakers: Breakers;
  readonly cache: Cache;
  /** Unix ms of the midnight before a Unix time, where the user is. */
  readonly startOfDayMs: (nowMs: number) => number;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  readonly log: Log;
  /** Called after this window recorded something, when statistics and policy have taken it in. */
  readonly onRecorded: () => void;
}

/** An answer, by the decision that asked for it and the model that gave it. */
export interface AnswerOfModel {
  readonly decisionId: string;
  readonly deploymentId: string;
}

/** One router over one ledger: from a request to an answer, and from ratings to the policy. */
export interface Conduit {
  /**
   * Decides, records the decision, and streams the answer. A request that continues a tool loop goes to the loop's
   * model under the decision that it had; only where that is gone, a new one is made. Aborting `signal` closes the
   * HTTP request.
   * Throws where the ledger can't take the decision: then nothing was sent.
   */
  answer(request: RouteRequest, signal: AbortSignal): AsyncIterable<AnswerEvent>;
  /** Rates the answer that `deploymentId` gave to a decision; `undefined` takes the rating back. */
  rate(
    decisionId: string,
    deploymentId: string,
    thumb: Thumb | undefined,
    reason?: RatingReason,
  ): Promise<void>;
  /** Records that of two answers to the same question the user prefers one, with the models that gave them. */
  compare(preferred: AnswerOfModel, other: AnswerOfModel): Promise<void>;
  /** Records what became of the answer, or of the inline edit, that `deploymentId` gave for a decision. */
  observe(decisionId: string, deploymentId: string, signal: EditSignal | UseSignal): Promise<void>;
  /** Takes in what other windows recorded. Resolves to true where there was anything new. */
  refresh(): Promise<boolean>;
  /** A decision as it was recorded, for its explanation; undefined where the ledger has none with this id. */
  decision(id: string): Promise<Decision | undefined>;
  /** Statistics as of the last `refresh`, `answer` or `rate`. */
  stats(): RoutingStats;
  /** What was spent today, as of the same. */
  spentToday(): Spent;
  /** What was learnt of each model that the configuration doesn't say, by its id, as of the same. */
  learntOfModels(): Promise<ReadonlyMap<string, LearntOfModel>>;
  /** What is known of a model of a pool, as of the same. */
  arm(pool: string, deploymentId: string): ArmState;
}

export function createConduit(parts: Parts): Conduit {
  const { ledger, dispatcher, keys, log } = parts;
  const learnt = createLearntState(parts);
  const choices = createChoiceMemory(parts.cache, parts.configuration, () => parts.clock.monotonicMs());
  /**
   * Expected of decisions on their way into the ledger, and of tool loops under way: others that are made meanwhile
   * must not spend it again.
   */
  let reservedUsd = 0;

  async function record(entries: readonly LedgerEntry[]): Promise<void> {
    await ledger.append(entries);
    await learnt.refresh();
    parts.onRecorded();
  }

  async function recordDecision(decision: Decision): Promise<void> {
    const expectedUsd = expectedUsdOf(decision);
    reservedUsd += expectedUsd;
    try {
      await record([{ kind: 'decision', decision }]);
    } finally {
      reservedUsd -= expectedUsd;
    }
  }

  async function recordOutcome(attempt: Attempt): Promise<string | undefined> {
    try {
      await record(entriesOf(attempt));
      return undefined;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      log.error(`The outcome of decision ${attempt.decisionId} was not recorded: ${detail}`);
      return detail;
    }
  }

  async function deploymentsWithKey(pool: Pool): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      pool.deployments.map(async (deployment) => ({ deployment, key: await keys.keyFor(deployment) })),
    );
    return new Set(found.filter(({ key }) => key !== undefined).map(({ deployment }) => deployment.id));
  }

  function spentToday(): Spent {
    return learnt.spentSince(parts.startOfDayMs(parts.clock.nowMs()));
  }

  function capsFor(configuration: Configuration, { overBudgetAgreed }: RouteRequest): CostCaps {
    if (overBudgetAgreed === true) return noCaps;
    const { maxCostPerRequestUsd, dailyBudgetUsd } = configuration;
    const spent = spentToday();
    const dayLeftUsd =
      dailyBudgetUsd === undefined ? undefined : dailyBudgetUsd - spent.usd - spent.expectedUsd - reservedUsd;
    return { requestUsd: maxCostPerRequestUsd, dayLeftUsd };
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
    const caps = capsFor(configuration, request);
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
    const { order, outputCaps, outputCapsAfter } = routed;
    const { decision } = loop ?? routed;
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
      outputCapsAfter,
      limits,
      firstIndex: loop?.nextIndex,
    };
    const expectedUsd = loop === undefined ? 0 : expectedUsdOf(routed.decision);
    reservedUsd += expectedUsd;
    try {
      yield* dispatchAndRecord(orderOfAttempts, signal);
    } finally {
      reservedUsd -= expectedUsd;
    }
  }

  /** The tool loop that a request continues; undefined: it is a new turn, or the loop's model is no longer there. */
  async function loopOf({ continues }: RouteRequest, pool: Pool): Promise<ToolLoop | undefined> {
    if (continues === undefined) return undefined;
    const loop = toolLoopOf(await ledger.readDecision(continues));
    if (loop !== undefined && pool.deployments.some(({ id }) => id === loop.deploymentId)) return loop;
    log.info(`The tool loop of decision ${continues} can't go on with its model: a new decision is made.`);
    return undefined;
  }

  async function* dispatchAndRecord(order: DispatchOrder, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const left = new AbortController();
    const dispatched = dispatcher.dispatch(order, AbortSignal.any([signal, left.signal]));
    const events = recorded(dispatched, order);
    let over = false;
    try {
      for (;;) {
        const next = await events.next();
        if (next.done === true) break;
        if (next.value.notRecorded !== undefined)
          yield { type: 'not-recorded', detail: next.value.notRecorded };
        const answered = toAnswerEvent(next.value.event);
        if (answered !== undefined) yield answered;
      }
      over = true;
    } finally {
      // A surface that went away stops what it asked for, and what that cost so far is recorded all the same.
      left.abort();
      while (!over) over = (await events.next()).done === true;
    }
  }

  /** Records each attempt as it ends; with why it could not be, where it couldn't. */
  async function* recorded(
    events: AsyncIterable<DispatchEvent>,
    { decisionId }: DispatchOrder,
  ): AsyncGenerator<{ readonly event: DispatchEvent; readonly notRecorded: string | undefined }> {
    for await (const event of events) {
      const attempt = attemptOf(event);
      if (attempt !== undefined && attempt.outcome !== 'completed') await choices.forget(decisionId);
      yield { event, notRecorded: attempt === undefined ? undefined : await recordOutcome(attempt) };
    }
  }

  return {
    answer,
    refresh: () => learnt.refresh(),
    stats: () => learnt.stats(),
    spentToday,
    learntOfModels: async () =>
      learntOfModels((await parts.configuration()).pools, parts.prices, learnt.stats(), (id) =>
        learnt.learntPrice(id),
      ),
    arm: (pool, deploymentId) => learnt.pool(pool).arm(deploymentId),
    decision: async (id) => {
      const entries = await ledger.readDecision(id);
      return entries.find((entry) => entry.kind === 'decision')?.decision;
    },
    rate: async (decisionId, deploymentId, thumb, reason) => {
      const signal = { kind: 'rating', thumb, ...(reason !== undefined && { reason }) } as const;
      if (thumb === 'down') await choices.forget(decisionId);
      await record([{ kind: 'observation', observation: { decisionId, deploymentId, signal } }]);
    },
    compare: async (preferred, other) => {
      await choices.forget(other.decisionId);
      await record([comparison(preferred, other, true), comparison(other, preferred, false)]);
    },
    observe: async (decisionId, deploymentId, signal) => {
      if (saysItWasNotGood(signal)) await choices.forget(decisionId);
      await record([{ kind: 'observation', observation: { decisionId, deploymentId, signal } }]);
    },
  };
}

/**
 * The user's instructions go before what is asked. Another extension's conversation has its own, and is left as it is.
 */
function withInstructions(request: RouteRequest, instructions: readonly string[]): RouteRequest {
  if (request.origin === 'language-model' || instructions.length === 0) return request;
  const system = instructions.map((text) => ({ role: 'system', text }) as const);
  return { ...request, messages: [...system, ...request.messages] };
}

function saysItWasNotGood(signal: EditSignal | UseSignal): boolean {
  if (signal.kind === 'edit') return signal.outcome !== 'accepted';
  return signal.kind === 'regenerated' || signal.kind === 'retried-elsewhere';
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

function comparison(
  { decisionId, deploymentId }: AnswerOfModel,
  { decisionId: otherDecisionId }: AnswerOfModel,
  won: boolean,
): LedgerEntry {
  const signal = { kind: 'compared', won, otherDecisionId } as const;
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}

function attemptOf(event: DispatchEvent): Attempt | undefined {
  return 'attempt' in event ? event.attempt : undefined;
}

function describeChoice(decision: Decision): string {
  const probability = decision.probability.toFixed(4);
  return (
    `${decision.pool} #${String(decision.poolSequence)} (${decision.phase}): ${decision.deploymentId}, ` +
    `probability ${probability}, ${decision.task}, ${decision.domain}, ${String(decision.inputTokens)} tokens`
  );
}
