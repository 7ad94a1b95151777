import type { ArmRecord, KnownOfArm, Pull, Use } from './arm-record';
import { createArmRecord } from './arm-record';
import type { Attempt } from '../terms/attempt';
import type { ArmEvidence } from '../bandit/arm-evidence';
import { createHybrid } from '../bandit/hybrid';
import { residualDeviation } from '../bandit/residuals';
import type { PolicySettings } from '../bandit/settings';
import type { UcbPolicy } from '../bandit/ucb-policy';
import type { ArmChange, Decision } from '../terms/decision';
import type { FeatureSpace } from '../features/feature-space';
import { translated } from '../features/feature-space';
import { createTellings } from './tellings';
import type { Evidence } from '../terms/evidence';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Observation, Signal } from '../terms/observation';
import { amendedEvidence, tellingWeight } from '../reward/observation-rules';

/** What is known of one arm now. Quality, cost and latency are learnt apart. */
export interface ArmState extends KnownOfArm {
  /** What its outcomes say of its quality. Replaced by a change: don't keep. */
  readonly quality: ArmEvidence;
  /** Decisions for this arm with no finished attempt yet, or of the latest that may yet be rated. */
  readonly inFlight: number;
  /** Set where the latest outcomes are not what was expected of them. */
  readonly change: ArmChange | undefined;
}

export interface PoolState {
  /** What learns quality in this pool; its features are those of `space`. */
  readonly policy: UcbPolicy;
  readonly space: FeatureSpace;
  /** Decisions of this pool so far: the phases count by it. */
  readonly decisions: number;
  /** The arm's state; a new one for an arm that was never met. */
  arm(deploymentId: string): ArmState;
  /** How likely it is that the outcome of a request of this origin will be told, 0..1. */
  told01(origin: string): number;
}

/** The policy's state as a fold over the ledger. */
export interface Learner {
  readonly space: FeatureSpace;
  /** Takes in one entry. Entries of one decision come after it; those of an unknown decision, or of one not to be learnt from, are ignored. */
  apply(entry: StoredEntry): void;
  pool(name: string): PoolState;
}

export interface LearnerOptions {
  readonly space: FeatureSpace;
  readonly settings: PolicySettings;
  readonly nowMs: () => number;
  /** Describes the prompt of a decision of another feature space anew, where the decision kept it. */
  readonly describeAgain?: (prompt: string) => readonly number[];
}

/** So many decisions of a pool later a rating that didn't come isn't waited for any more. */
const mayYetBeRated = 4;

/** A window that was killed never finishes its attempt: after this its pull no longer counts as in flight. */
const longestFlightMs = 10 * 60_000;

interface LearntPool {
  readonly arms: Map<string, ArmRecord>;
  readonly policy: UcbPolicy;
  /** The latest decisions, oldest first. */
  readonly latest: KnownDecision[];
  decisions: number;
}

/** What later entries of a decision need of it. */
interface KnownDecision {
  readonly pool: LearntPool;
  readonly decision: Decision;
  readonly order: number;
  readonly position: number;
  readonly features: Float64Array;
  readonly pulls: Map<string, { readonly signals: Signal[]; readonly pull: Pull }>;
  /** By deployment, of the calls that came to an end. */
  readonly uses: Map<string, Use>;
}

export function createLearner({ space, settings, nowMs, describeAgain }: LearnerOptions): Learner {
  const pools = new Map<string, LearntPool>();
  const decisions = new Map<string, KnownDecision>();
  const tellings = createTellings();
  const { ridge, bias } = space;
  /** An arm's mean survives any change of the feature space: only the bias speaks for such decisions. */
  const biasOnly = Float64Array.from(ridge, (_, index) => (index === bias ? 1 : 0));

  function newPool(): LearntPool {
    return { arms: new Map(), policy: createHybrid(space, settings), latest: [], decisions: 0 };
  }

  const poolOf = (name: string): LearntPool => getOrMake(pools, name, newPool);
  const armOf = (pool: LearntPool, id: string): ArmRecord =>
    getOrMake(pool.arms, id, () => createArmRecord(id, pool.policy));

  function featuresOf({ features, featureSpace, prompt }: Decision): Float64Array {
    const own = translated(features, featureSpace, space);
    if (own !== undefined) return Float64Array.from(own);
    if (prompt === undefined || describeAgain === undefined) return biasOnly;
    const again = describeAgain(prompt);
    return Float64Array.from(ridge, (_, index) => again[index] ?? 0);
  }

  function applyDecision(decision: Decision, atMs: number): void {
    const pool = poolOf(decision.pool);
    pool.decisions += 1;
    // Not known to what follows: its outcomes, and the changes that it found, teach nothing.
    if (decision.learning === false) return;
    const order = pool.decisions;
    const arm = armOf(pool, decision.deploymentId);
    arm.flights.set(decision.id, atMs);
    const position = arm.chosen(order);
    for (const { deploymentId } of decision.candidates) armOf(pool, deploymentId).joined(order);
    const features = featuresOf(decision);
    const known = { pool, decision, order, position, features, pulls: new Map(), uses: new Map() };
    decisions.set(decision.id, known);
    pool.latest.push(known);
    if (pool.latest.length > mayYetBeRated) pool.latest.shift();
    for (const change of decision.changes) {
      armOf(pool, change.deploymentId).applyChange(change);
    }
  }

  function applyAttempt(attempt: Attempt): void {
    const known = decisions.get(attempt.decisionId);
    if (known === undefined || attempt.retried === true) return;
    const { pool, decision, uses } = known;
    const { deploymentId } = attempt;
    armOf(pool, decision.deploymentId).flights.delete(decision.id);
    if (uses.size === 0) tellings.asked(decision.origin);
    const arm = armOf(pool, deploymentId);
    uses.set(deploymentId, arm.addAttempt(attempt, decision, uses.get(deploymentId)));
  }

  function pullOf({ decision, order, position, features }: KnownDecision, deploymentId: string): Pull {
    const candidate = decision.candidates.find((each) => each.deploymentId === deploymentId);
    return {
      features,
      predicted01: candidate?.quality01,
      order,
      position: deploymentId === decision.deploymentId ? position : undefined,
      counted: undefined,
    };
  }

  function applyObservation({ decisionId, deploymentId, signal }: Observation): void {
    const known = decisions.get(decisionId);
    if (known === undefined) return;
    const { signals, pull } = getOrMake(known.pulls, deploymentId, () => ({
      signals: [],
      pull: pullOf(known, deploymentId),
    }));
    signals.push(signal);
    const evidence = amendedEvidence(signals);
    const tells = isTelling(evidence);
    if (tells !== isTelling(pull.counted)) tellings.told(known.decision.origin, tells ? 1 : -1);
    if (evidence !== pull.counted) armOf(known.pool, deploymentId).observe(pull, evidence);
  }

  function inFlight({ flights }: ArmRecord): number {
    const oldest = nowMs() - longestFlightMs;
    for (const [decisionId, atMs] of flights) if (atMs < oldest) flights.delete(decisionId);
    return flights.size;
  }

  /** Of the pool's latest decisions for this arm, those that were answered and not rated: a rating may yet come. */
  function unrated(pool: LearntPool, deploymentId: string, { flights }: ArmRecord): number {
    return pool.latest.filter(
      ({ decision, pulls }) =>
        decision.deploymentId === deploymentId &&
        !flights.has(decision.id) &&
        (pulls.get(deploymentId)?.pull.counted?.weight ?? 0) < tellingWeight,
    ).length;
  }

  function stateOf(pool: LearntPool, deploymentId: string): ArmState {
    const arm = armOf(pool, deploymentId);
    const changed =
      settings.noticesChange &&
      arm.drift.changed(residualDeviation(pool.policy.evidence.residuals, usualDeviation));
    const change = changed ? arm.changeNow() : undefined;
    const flying = settings.inFlight ? inFlight(arm) + unrated(pool, deploymentId, arm) : 0;
    const quality = pool.policy.evidence.arm(deploymentId);
    return { ...arm.known, quality, inFlight: flying, change: change && { deploymentId, ...change } };
  }

  return {
    space,
    apply: (entry) => {
      switch (entry.kind) {
        case 'decision':
          return applyDecision(entry.decision, entry.atMs);
        case 'attempt':
          return applyAttempt(entry.attempt);
        case 'observation':
          return applyObservation(entry.observation);
        case 'judgement':
          // Its verdict is an observation.
          return;
      }
    },
    pool: (name) => {
      const pool = poolOf(name);
      return {
        space,
        decisions: pool.decisions,
        policy: pool.policy,
        arm: (deploymentId) => stateOf(pool, deploymentId),
        told01: tellings.share01,
      };
    },
  };
}

function isTelling(evidence: Evidence | undefined): boolean {
  return evidence !== undefined && evidence.weight >= tellingWeight;
}

/** Spread of quality where there are hardly any residuals yet. */
const usualDeviation = 0.45;

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
