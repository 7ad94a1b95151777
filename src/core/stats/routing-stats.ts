import type { Attempt } from '../terms/attempt';
import type { Decision, Phase } from '../terms/decision';
import type { Observation, Signal, Thumb } from '../terms/observation';
import type { Cost } from '../terms/receipt';
import { sumOfCosts } from '../terms/receipt';
import type { Steps } from '../terms/steps';
import { atOnce } from '../terms/steps';
import type { Evidence } from '../terms/evidence';
import type { Saved } from '../learning/learner';
import { keptSignal } from '../learning/known-decision';
import { numberSignals } from '../learning/number-signals';
import { createUnsealed } from '../learning/unsealed';
import { amendedEvidence } from '../reward/observation-rules';
import { shippedSignals } from '../reward/signal-table';
import { signsOf } from '../reward/signs';
import type { SignalTable } from '../terms/signals';
import type { StoredEntry } from '../terms/ledger-entry';
import { parsedSignal } from '../terms/ledger-entry';
import type { DecisionTally, PullTally, SavedPoolStats, SavedStats } from './saved-stats';
import { readStats, restoreTallies, saveTallies } from './saved-stats';
import type { ShownDecision } from './shown-decision';
import { savedDecision, shownDecision } from './shown-decision';
import type { ModelStats, ModelTally } from './model-tally';
import { createModelTally } from './model-tally';
import type { ToldOfAnswer, ToldSignals } from './told-signals';
import { createToldTally, nothingTold, toldOfAnswer } from './told-signals';

export interface PoolStats {
  readonly pool: string;
  readonly decisions: number;
  /** Of the last decision. */
  readonly switchAfter: number;
  readonly models: readonly ModelStats[];
  /** Its last decisions, oldest first, at most 50. */
  readonly latest: readonly Decision[];
}

export interface RecentDecision {
  readonly atMs: number;
  readonly pool: string;
  readonly origin: string;
  readonly task: string;
  readonly phase: Phase;
  readonly poolSequence: number;
  readonly switchAfter: number;
  /** Who answered; undefined while the answer is under way or where nobody did. */
  readonly answeredBy: string | undefined;
  readonly chosen: string;
  /** The model with which its tool loop had been stuck; undefined: it begins here. */
  readonly stuckWith: string | undefined;
  readonly cost: Cost | undefined;
  readonly thumb: Thumb | undefined;
}

export interface RoutingStats {
  readonly pools: readonly PoolStats[];
  /** The last decisions of all pools, newest first. */
  readonly recent: readonly RecentDecision[];
  /** How many answers were told of by which signal. */
  readonly told: ToldSignals;
}

export interface StatsFold {
  /** `earlier` are the entries of the same decision before it, where that is sealed. */
  apply(entry: StoredEntry, earlier?: readonly StoredEntry[]): void;
  snapshot(): RoutingStats;
  /** To go on from, as what can be cloned. Nothing is to be applied until the last step is done. */
  save(): Steps<SavedStats>;
}

export interface StatsOptions {
  /** What each signal says; absent: as shipped. */
  readonly signals?: SignalTable | undefined;
  /** So many decisions are kept as they are; absent: as shipped. */
  readonly kept?: number | undefined;
  /** As that of a learner. Its parser reads a stored entry. */
  readonly saved?: Saved | undefined;
}

const recentDecisions = 50;

interface PoolTally {
  readonly models: Map<string, ModelTally>;
  readonly latest: ShownDecision[];
  answered: number;
  decisions: number;
  switchAfter: number;
}

/** What a pull says. */
interface Said {
  readonly told: ToldOfAnswer;
  readonly evidence: Evidence | undefined;
  readonly thumb: Thumb | undefined;
}

interface Recent {
  readonly decision: ShownDecision;
  readonly atMs: number;
  readonly tally: DecisionTally;
}

/** Everything that the stats page shows, as a fold over the ledger. Throws a RangeError where `saved` is something else. */
export function createStatsFold(options: StatsOptions = {}): StatsFold {
  return atOnce(statsFoldInSteps(options));
}

/** As `createStatsFold`, for what was saved of many decisions. */
export function* statsFoldInSteps({
  signals: table = shippedSignals,
  kept,
  saved,
}: StatsOptions): Steps<StatsFold> {
  const before = saved && readStats(saved.state, 'statistics');
  yield;
  const pools = new Map<string, PoolTally>();
  const decisions = createUnsealed<DecisionTally>(kept);
  const told = createToldTally(before?.told);
  const recent: Recent[] = [];
  if (saved !== undefined && before !== undefined) yield* adopt(before, saved);

  function* adopt(state: SavedStats, { parse, carriedFrom }: Saved): Steps<void> {
    for (const [name, { models, latest, ...pool }] of state.pools) {
      const tallies = Array.from(models, ([id, model]) => [id, createModelTally(id, model)] as const);
      const shown = latest.map((text) => savedDecision(text, parse));
      pools.set(name, { ...pool, models: new Map(tallies), latest: shown });
    }
    yield;
    if (carriedFrom === undefined) {
      const signals = state.signals.map((signal) => parsedSignal(signal, parse));
      for (const each of yield* restoreTallies(state.decisions, signals)) decisions.add(each.id, each);
    }
    yield;
    for (const { id, decision: text, atMs, tally: own } of state.recent) {
      const decision = savedDecision(text, parse);
      const tally = decisions.get(id) ?? tallyIn(decision);
      tally.answer ??= own;
      recent.push({ decision, atMs, tally });
    }
  }

  function poolOf(name: string): PoolTally {
    const known = pools.get(name);
    if (known !== undefined) return known;
    const made = { models: new Map(), latest: [], answered: 0, decisions: 0, switchAfter: 0 };
    pools.set(name, made);
    return made;
  }

  function modelOf(pool: PoolTally, deploymentId: string): ModelTally {
    const known = pool.models.get(deploymentId);
    if (known !== undefined) return known;
    const made = createModelTally(deploymentId);
    pool.models.set(deploymentId, made);
    return made;
  }

  function applyDecision(decision: Decision, atMs: number): void {
    const pool = poolOf(decision.pool);
    pool.decisions += 1;
    pool.switchAfter = decision.switchAfter;
    const shown = shownDecision(decision);
    pool.latest.push(shown);
    if (pool.latest.length > recentDecisions) pool.latest.shift();
    modelOf(pool, decision.deploymentId);
    const tally = tallyOf(decision);
    decisions.add(decision.id, tally);
    recent.push({ decision: shown, atMs, tally });
    if (recent.length > recentDecisions) recent.shift();
  }

  /** Counts what a pull says after `change`, in the place of what it said before. */
  function amend(tally: DecisionTally, deploymentId: string, change: (pull: PullTally) => void): void {
    const pull = pullOf(tally, deploymentId);
    const model = modelOf(poolOf(tally.pool), deploymentId);
    const before = saidBy(tally, pull);
    change(pull);
    const after = saidBy(tally, pull);
    told.amend(deploymentId, before.told, after.told);
    if (before.evidence !== undefined) model.addEvidence(before.evidence, -1);
    if (after.evidence !== undefined) model.addEvidence(after.evidence, 1);
    if (before.thumb !== undefined) model.addThumb(before.thumb, -1);
    if (after.thumb !== undefined) model.addThumb(after.thumb, 1);
  }

  function saidBy({ learning }: DecisionTally, { came, signals }: PullTally): Said {
    if (signals.length === 0)
      return { told: came ? justCame : nothingTold, evidence: undefined, thumb: undefined };
    const signs = learning ? signsOf(signals, table) : [];
    return {
      told: toldOfAnswer(came, signals, signs),
      evidence: amendedEvidence(signals, table),
      thumb: thumbOf(signals),
    };
  }

  /** As its entries before this one left it; undefined: there is no such decision. */
  function recalled(earlier: readonly StoredEntry[]): DecisionTally | undefined {
    const decision = earlier.find((entry) => entry.kind === 'decision')?.decision;
    if (decision === undefined) return undefined;
    const tally = tallyOf(decision);
    for (const entry of earlier) {
      if (entry.kind === 'attempt' && entry.attempt.outcome !== 'failed') {
        noteAnswer(tally, entry.attempt);
        pullOf(tally, entry.attempt.deploymentId).came = true;
      } else if (entry.kind === 'observation')
        pullOf(tally, entry.observation.deploymentId).signals.push(keptSignal(entry.observation.signal));
    }
    return tally;
  }

  /** Notes who answered, and what all of it cost. */
  function noteAnswer(tally: DecisionTally, { deploymentId, receipt }: Attempt): void {
    const before = tally.answer;
    const cost = before === undefined ? receipt.cost : sumOfCosts(before.cost, receipt.cost);
    tally.answer = { deploymentId, cost };
  }

  function knownTally(decisionId: string, earlier?: readonly StoredEntry[]): DecisionTally | undefined {
    return decisions.get(decisionId) ?? (earlier && recalled(earlier));
  }

  function applyAttempt(attempt: Attempt, atMs: number, earlier?: readonly StoredEntry[]): void {
    const tally = knownTally(attempt.decisionId, earlier);
    if (tally === undefined) return;
    const { deploymentId } = attempt;
    const pool = poolOf(tally.pool);
    const again = tally.answer?.deploymentId === deploymentId;
    modelOf(pool, deploymentId).addAttempt(attempt, again, atMs);
    if (attempt.outcome === 'failed') return;
    noteAnswer(tally, attempt);
    amend(tally, deploymentId, (pull) => {
      pull.came = true;
    });
    if (again) return;
    pool.answered += 1;
  }

  function applyObservation(observation: Observation, earlier?: readonly StoredEntry[]): void {
    const tally = knownTally(observation.decisionId, earlier);
    if (tally === undefined) return;
    const { deploymentId, signal } = observation;
    amend(tally, deploymentId, ({ signals }) => signals.push(keptSignal(signal)));
  }

  function* save(): Steps<SavedStats> {
    const { numberOf, signals } = numberSignals();
    const tallies = yield* saveTallies(
      Array.from(decisions.entries(), ([, tally]) => tally),
      numberOf,
    );
    const saved = new Map<string, SavedPoolStats>();
    for (const [name, pool] of pools) {
      const models = new Map(Array.from(pool.models, ([id, model]) => [id, model.save()]));
      saved.set(name, { ...pool, models, latest: pool.latest.map((each) => each.text()) });
      yield;
    }
    return {
      told: told.save(),
      pools: saved,
      decisions: tallies,
      signals,
      recent: recent.map(({ decision, atMs, tally }) => {
        return { id: tally.id, decision: decision.text(), atMs, tally: tally.answer };
      }),
    };
  }

  return {
    apply: (entry, earlier) => {
      switch (entry.kind) {
        case 'decision':
          return applyDecision(entry.decision, entry.atMs);
        case 'attempt':
          return applyAttempt(entry.attempt, entry.atMs, earlier);
        case 'observation':
          return applyObservation(entry.observation, earlier);
        case 'judgement':
          // A line of its own: stats/judgements.ts.
          return;
      }
    },
    snapshot: () => {
      const shown = recent.map(seenNow).reverse();
      return {
        pools: [...pools].map(([name, pool]) => poolStats(name, pool)),
        get recent() {
          return shown.flatMap(recentDecision);
        },
        told: told.snapshot(),
      };
    },
    save,
  };
}

const justCame: ToldOfAnswer = { ...nothingTold, came: true };

function thumbOf(signals: readonly Signal[]): Thumb | undefined {
  return signals.findLast((signal) => signal.kind === 'rating')?.thumb;
}

function tallyOf({ id, pool, learning }: Decision): DecisionTally {
  return { id, pool, learning: learning !== false, pulls: new Map(), answer: undefined };
}

/** As `tallyOf`; of one that can't be read, nothing. */
function tallyIn(shown: ShownDecision): DecisionTally {
  const decision = shown.read();
  return decision === undefined
    ? { id: '', pool: '', learning: false, pulls: new Map(), answer: undefined }
    : tallyOf(decision);
}

function pullOf({ pulls }: DecisionTally, deploymentId: string): PullTally {
  const known = pulls.get(deploymentId);
  if (known !== undefined) return known;
  const made: PullTally = { signals: [], came: false };
  pulls.set(deploymentId, made);
  return made;
}

function poolStats(name: string, pool: PoolTally): PoolStats {
  const models = [...pool.models.values()]
    .map((model) => model.stats(pool.answered))
    .sort((a, b) => b.requests - a.requests);
  const latest = [...pool.latest];
  return {
    pool: name,
    decisions: pool.decisions,
    switchAfter: pool.switchAfter,
    models,
    get latest() {
      return latest.flatMap((each) => each.read() ?? []);
    },
  };
}

/** What is said of it now, whenever it is looked at. */
interface Seen extends Pick<RecentDecision, 'atMs' | 'answeredBy' | 'cost' | 'thumb'> {
  readonly decision: ShownDecision;
}

function seenNow({ decision, atMs, tally: { pulls, answer } }: Recent): Seen {
  const answeredBy = answer?.deploymentId;
  const thumb = answeredBy === undefined ? undefined : thumbOf(pulls.get(answeredBy)?.signals ?? []);
  return { decision, atMs, answeredBy, cost: answer?.cost, thumb };
}

function recentDecision({ decision: shown, ...seen }: Seen): readonly RecentDecision[] {
  const decision = shown.read();
  if (decision === undefined) return [];
  const { pool, origin, task, phase, poolSequence, switchAfter, deploymentId: chosen } = decision;
  const stuckWith = decision.escalation?.deploymentId;
  return [{ ...seen, pool, origin, task, phase, poolSequence, switchAfter, chosen, stuckWith }];
}
