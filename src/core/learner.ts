import type { Attempt } from './attempt';
import type { ArmEvidence } from './bandit/arm-evidence';
import { createArmEvidence } from './bandit/arm-evidence';
import type { Decision } from './decision';
import type { StoredEntry } from './ledger-entry';
import type { Observation, Signal } from './observation';
import { usdOf } from './receipt';
import type { Evidence } from './reward/observation-rules';
import { amendedEvidence } from './reward/observation-rules';

/** A mean that is updated as values come. */
export interface Mean {
  readonly count: number;
  readonly mean: number;
}

/** What is known of one arm. Quality, cost and latency are learnt apart. */
export interface ArmState {
  readonly quality: ArmEvidence;
  /** Attempts that came to an end. */
  readonly pulls: number;
  /** Decisions for this arm with no finished attempt yet. */
  readonly inFlight: number;
  /** Mean USD of a completed attempt whose cost is known. */
  readonly costUsd: Mean;
  readonly outputTokens: Mean;
  /** Total time of completed attempts, in ms. */
  readonly latencyMs: Mean;
}

export interface PoolState {
  /** Decisions of this pool so far: the phases count by it. */
  readonly decisions: number;
  /** The arm's state; a new one for an arm that was never met. */
  arm(deploymentId: string): ArmState;
}

/** The policy's state as a fold over the ledger. */
export interface Learner {
  /** Takes in one entry. Entries of one decision come after it; those of an unknown decision are ignored. */
  apply(entry: StoredEntry): void;
  pool(name: string): PoolState;
}

export interface LearnerOptions {
  /** One positive number for each feature; the last feature is the bias. */
  readonly ridge: readonly number[];
  readonly featureSpace: string;
  readonly nowMs: () => number;
}

/** A window that was killed never finishes its attempt: after this its pull no longer counts as in flight. */
const longestFlightMs = 10 * 60_000;

interface MutableArm {
  readonly quality: ArmEvidence;
  /** Decisions in flight, with the time they were made. */
  readonly flights: Map<string, number>;
  pulls: number;
  costUsd: Mean;
  outputTokens: Mean;
  latencyMs: Mean;
}

interface MutablePool {
  decisions: number;
  readonly arms: Map<string, MutableArm>;
}

/** What later entries of a decision need of it. */
interface KnownDecision {
  readonly pool: MutablePool;
  readonly deploymentId: string;
  readonly features: readonly number[];
  readonly signals: Map<string, { readonly all: Signal[]; counted: Evidence | undefined }>;
}

const nothing: Mean = { count: 0, mean: 0 };

export function createLearner({ ridge, featureSpace, nowMs }: LearnerOptions): Learner {
  const pools = new Map<string, MutablePool>();
  const decisions = new Map<string, KnownDecision>();
  /** An arm's mean survives a change of the feature space: only the bias speaks for old decisions. */
  const biasOnly = ridge.map((_, index) => (index === ridge.length - 1 ? 1 : 0));

  function poolOf(name: string): MutablePool {
    return getOrMake(pools, name, () => ({ decisions: 0, arms: new Map() }));
  }

  function armOf(pool: MutablePool, deploymentId: string): MutableArm {
    return getOrMake(pool.arms, deploymentId, () => ({
      quality: createArmEvidence(ridge),
      flights: new Map(),
      pulls: 0,
      costUsd: nothing,
      outputTokens: nothing,
      latencyMs: nothing,
    }));
  }

  function applyDecision(decision: Decision, atMs: number): void {
    const pool = poolOf(decision.pool);
    const comparable = decision.featureSpace === featureSpace && decision.features.length === ridge.length;
    pool.decisions += 1;
    armOf(pool, decision.deploymentId).flights.set(decision.id, atMs);
    decisions.set(decision.id, {
      pool,
      deploymentId: decision.deploymentId,
      features: comparable ? decision.features : biasOnly,
      signals: new Map(),
    });
  }

  function applyAttempt({ decisionId, deploymentId, outcome, receipt }: Attempt): void {
    const decision = decisions.get(decisionId);
    if (decision === undefined) return;
    armOf(decision.pool, decision.deploymentId).flights.delete(decisionId);
    const arm = armOf(decision.pool, deploymentId);
    arm.pulls += 1;
    if (outcome !== 'completed') return;
    const usd = usdOf(receipt.cost);
    if (usd !== undefined) arm.costUsd = including(arm.costUsd, usd);
    if (receipt.usage !== undefined)
      arm.outputTokens = including(arm.outputTokens, receipt.usage.outputTokens);
    arm.latencyMs = including(arm.latencyMs, receipt.totalMs);
  }

  function applyObservation({ decisionId, deploymentId, signal }: Observation): void {
    const decision = decisions.get(decisionId);
    if (decision === undefined) return;
    const pull = getOrMake(decision.signals, deploymentId, () => ({ all: [], counted: undefined }));
    pull.all.push(signal);
    const evidence = amendedEvidence(pull.all);
    if (evidence === pull.counted) return;
    const { quality } = armOf(decision.pool, deploymentId);
    quality.amend(decision.features, pull.counted, evidence);
    pull.counted = evidence;
  }

  function inFlight(arm: MutableArm): number {
    const oldest = nowMs() - longestFlightMs;
    for (const [decisionId, atMs] of arm.flights) if (atMs < oldest) arm.flights.delete(decisionId);
    return arm.flights.size;
  }

  return {
    apply: (entry) => {
      switch (entry.kind) {
        case 'decision':
          return applyDecision(entry.decision, entry.atMs);
        case 'attempt':
          return applyAttempt(entry.attempt);
        case 'observation':
          return applyObservation(entry.observation);
      }
    },
    pool: (name) => {
      const pool = poolOf(name);
      return {
        decisions: pool.decisions,
        arm: (deploymentId) => {
          const arm = armOf(pool, deploymentId);
          return { ...arm, inFlight: inFlight(arm) };
        },
      };
    },
  };
}

function including({ count, mean }: Mean, value: number): Mean {
  return { count: count + 1, mean: mean + (value - mean) / (count + 1) };
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
