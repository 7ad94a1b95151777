import type { Attempt } from '../terms/attempt';
import type { Decision, Phase } from '../terms/decision';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Observation, Signal, Thumb } from '../terms/observation';
import type { Cost } from '../terms/receipt';
import { sumOfCosts } from '../terms/receipt';
import type { Evidence } from '../terms/evidence';
import { amendedEvidence } from '../reward/observation-rules';
import { shippedSignals } from '../reward/signal-table';
import { signsOf } from '../reward/signs';
import type { SignalTable } from '../terms/signals';
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
  readonly shares: ShareCurve;
  /** Its last decisions, oldest first, at most 50. */
  readonly latest: readonly Decision[];
}

/** Share of each model over a rolling window of answered requests. */
export interface ShareCurve {
  /** Number of the answered request of each point, from 1. */
  readonly requests: readonly number[];
  /** One row for each model, in the order of `models`; each value 0..1. */
  readonly share01: readonly (readonly number[])[];
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
  apply(entry: StoredEntry): void;
  snapshot(): RoutingStats;
}

const recentDecisions = 50;
const rollingWindow = 25;
const longestCurve = 500;

interface PoolTally {
  readonly models: Map<string, ModelTally>;
  /** Who answered each request, in order. */
  readonly answeredBy: string[];
  readonly latest: Decision[];
  decisions: number;
  last: Decision;
}

/** The answer of one model to one decision, or that there was none. */
interface PullTally {
  readonly signals: Signal[];
  came: boolean;
  told: ToldOfAnswer;
  evidence: Evidence | undefined;
  thumb: Thumb | undefined;
}

interface DecisionTally {
  readonly decision: Decision;
  readonly atMs: number;
  readonly pulls: Map<string, PullTally>;
  /** Who answered last, and what all of its answers cost. */
  answer: { readonly deploymentId: string; readonly cost: Cost } | undefined;
}

/** Everything that the stats page shows, as a fold over the ledger. */
export function createStatsFold(table: SignalTable = shippedSignals): StatsFold {
  const pools = new Map<string, PoolTally>();
  const decisions = new Map<string, DecisionTally>();
  const recent: DecisionTally[] = [];
  const told = createToldTally();

  function modelOf(pool: PoolTally, deploymentId: string): ModelTally {
    const known = pool.models.get(deploymentId);
    if (known !== undefined) return known;
    const made = createModelTally(deploymentId);
    pool.models.set(deploymentId, made);
    return made;
  }

  function applyDecision(decision: Decision, atMs: number): void {
    const pool: PoolTally = pools.get(decision.pool) ?? {
      models: new Map(),
      answeredBy: [],
      latest: [],
      decisions: 0,
      last: decision,
    };
    pools.set(decision.pool, pool);
    pool.decisions += 1;
    pool.last = decision;
    pool.latest.push(decision);
    if (pool.latest.length > recentDecisions) pool.latest.shift();
    modelOf(pool, decision.deploymentId);
    const tally: DecisionTally = { decision, atMs, pulls: new Map(), answer: undefined };
    decisions.set(decision.id, tally);
    recent.push(tally);
    if (recent.length > recentDecisions) recent.shift();
  }

  function pullOf({ pulls }: DecisionTally, deploymentId: string): PullTally {
    const known = pulls.get(deploymentId);
    if (known !== undefined) return known;
    const made: PullTally = {
      signals: [],
      came: false,
      told: nothingTold,
      evidence: undefined,
      thumb: undefined,
    };
    pulls.set(deploymentId, made);
    return made;
  }

  /** Counts what a pull says now, in the place of what was counted of it. */
  function recount({ decision: { learning } }: DecisionTally, deploymentId: string, pull: PullTally): void {
    const signs = learning === false ? [] : signsOf(pull.signals, table);
    pull.told = told.amend(deploymentId, pull.told, toldOfAnswer(pull.came, pull.signals, signs));
  }

  function applyAttempt(attempt: Attempt, atMs: number): void {
    const tally = decisions.get(attempt.decisionId);
    const pool = tally && pools.get(tally.decision.pool);
    if (tally === undefined || pool === undefined) return;
    const { deploymentId, receipt } = attempt;
    const before = tally.answer;
    const again = before?.deploymentId === deploymentId;
    modelOf(pool, deploymentId).addAttempt(attempt, again, atMs);
    if (attempt.outcome === 'failed') return;
    const pull = pullOf(tally, deploymentId);
    if (!pull.came) {
      pull.came = true;
      recount(tally, deploymentId, pull);
    }
    const cost = before === undefined ? receipt.cost : sumOfCosts(before.cost, receipt.cost);
    tally.answer = { deploymentId, cost };
    if (!again) pool.answeredBy.push(deploymentId);
  }

  function applyObservation({ decisionId, deploymentId, signal }: Observation): void {
    const tally = decisions.get(decisionId);
    const pool = tally && pools.get(tally.decision.pool);
    if (tally === undefined || pool === undefined) return;
    const model = modelOf(pool, deploymentId);
    const pull = pullOf(tally, deploymentId);
    pull.signals.push(signal);
    recount(tally, deploymentId, pull);
    if (pull.evidence !== undefined) model.addEvidence(pull.evidence, -1);
    pull.evidence = amendedEvidence(pull.signals, table);
    if (pull.evidence !== undefined) model.addEvidence(pull.evidence, 1);
    if (signal.kind !== 'rating') return;
    if (pull.thumb !== undefined) model.addThumb(pull.thumb, -1);
    pull.thumb = signal.thumb;
    if (pull.thumb !== undefined) model.addThumb(pull.thumb, 1);
  }

  return {
    apply: (entry) => {
      switch (entry.kind) {
        case 'decision':
          return applyDecision(entry.decision, entry.atMs);
        case 'attempt':
          return applyAttempt(entry.attempt, entry.atMs);
        case 'observation':
          return applyObservation(entry.observation);
        case 'judgement':
          // A line of its own: stats/judgements.ts.
          return;
      }
    },
    snapshot: () => ({
      pools: [...pools].map(([name, pool]) => poolStats(name, pool)),
      recent: recent.map(recentDecision).reverse(),
      told: told.snapshot(),
    }),
  };
}

function poolStats(name: string, pool: PoolTally): PoolStats {
  const models = [...pool.models.values()]
    .map((model) => model.stats(pool.answeredBy.length))
    .sort((a, b) => b.requests - a.requests);
  return {
    pool: name,
    decisions: pool.decisions,
    switchAfter: pool.last.switchAfter,
    models,
    shares: shareCurve(
      pool.answeredBy,
      models.map(({ deploymentId }) => deploymentId),
    ),
    latest: [...pool.latest],
  };
}

function shareCurve(answeredBy: readonly string[], models: readonly string[]): ShareCurve {
  const first = Math.max(0, answeredBy.length - longestCurve);
  const points = Array.from({ length: answeredBy.length - first }, (_, index) => first + index);
  const share01 = models.map((model) => {
    const running = runningCount(answeredBy, model);
    return points.map((point) => {
      const start = Math.max(0, point + 1 - rollingWindow);
      return ((running[point + 1] ?? 0) - (running[start] ?? 0)) / (point + 1 - start);
    });
  });
  return { requests: points.map((point) => point + 1), share01 };
}

/** How often `model` is among the first 0, 1, 2, … names. */
function runningCount(names: readonly string[], model: string): readonly number[] {
  const counts = [0];
  let count = 0;
  for (const name of names) {
    if (name === model) count += 1;
    counts.push(count);
  }
  return counts;
}

function recentDecision({ decision, atMs, pulls, answer }: DecisionTally): RecentDecision {
  const { pool, origin, task, phase, poolSequence, switchAfter, deploymentId: chosen } = decision;
  const answeredBy = answer?.deploymentId;
  const thumb = answeredBy === undefined ? undefined : pulls.get(answeredBy)?.thumb;
  const cost = answer?.cost;
  const stuckWith = decision.escalation?.deploymentId;
  return {
    atMs,
    pool,
    origin,
    task,
    phase,
    poolSequence,
    switchAfter,
    answeredBy,
    chosen,
    stuckWith,
    cost,
    thumb,
  };
}
