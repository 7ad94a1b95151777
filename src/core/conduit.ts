import type { AnswerEvent } from './terms/answer-event';
import type { AnsweringParts } from './answering/asked';
import { createAnswering } from './answering/answering';
import type { BudgetNow } from './answering/budget-watch';
import { createBudgetWatch } from './answering/budget-watch';
import type { Budget } from './terms/budgets';
import { createChoiceMemory } from './answering/choice-memory';
import type { Decision } from './terms/decision';
import type { Dispatcher } from './terms/dispatch';
import type { ArmState } from './learning/learner';
import type { SnapshotParts } from './answering/kept-folds';
import type { TeamWatch } from './answering/learnt-state';
import { createLearntState, currentSpace } from './answering/learnt-state';
import type { AnswerJudge, JudgeDoor } from './terms/judging';
import type { LedgerEntry } from './terms/ledger-entry';
import type { AnswerOfModel, RatingReason, SurfaceSignal, Thumb } from './terms/observation';
import type { Cache, Calendar, Embedder, Forgotten } from './terms/ports';
import type { TeamLearning, TeamVerdict } from './terms/team';
import type { HistoryChange } from './replay/history-change';
import type { ReplayWatch } from './replay/replay-history';
import { replayHistory } from './replay/replay-history';
import type { Replayed } from './replay/replayed';
import type { Reconsidered } from './answering/reconsider';
import { reconsider } from './answering/reconsider';
import { createRecorder } from './answering/recorder';
import type { RouteRequest } from './terms/request';
import type { Reservations } from './terms/reservations';
import type { JudgeStats } from './stats/judgements';
import type { LearntOfModel } from './stats/learnt-of-models';
import { learntOfModels } from './stats/learnt-of-models';
import type { RoutingStats } from './stats/routing-stats';
import type { Spent } from './stats/spending';
import { withWaiting } from './stats/waiting-spending';

export interface Parts extends AnsweringParts {
  readonly dispatcher: Dispatcher;
  readonly embedder: Embedder;
  readonly cache: Cache;
  /** Unix ms of the midnight before a Unix time, where the user is. */
  readonly startOfDayMs: (nowMs: number) => number;
  readonly calendar: Calendar;
  /** What all windows spend, and are about to. */
  readonly reservations: Reservations;
  /** A name of this window that no other has. */
  readonly window: string;
  /** Called after this window recorded something, when statistics and policy have taken it in. */
  readonly onRecorded: () => void;
  /** Where what was learnt is kept for the next start. Absent: nowhere, and each start folds all of the ledger. */
  readonly snapshots?: SnapshotParts | undefined;
  /** Makes what judges answers in the background. Absent: nothing does. */
  readonly judge?: (door: JudgeDoor) => AnswerJudge;
  /** Others to learn with. Absent: nobody. */
  readonly team?: TeamLearning | undefined;
}

/** When a decision was made, and for whom, as far as it says. */
export interface RecordedDecision extends Pick<Decision, 'id' | 'conversationId' | 'workspace'> {
  readonly atMs: number;
}

/** Entries that are read at a time: nobody is held up for all of them. */
const pageLength = 500;

/** One router over one ledger: from a request to an answer, and from ratings to the policy. */
export interface Conduit {
  /**
   * Decides, records the decision, and streams the answer. A request that continues a tool loop goes to the loop's
   * model under the decision that it had; only where that is gone, a new one is made. Aborting `signal` closes the
   * HTTP request.
   * Throws where the ledger rejects the decision: then nothing was sent. A window's ledger always takes it
   * (`ledger/always-ledger.ts`).
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
  observe(decisionId: string, deploymentId: string, signal: SurfaceSignal): Promise<void>;
  /** Takes in what other windows recorded. Resolves to true where there was anything new. */
  refresh(): Promise<boolean>;
  /** A decision as it was recorded, for its explanation; undefined where the ledger has none with this id. */
  decision(id: string): Promise<Decision | undefined>;
  /** A decision made once more, with what is known now: what would change it. Undefined as `decision`, or where it can't be. */
  reconsider(id: string): Promise<Reconsidered | undefined>;
  /**
   * What the router's decisions in the ledger would have been with something changed, each made again with what was known by
   * then. Nothing is asked or recorded; it takes seconds with a long history, in small pieces. Undefined: it was aborted.
   */
  replay(change: HistoryChange, watch: ReplayWatch): Promise<Replayed | undefined>;
  /** Statistics as of the last `refresh`, `answer` or `rate`. */
  stats(): RoutingStats;
  /** What was spent today, as of the same. */
  spentToday(): Spent;
  /**
   * What each of the user's budgets looks like now, over all windows; that of a conversation where one is named. Rejects
   * where the ledger can't be reached.
   */
  budgets(conversationId?: string): Promise<readonly BudgetNow[]>;
  /** What a conversation cost so far, in USD. Rejects likewise. */
  conversationUsd(conversationId: string): Promise<number>;
  /** Lets a budget be exceeded for the rest of its time, in all windows; one of a request for the rest of the day. */
  allowOver(budget: Budget, conversationId: string): Promise<void>;
  /** What judges did, cost, and how they agree with the user, as of the same. */
  judges(): readonly JudgeStats[];
  /** What was learnt of each model that the configuration doesn't say, by its id, as of the same. */
  learntOfModels(): Promise<ReadonlyMap<string, LearntOfModel>>;
  /** What is known of a model of a pool, as of the same. */
  arm(pool: string, deploymentId: string): ArmState;
  /** All decisions that the ledger has, oldest first: what can be forgotten. */
  recordedDecisions(): Promise<readonly RecordedDecision[]>;
  /**
   * Deletes decisions with all that belongs to them, in every window, for good. Resolves to how many there were. What was
   * spent on them is no longer known either, in today's budget too.
   */
  forget(which: Forgotten): Promise<number>;
  /** Folds the team's record, to say whether its newest snapshot is what that comes to. Rejects where it can't be read. */
  verifyTeam(watch: TeamWatch): Promise<TeamVerdict>;
  /** Up to where the ledger is kept in snapshots: entries with a lower sequence number than this may be dropped. */
  coveredUpTo(): Promise<number>;
  /** Stops every answer that is under way, records it with what it cost so far, and closes the ledger. */
  close(): Promise<void>;
}

export function createConduit(parts: Parts): Conduit {
  const { ledger } = parts;
  const learnt = createLearntState({
    ...parts,
    signals: async () => (await parts.configuration()).signals,
  });
  const choices = createChoiceMemory(parts.cache, parts.configuration, () => parts.clock.monotonicMs());
  const budget = createBudgetWatch({
    ...parts,
    spentSince: (sinceMs) =>
      withWaiting(learnt.spentSince(sinceMs), ledger.waiting?.() ?? [], {
        sinceMs,
        nowMs: parts.clock.nowMs(),
      }),
  });
  const recorder = createRecorder({
    ...parts,
    learn: () => learnt.refresh(),
    onAttempt: (attempt) => budget.spending(attempt),
    onNotCompleted: (decisionId) => choices.forget(decisionId),
  });
  const judge = parts.judge?.({
    record: (entries) => recorder.record(entries),
    judgingUsd: (counts, before) => learnt.judgingUsd(counts, before),
    hold: (configuration, judgement) => budget.holdForJudge(configuration, judgement),
  });

  async function recorded(id: string): Promise<Decision | undefined> {
    const entries = await ledger.readDecision(id);
    return entries.find((entry) => entry.kind === 'decision')?.decision;
  }

  return {
    answer: createAnswering(parts, { learnt, choices, budget, recorder, judge }),
    coveredUpTo: () => learnt.coveredUpTo(),
    verifyTeam: (watch) => learnt.verifyTeam(watch),
    refresh: async () => {
      await budget.renew(await parts.configuration());
      return learnt.refresh();
    },
    stats: () => learnt.stats(),
    spentToday: () => budget.spentToday(),
    budgets: async (conversationId) => budget.now(await parts.configuration(), conversationId),
    conversationUsd: (conversationId) => budget.conversationUsd(conversationId),
    allowOver: (exceeded, conversationId) => budget.allow(exceeded, conversationId),
    judges: () => learnt.judges(),
    learntOfModels: async () =>
      learntOfModels((await parts.configuration()).pools, parts.prices, learnt.stats(), (id) =>
        learnt.learntPrice(id),
      ),
    arm: (pool, deploymentId) => learnt.pool(pool).arm(deploymentId),
    close: async () => {
      await Promise.all([recorder.stop(), judge?.close()]);
      await learnt.close();
      await ledger.close();
    },
    decision: recorded,
    reconsider: async (id) => {
      const [decision] = await Promise.all([recorded(id), learnt.refresh()]);
      return decision && reconsider(parts, learnt, await parts.configuration(), decision);
    },
    replay: async (change, watch) =>
      replayHistory(
        { ...parts, configuration: await parts.configuration(), space: currentSpace(parts.embedder) },
        change,
        watch,
      ),
    recordedDecisions: async () => {
      const decisions: RecordedDecision[] = [];
      for (let after = 0; ;) {
        const page = await ledger.readAfter(after, pageLength);
        for (const entry of page) {
          after = entry.sequence;
          if (entry.kind !== 'decision') continue;
          const { id, conversationId, workspace } = entry.decision;
          decisions.push({ id, conversationId, workspace, atMs: entry.atMs });
        }
        if (page.length === 0) return decisions;
        await parts.clock.pause?.();
      }
    },
    forget: async (which) => {
      const count = await ledger.forget(which);
      await learnt.forget();
      if (which === 'everything') await choices.forgetAll();
      else for (const id of which) await choices.forget(id);
      await learnt.refresh();
      parts.onRecorded();
      return count;
    },
    rate: async (decisionId, deploymentId, thumb, reason) => {
      const signal = { kind: 'rating', thumb, ...(reason !== undefined && { reason }) } as const;
      if (thumb === 'down') await choices.forget(decisionId);
      await recorder.record([{ kind: 'observation', observation: { decisionId, deploymentId, signal } }]);
      if (thumb !== undefined) judge?.rated({ decisionId, deploymentId });
    },
    compare: async (preferred, other) => {
      await choices.forget(other.decisionId);
      await recorder.record([comparison(preferred, other, true), comparison(other, preferred, false)]);
      judge?.rated(preferred);
      judge?.rated(other);
    },
    observe: async (decisionId, deploymentId, signal) => {
      if (saysItWasNotGood(signal)) await choices.forget(decisionId);
      await recorder.record([{ kind: 'observation', observation: { decisionId, deploymentId, signal } }]);
    },
  };
}

/** An identical question gets another answer then: not the choice that was kept of it. */
function saysItWasNotGood(signal: SurfaceSignal): boolean {
  switch (signal.kind) {
    case 'edit':
      return signal.outcome !== 'accepted';
    case 'next-turn':
      return signal.turn !== 'thanks' && signal.turn !== 'goes-on';
    case 'loop':
      return signal.sign !== 'turned-green' && signal.sign !== 'many-steps';
    case 'regenerated':
    case 'retried-elsewhere':
      return true;
    case 'copied':
    case 'inserted':
    case 'taken':
    case 'edit-survival':
    case 'edit-diagnostics':
      return false;
  }
}

function comparison(
  { decisionId, deploymentId }: AnswerOfModel,
  { decisionId: otherDecisionId }: AnswerOfModel,
  won: boolean,
): LedgerEntry {
  const signal = { kind: 'compared', won, otherDecisionId } as const;
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}
