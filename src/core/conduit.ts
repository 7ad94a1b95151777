import type { Attempt } from './attempt';
import type { Configuration } from './configuration';
import type { Decision, Exclusion } from './decision';
import type { DispatchEvent, Dispatcher } from './dispatch';
import type { Failure } from './failure';
import { shippedSettings } from './bandit/settings';
import { createLearntState } from './learnt-state';
import type { LedgerEntry } from './ledger-entry';
import type { Thumb } from './observation';
import type { Deployment, Pool } from './pool/deployment';
import type { Clock, Embedder, KeyRing, Ledger, Log, NewId, PriceBook, Random } from './ports';
import { presets } from './preset';
import type { RouteRequest } from './request';
import { route } from './router';
import type { RoutingStats } from './stats/routing-stats';
import { utilityFor } from './utility';

/** What happens to one request, in order. It ends with `finished`, `stopped`, `failed` or `no-model`. */
export type AnswerEvent =
  /** In the ledger; the first call goes out after this. */
  | { readonly type: 'decided'; readonly decision: Decision }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'fell-back'; readonly from: string; readonly to: string; readonly failure: Failure }
  /** The answer stands, but its attempt could not be written: it will be missing in the statistics. */
  | { readonly type: 'not-recorded'; readonly detail: string }
  | { readonly type: 'finished'; readonly attempt: Attempt; readonly truncated: boolean }
  | { readonly type: 'stopped'; readonly attempt: Attempt }
  | {
      readonly type: 'failed';
      readonly attempt: Attempt;
      readonly failure: Failure;
      /** True where part of an answer was already shown. */
      readonly partial: boolean;
    }
  /** No deployment of the pool can serve the request. Nothing was sent. */
  | { readonly type: 'no-model'; readonly pool: string; readonly excluded: readonly Exclusion[] };

export interface Parts {
  readonly configuration: () => Promise<Configuration>;
  readonly ledger: Ledger;
  readonly dispatcher: Dispatcher;
  readonly keys: KeyRing;
  readonly prices: PriceBook;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  readonly log: Log;
  /** Called after this window recorded something, when statistics and policy have taken it in. */
  readonly onRecorded: () => void;
}

/** One router over one ledger: from a request to an answer, and from ratings to the policy. */
export interface Conduit {
  /**
   * Decides, records the decision, and streams the answer. Aborting `signal` closes the HTTP request.
   * Throws where the ledger can't take the decision: then nothing was sent.
   */
  answer(request: RouteRequest, signal: AbortSignal): AsyncIterable<AnswerEvent>;
  /** Rates the answer that `deploymentId` gave to a decision; `undefined` takes the rating back. */
  rate(decisionId: string, deploymentId: string, thumb: Thumb | undefined): Promise<void>;
  /** Takes in what other windows recorded. Resolves to true where there was anything new. */
  refresh(): Promise<boolean>;
  /** A decision as it was recorded, for its explanation; undefined where the ledger has none with this id. */
  decision(id: string): Promise<Decision | undefined>;
  /** Statistics as of the last `refresh`, `answer` or `rate`. */
  stats(): RoutingStats;
}

export function createConduit(parts: Parts): Conduit {
  const { ledger, dispatcher, keys, log } = parts;
  const learnt = createLearntState(parts);

  async function record(entries: readonly LedgerEntry[]): Promise<void> {
    await ledger.append(entries);
    await learnt.refresh();
    parts.onRecorded();
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

  async function* answer(request: RouteRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const configuration = await parts.configuration();
    const pool = poolOf(configuration, request.pool);
    const [withKey, description] = await Promise.all([
      deploymentsWithKey(pool),
      learnt.describe(request),
      learnt.refresh(),
    ]);
    const routed = route({
      id: parts.newId(),
      request,
      description,
      pool,
      hasKey: (deployment) => withKey.has(deployment.id),
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
      yield { type: 'no-model', pool: pool.name, excluded: routed.excluded };
      return;
    }
    const { decision, order } = routed;
    await record([{ kind: 'decision', decision }]);
    log.info(describeChoice(decision));
    yield { type: 'decided', decision };
    yield* dispatchAndRecord(decision.id, order, request, signal);
  }

  async function* dispatchAndRecord(
    decisionId: string,
    deployments: readonly Deployment[],
    request: RouteRequest,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent> {
    const order = { decisionId, deployments, messages: request.messages };
    for await (const event of dispatcher.dispatch(order, signal)) {
      const attempt = attemptOf(event);
      const notRecorded = attempt === undefined ? undefined : await recordOutcome(attempt);
      if (notRecorded !== undefined) yield { type: 'not-recorded', detail: notRecorded };
      const answered = toAnswerEvent(event);
      if (answered !== undefined) yield answered;
    }
  }

  return {
    answer,
    refresh: () => learnt.refresh(),
    stats: () => learnt.stats(),
    decision: async (id) => {
      const entries = await ledger.readDecision(id);
      return entries.find((entry) => entry.kind === 'decision')?.decision;
    },
    rate: async (decisionId, deploymentId, thumb) => {
      const signal = { kind: 'rating', thumb } as const;
      await record([{ kind: 'observation', observation: { decisionId, deploymentId, signal } }]);
    },
  };
}

function poolOf(configuration: Configuration, name: string): Pool {
  const pool = configuration.pools.find((candidate) => candidate.name === name);
  if (pool === undefined) {
    const known = configuration.pools.map((candidate) => candidate.name).join(', ');
    throw new Error(`There is no pool named '${name}'. Pools: ${known}.`);
  }
  return pool;
}

function attemptOf(event: DispatchEvent): Attempt | undefined {
  return 'attempt' in event ? event.attempt : undefined;
}

/**
 * What is recorded of an attempt. The provider's words are for the screen and the log's reader only: some servers
 * quote the prompt in them, and the ledger holds prompts only where the user chose so.
 */
function entriesOf(shown: Attempt): readonly LedgerEntry[] {
  const failure = shown.failure && { ...shown.failure, detail: '' };
  const attempt: Attempt = { ...shown, failure };
  const { decisionId, deploymentId } = attempt;
  const signal =
    attempt.outcome === 'failed' && attempt.failure !== undefined
      ? ({ kind: 'failed', failure: attempt.failure } as const)
      : ({ kind: attempt.outcome === 'stopped' ? 'stopped' : 'completed' } as const);
  return [
    { kind: 'attempt', attempt },
    { kind: 'observation', observation: { decisionId, deploymentId, signal } },
  ];
}

function toAnswerEvent(event: DispatchEvent): AnswerEvent | undefined {
  switch (event.type) {
    case 'started':
      return undefined;
    case 'text':
      return event;
    case 'fell-back':
      return { type: 'fell-back', from: event.attempt.deploymentId, to: event.to, failure: event.failure };
    case 'completed':
      return { type: 'finished', attempt: event.attempt, truncated: event.truncated };
    case 'failed':
    case 'stopped':
      return event;
  }
}

function describeChoice(decision: Decision): string {
  const probability = decision.probability.toFixed(4);
  return (
    `${decision.pool} #${String(decision.poolSequence)} (${decision.phase}): ${decision.deploymentId}, ` +
    `probability ${probability}, ${decision.task}, ${decision.domain}, ${String(decision.inputTokens)} tokens`
  );
}
