import { shippedSettings } from '../bandit/settings';
import { shippedSignals, signalNames } from '../reward/signal-table';
import type { SignalTable } from '../terms/signals';
import type { Description, FeatureSpace } from '../features/feature-space';
import { describe, featuresOf, spaceWith } from '../features/feature-space';
import type { Learner, PoolState, Saved } from '../learning/learner';
import { learnerInSteps } from '../learning/learner';
import type { Clock, Embedder, Ledger, Log } from '../terms/ports';
import { ledgerUnread } from '../terms/ports';
import type { Steps } from '../terms/steps';
import { atOnce, inSlices } from '../terms/steps';
import type { TeamLearning, TeamVerdict, TeamVerification } from '../terms/team';
import type { RouteRequest } from '../terms/request';
import { promptOf } from '../terms/request';
import type { RoutingStats } from '../stats/routing-stats';
import type { JudgementFold } from '../stats/judgements';
import type { Spent } from '../stats/spending';
import type { LearntPrice } from '../stats/learnt-prices';
import type { PromptCaches } from '../routing/prompt-cache';
import type { CatchUp } from './catch-up';
import { createCatchUp, fewEntries } from './catch-up';
import type { Folds } from './folds';
import { createFolds } from './folds';
import type { SnapshotParts } from './kept-folds';
import { createKeptFolds, foldedBy } from './kept-folds';
import type { TeamFold } from './team-fold';
import { createTeamFold } from './team-fold';

/** All that is folded from the ledger, in the feature space that the encoder at hand gives. */
export interface LearntState {
  /**
   * Takes in what was recorded since, by any window. Resolves to true where there was anything new. Where the ledger is
   * long and nothing was learnt from it yet, it is waited for a moment only, and read on in the background.
   */
  refresh(): Promise<boolean>;
  /** As `refresh`, until all is read. */
  refreshWhole(): Promise<boolean>;
  /** Share of the ledger that is learnt from so far, 0..1. */
  learnt01(): number;
  /** Has `pool` ready at once for each of the pools, and holds nobody up for long. */
  settled(pools: readonly string[]): Promise<void>;
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
  /** Money spent since a Unix time in ms. */
  spentSince(sinceMs: number): Spent;
  /** See `TeamLearning`. */
  verifyTeam(watch: TeamWatch): Promise<TeamVerdict>;
  /** What is kept of a ledger in which something was forgotten is none of it. */
  forget(): Promise<void>;
  /**
   * Entries with a lower sequence number than this may be dropped from the ledger: what was learnt from them is kept in
   * two snapshots. The one with this number stays: by it, the snapshots know their ledger.
   */
  coveredUpTo(): Promise<number>;
  /** Keeps what was learnt for the next start. Nothing is to be asked for afterwards. */
  close(): Promise<void>;
}

export type TeamWatch = Pick<TeamVerification, 'onShare01' | 'signal'>;

export interface LearntStateParts {
  readonly ledger: Ledger;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly log: Log;
  /** What each signal says, as configured now. */
  readonly signals: () => Promise<SignalTable>;
  /** What was folded is kept there. Absent: nowhere, and each start folds all of the ledger. */
  readonly snapshots?: SnapshotParts | undefined;
  /** Others to learn with; the policy alone does: statistics and money are this machine's own. Absent: nobody. */
  readonly team?: TeamLearning | undefined;
}

/** What is folded by one table of signals in one feature space. */
interface State {
  readonly folds: Folds;
  readonly catchUp: CatchUp;
}

/** The feature space that the encoder at hand gives. */
export function currentSpace(embedder: Pick<Embedder, 'space' | 'dimensions'>): FeatureSpace {
  const space = embedder.space();
  return spaceWith(space === undefined ? undefined : { space, dimensions: embedder.dimensions });
}

/** What is to be served, as of the last look. */
interface Wanted {
  readonly space: FeatureSpace;
  readonly signals: SignalTable;
  readonly timesForgotten: number;
}

export function createLearntState(parts: LearntStateParts): LearntState {
  const { ledger, embedder, clock, log } = parts;
  const nowMs = (): number => clock.nowMs();
  const kept = createKeptFolds({ ledger, log, clock, ...parts.snapshots });
  let serving = stateOf(
    createFolds({ space: currentSpace(embedder), signals: shippedSignals, nowMs, timesForgotten: 0 }),
  );
  /** What takes the place of `serving` once it has read as far. */
  let next: State | undefined;
  let begun: Promise<Wanted> | undefined;
  let team = teamBy(serving.folds);
  let turn: Promise<unknown> = Promise.resolve();

  function stateOf(folds: Folds): State {
    return { folds, catchUp: createCatchUp(folds, ledger, clock) };
  }

  function teamLearner(space: FeatureSpace, signals: SignalTable, saved?: Saved): Steps<Learner> {
    const settings = shippedSettings;
    return learnerInSteps({ space, settings, nowMs, describeAgain: featuresOf, signals, saved });
  }

  /** What the team learnt, folded by the same. */
  function teamBy({ space, signals }: Pick<Folds, 'space' | 'signals'>): TeamFold | undefined {
    return (
      parts.team &&
      createTeamFold(parts.team, {
        by: foldedBy(space, signals),
        learner: (saved) => teamLearner(space, signals, saved),
        clock,
        log,
      })
    );
  }

  function serve(state: State): void {
    serving.catchUp.stop();
    if (!isBy(serving.folds, state.folds.space, state.folds.signals)) {
      team?.stop();
      team = teamBy(state.folds);
    }
    if (next !== state) next?.catchUp.stop();
    next = undefined;
    serving = state;
  }

  const newFolds = (space: FeatureSpace, signals: SignalTable, timesForgotten: number): Folds =>
    createFolds({ space, signals, nowMs, timesForgotten });

  /** What an earlier start had folded, by whatever: it serves until what is wanted is there. */
  async function begin(): Promise<Wanted> {
    const signals = await parts.signals();
    const space = currentSpace(embedder);
    // While the ledger is opened, what was folded of it is read.
    const ahead = kept.ahead(space, signals);
    const timesForgotten = await ledger.timesForgotten();
    const isLong = timesForgotten === ledgerUnread || (await ledger.lastSequence()) > fewEntries;
    const before = isLong ? await kept.load(space, signals, timesForgotten, ahead) : undefined;
    serve(stateOf(before ?? newFolds(space, signals, timesForgotten)));
    return { space, signals, timesForgotten };
  }

  async function wanted(): Promise<Wanted> {
    const signals = await parts.signals();
    return { space: currentSpace(embedder), signals, timesForgotten: await ledger.timesForgotten() };
  }

  /**
   * An encoder that became ready, or went away, is another way of describing prompts, and another table of signals has
   * them say something else: all is learnt anew then, while what was learnt before still serves. Where the user had
   * something forgotten, nothing of what was folded stays.
   */
  async function follow({ space, signals, timesForgotten }: Wanted): Promise<State> {
    const { folds } = serving;
    if (folds.to().timesForgotten !== timesForgotten) {
      log.info(
        folds.to().timesForgotten === ledgerUnread
          ? 'The ledger can be read: what was learnt goes on from there.'
          : 'Decisions were forgotten, or the ledger has another file: all is learnt anew from what is left.',
      );
      await begin();
      return serving;
    }
    if (isBy(folds, space, signals)) {
      next?.catchUp.stop();
      next = undefined;
      return serving;
    }
    if (next === undefined || !isBy(next.folds, space, signals)) {
      if (space.name !== folds.space.name)
        log.info(`Prompts are described in the feature space ${space.name}.`);
      if (!areSame(signals, folds.signals))
        log.info('The table of signals is another one: all is learnt anew by it.');
      next?.catchUp.stop();
      const before = await kept.load(space, signals, timesForgotten);
      const isIt = before !== undefined && isBy(before, space, signals);
      next = stateOf(isIt ? before : newFolds(space, signals, timesForgotten));
    }
    return next;
  }

  async function fold(whole: boolean): Promise<boolean> {
    const isFirst = begun === undefined;
    begun ??= begin();
    // What failed once is tried again by the next who asks.
    const asBegun = await begun.catch((error: unknown) => {
      begun = undefined;
      throw error;
    });
    const before = serving;
    const { sequence } = before.folds.to();
    const to = await follow(isFirst ? asBegun : await wanted());
    if (to === next) void takeOver(to);
    const behind = to === next && (await ledger.lastSequence()) > fewEntries;
    // The old one serves as long as the new one reads.
    const awaited = behind ? serving : to;
    await (whole ? awaited.catchUp.whole() : awaited.catchUp.soon());
    if (!behind && to === next) serve(to);
    void kept.keep(serving.folds, serving.catchUp.share01() < 1 ? 'behind' : 'usual');
    const news = (await team?.refresh()) === true;
    return serving !== before || serving.folds.to().sequence > sequence || news;
  }

  async function takeOver(state: State): Promise<void> {
    try {
      await state.catchUp.whole();
      if (next === state) serve(state);
    } catch (error) {
      log.debug(`All is still to be learnt anew: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** One at a time, always reading from the ledger: so every window folds the same order. */
  function refresh(whole: boolean): Promise<boolean> {
    const mine = turn.catch(() => undefined).then(() => fold(whole));
    turn = mine;
    return mine;
  }

  return {
    refresh: () => refresh(false),
    refreshWhole: () => refresh(true),
    learnt01: () => serving.catchUp.share01(),
    describe: async (request) => {
      const space = embedder.space();
      if (space === undefined) return describe(request);
      const vector = await embedder.embed(promptOf(request));
      if (vector === undefined)
        log.debug('The sentence encoder had no vector in time: the prompt is described without.');
      return describe(request, vector && { space, vector });
    },
    settled: async (pools) => {
      for (const pool of pools)
        if ((await team?.settled(pool)) !== true) await inSlices(serving.folds.learner.settling(pool), clock);
    },
    pool: (name) => team?.pool(name) ?? serving.folds.learner.pool(name),
    stats: () => serving.folds.statistics.snapshot(),
    learntPrice: (deploymentId) => serving.folds.learntPrices.priceOf(deploymentId),
    promptCaches: (conversationId) => serving.folds.promptCaches.of(conversationId),
    usualSteps: (pool) => serving.folds.loopLengths.usual(pool),
    judgingUsd: (counts, before) => serving.folds.judgements.judgingUsd(counts, before),
    judges: () => serving.folds.judgements.judges(),
    spentSince: (sinceMs) => serving.folds.spending.spent(sinceMs, clock.nowMs()),
    verifyTeam: async (watch) => {
      await refresh(false);
      const { space, signals } = serving.folds;
      const learner = atOnce(teamLearner(space, signals));
      const fold = { apply: learner.apply, save: () => inSlices(learner.save(), clock) };
      return (await parts.team?.verify({ by: foldedBy(space, signals), fold, ...watch })) ?? { kind: 'none' };
    },
    forget: () => kept.clear(),
    coveredUpTo: () => kept.coveredUpTo(serving.folds),
    close: async () => {
      for (const { catchUp } of [serving, ...(next === undefined ? [] : [next])]) catchUp.stop();
      team?.stop();
      await kept.keep(serving.folds, 'closing');
    },
  };
}

function isBy(folds: Folds, space: FeatureSpace, signals: SignalTable): boolean {
  return folds.space.name === space.name && areSame(folds.signals, signals);
}

function areSame(one: SignalTable, other: SignalTable): boolean {
  return (
    one === other || signalNames.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
  );
}
