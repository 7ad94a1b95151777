import { shippedSettings } from '../bandit/settings';
import { shippedSignals, signalNames } from '../reward/signal-table';
import type { SignalTable } from '../terms/signals';
import type { Description, FeatureSpace } from '../features/feature-space';
import { describe, featuresOf, spaceWith } from '../features/feature-space';
import type { Learner, PoolState } from '../learning/learner';
import { createLearner } from '../learning/learner';
import type { Clock, Embedder, Ledger, Log } from '../terms/ports';
import type { TeamLearning } from '../terms/team';
import type { RouteRequest } from '../terms/request';
import { promptOf } from '../terms/request';
import type { RoutingStats } from '../stats/routing-stats';
import { createStatsFold } from '../stats/routing-stats';
import type { JudgementFold } from '../stats/judgements';
import { createJudgementFold } from '../stats/judgements';
import type { Spent } from '../stats/spending';
import { createSpendingFold } from '../stats/spending';
import type { LearntPrice } from '../stats/learnt-prices';
import { createLearntPriceFold } from '../stats/learnt-prices';
import { createLoopLengthFold } from '../stats/loop-lengths';
import type { PromptCaches } from '../routing/prompt-cache';
import { createPromptCacheFold } from '../routing/prompt-cache-fold';
import type { TeamFold } from './team-fold';
import { createTeamFold } from './team-fold';

/** All that is folded from the ledger, in the feature space that the encoder at hand gives. */
export interface LearntState {
  /** Takes in what was recorded since, by any window. Resolves to true where there was anything new. */
  refresh(): Promise<boolean>;
  /** The request in numbers: with the encoder's, where they come in time. */
  describe(request: RouteRequest): Promise<Description>;
  pool(name: string): PoolState;
  stats(): RoutingStats;
  /** A price by the token, learnt from what a deployment's answers cost. */
  learntPrice(deploymentId: string): LearntPrice | undefined;
  /** What may be in the prompt caches of the models that were asked in a conversation. */
  promptCaches(conversationId: string): PromptCaches;
  /** Steps that tool loops of a pool usually take; undefined: too few were seen. */
  usualSteps(pool: string): number | undefined;
  /** What judging does, costs and is worth. */
  readonly judgingUsd: JudgementFold['judgingUsd'];
  readonly judges: JudgementFold['judges'];
  /** Money spent since a Unix time in ms; not for the decision `except`. */
  spentSince(sinceMs: number, except?: string): Spent;
}

export interface LearntStateParts {
  readonly ledger: Ledger;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly log: Log;
  /** What each signal says, as configured now. */
  readonly signals: () => Promise<SignalTable>;
  /** Others to learn with; the policy alone does: statistics and money are this machine's own. Absent: nobody. */
  readonly team?: TeamLearning | undefined;
}

export function createLearntState(parts: LearntStateParts): LearntState {
  const { ledger, embedder, clock, log } = parts;
  let signals = shippedSignals;
  let statistics = createStatsFold(signals);
  let spending = createSpendingFold();
  let learntPrices = createLearntPriceFold();
  let promptCaches = createPromptCacheFold();
  let judgements = createJudgementFold();
  let loopLengths = createLoopLengthFold();
  let learner = learnerIn(currentSpace());
  let team = teamIn(learner.space);
  let sequence = 0;
  /** Undefined until something was folded. */
  let timesForgotten: number | undefined;
  let folding: Promise<boolean> = Promise.resolve(false);

  function currentSpace(): FeatureSpace {
    const space = embedder.space();
    return spaceWith(space === undefined ? undefined : { space, dimensions: embedder.dimensions });
  }

  function learnerIn(space: FeatureSpace): Learner {
    const nowMs = (): number => clock.nowMs();
    return createLearner({ space, settings: shippedSettings, nowMs, describeAgain: featuresOf, signals });
  }

  function teamIn(space: FeatureSpace): TeamFold | undefined {
    return parts.team && createTeamFold(parts.team, () => learnerIn(space));
  }

  /**
   * An encoder that became ready, or went away, is another way of describing prompts, and another table of signals has
   * them say something else: all is learnt anew then. So it is where the user had something forgotten: then nothing of
   * what was folded stays.
   */
  async function fold(): Promise<boolean> {
    const table = await parts.signals();
    const space = currentSpace();
    const otherSpace = space.name !== learner.space.name;
    const otherSignals = !areSame(table, signals);
    // Before the entries are read: what is forgotten in between is noticed the next time.
    const times = await ledger.timesForgotten();
    const forgot = timesForgotten !== undefined && times !== timesForgotten;
    const anew = otherSpace || otherSignals || forgot;
    const entries = await ledger.readAfter(anew ? 0 : sequence);
    if (otherSpace) log.info(`Prompts are described in the feature space ${space.name}.`);
    if (otherSignals) {
      log.info('The table of signals is another one: all is learnt anew by it.');
      signals = table;
      statistics = createStatsFold(signals);
    }
    if (forgot) {
      log.info('Decisions were forgotten: all is learnt anew from those that are left.');
      statistics = createStatsFold(signals);
      spending = createSpendingFold();
      learntPrices = createLearntPriceFold();
      promptCaches = createPromptCacheFold();
      judgements = createJudgementFold();
      loopLengths = createLoopLengthFold();
      sequence = 0;
    }
    timesForgotten = times;
    if (anew) learner = learnerIn(space);
    if (otherSpace || otherSignals) team = teamIn(space);
    const before = sequence;
    for (const entry of entries) {
      learner.apply(entry);
      if (otherSignals || entry.sequence > sequence) statistics.apply(entry);
      if (entry.sequence <= sequence) continue;
      spending.apply(entry);
      learntPrices.apply(entry);
      promptCaches.apply(entry);
      loopLengths.apply(entry);
      judgements.apply(entry);
      sequence = entry.sequence;
    }
    const news = (await team?.refresh()) === true;
    return sequence > before || otherSignals || forgot || news;
  }

  return {
    /** One fold at a time, always reading from the ledger: so every window folds the same order. */
    refresh: () => {
      folding = folding.catch(() => false).then(fold);
      return folding;
    },
    describe: async (request) => {
      const space = embedder.space();
      if (space === undefined) return describe(request);
      const vector = await embedder.embed(promptOf(request));
      if (vector === undefined)
        log.debug('The sentence encoder had no vector in time: the prompt is described without.');
      return describe(request, vector && { space, vector });
    },
    pool: (name) => team?.pool(name) ?? learner.pool(name),
    stats: () => statistics.snapshot(),
    learntPrice: (deploymentId) => learntPrices.priceOf(deploymentId),
    promptCaches: (conversationId) => promptCaches.of(conversationId),
    usualSteps: (pool) => loopLengths.usual(pool),
    judgingUsd: (sinceMs, before) => judgements.judgingUsd(sinceMs, before),
    judges: () => judgements.judges(),
    spentSince: (sinceMs, except) => spending.spent(sinceMs, clock.nowMs(), except),
  };
}

function areSame(one: SignalTable, other: SignalTable): boolean {
  return (
    one === other || signalNames.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
  );
}
