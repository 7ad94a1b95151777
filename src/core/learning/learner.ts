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
import type { StoredEntry } from '../terms/ledger-entry';
import type { Observation, Signal } from '../terms/observation';
import { tellingWeight } from '../reward/observation-rules';
import { shippedSignals } from '../reward/signal-table';
import type { Sign } from '../reward/signs';
import { signsOf } from '../reward/signs';
import type { SignalTable } from '../terms/signals';
import type { Risk } from './availability';
import { createAvailability } from './availability';
import { createTrust } from './trust';
import type { Weighing } from './weighing';
import { createWeighing } from './weighing';

/** What is known of one arm now. Quality, cost and latency are learnt apart. */
export interface ArmState extends KnownOfArm {
  /** What its outcomes say of its quality. Replaced by a change: don't keep. */
  readonly quality: ArmEvidence;
  /** Decisions for this arm with no finished attempt yet, or of the latest that may yet be rated. */
  readonly inFlight: number;
  /** Set where the latest outcomes are not what was expected of them. */
  readonly change: ArmChange | undefined;
  /** Whether it can be reached, which says nothing of its quality. */
  readonly risk: Risk;
}

export interface PoolState {
  /** What learns quality in this pool; its features are those of `space`. */
  readonly policy: UcbPolicy;
  readonly space: FeatureSpace;
  /** Decisions of this pool so far: the phases count by it. */
  readonly decisions: number;
  /** The arm's state; a new one for an arm that was never met. */
  arm(deploymentId: string): ArmState;
  /** How much will be told of the outcome of a request of this origin, 0..1; `more`: once so many more were told of. */
  told01(origin: string, more?: number): number;
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
  /** What each signal says; absent: as shipped. */
  readonly signals?: SignalTable | undefined;
}

/** So many decisions of a pool later a rating that didn't come isn't waited for any more. */
const mayYetBeRated = 4;

/** A window that was killed never finishes its attempt: after this its pull no longer counts as in flight. */
const longestFlightMs = 10 * 60_000;

interface LearntPool {
  readonly arms: Map<string, ArmRecord>;
  readonly policy: UcbPolicy;
  readonly weighing: Weighing;
  /** The latest decisions, oldest first. */
  readonly latest: KnownDecision[];
  decisions: number;
}

/** What later entries of a decision need of it. */
interface KnownDecision {
  readonly pool: LearntPool;
  readonly decision: Decision;
  /** Among all decisions; `order` is that of its pool. */
  readonly number: number;
  readonly order: number;
  readonly position: number;
  readonly features: Float64Array;
  readonly pulls: Map<string, { readonly signals: Signal[]; readonly pull: Pull }>;
  /** By deployment, of the calls that came to an end. */
  readonly uses: Map<string, Use>;
  /** An answer came. */
  answered: boolean;
}

export function createLearner(options: LearnerOptions): Learner {
  const { space, settings, nowMs, describeAgain, signals: table = shippedSignals } = options;
  const pools = new Map<string, LearntPool>();
  const decisions = new Map<string, KnownDecision>();
  const tellings = createTellings();
  const availability = createAvailability();
  const trust = createTrust();
  const { ridge, bias } = space;
  /** An arm's mean survives any change of the feature space: only the bias speaks for such decisions. */
  const biasOnly = Float64Array.from(ridge, (_, index) => (index === bias ? 1 : 0));

  function newPool(): LearntPool {
    const weighing = createWeighing(trust);
    return { arms: new Map(), policy: createHybrid(space, settings), weighing, latest: [], decisions: 0 };
  }

  const poolOf = (name: string): LearntPool => getOrMake(pools, name, newPool);
  const armOf = (pool: LearntPool, id: string): ArmRecord =>
    getOrMake(pool.arms, id, () => createArmRecord(id, pool.policy, pool.weighing));

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
    pool.weighing.reached(pool.decisions);
    // Not known to what follows: its outcomes, and the changes that it found, teach nothing.
    if (decision.learning === false) return;
    const order = pool.decisions;
    const arm = armOf(pool, decision.deploymentId);
    arm.flights.set(decision.id, atMs);
    const position = arm.chosen(order);
    for (const { deploymentId } of decision.candidates) armOf(pool, deploymentId).joined(order);
    const features = featuresOf(decision);
    const known: KnownDecision = {
      pool,
      decision,
      number: decisions.size,
      order,
      position,
      features,
      pulls: new Map(),
      uses: new Map(),
      answered: false,
    };
    decisions.set(decision.id, known);
    pool.latest.push(known);
    if (pool.latest.length > mayYetBeRated) pool.latest.shift();
    for (const change of decision.changes) {
      armOf(pool, change.deploymentId).applyChange(change);
    }
  }

  function applyAttempt(attempt: Attempt, atMs: number): void {
    const known = decisions.get(attempt.decisionId);
    if (known === undefined || attempt.retried === true) return;
    availability.apply(attempt, atMs, known.number);
    const { pool, decision, uses } = known;
    const { deploymentId } = attempt;
    armOf(pool, decision.deploymentId).flights.delete(decision.id);
    if (attempt.outcome === 'completed' && !known.answered) {
      known.answered = true;
      tellings.asked(decision.origin);
    }
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
      signs: [],
      counted: undefined,
    };
  }

  function applyObservation(observation: Observation): void {
    const { decisionId, deploymentId, signal } = observation;
    const known = decisions.get(decisionId);
    if (known === undefined) return;
    trust.apply(observation);
    const { signals, pull } = getOrMake(known.pulls, deploymentId, () => ({
      signals: [],
      pull: pullOf(known, deploymentId),
    }));
    signals.push(signal);
    const signs = signsOf(signals, table);
    tellings.told(known.decision.origin, toldOf(signs) - toldOf(pull.signs));
    armOf(known.pool, deploymentId).observe(pull, signs);
  }

  function inFlight({ flights }: ArmRecord): number {
    const oldest = nowMs() - longestFlightMs;
    for (const [decisionId, atMs] of flights) if (atMs < oldest) flights.delete(decisionId);
    return flights.size;
  }

  /** Of the pool's latest decisions for this arm, those that were answered and not told of: a rating may yet come. */
  function unrated(pool: LearntPool, deploymentId: string, { flights }: ArmRecord): number {
    return pool.latest.filter(
      ({ decision, pulls }) =>
        decision.deploymentId === deploymentId &&
        !flights.has(decision.id) &&
        isAwaited(pulls.get(deploymentId)),
    ).length;
  }

  function stateOf(pool: LearntPool, deploymentId: string): ArmState {
    const arm = armOf(pool, deploymentId);
    arm.settle();
    const changed =
      settings.noticesChange &&
      arm.drift.changed(residualDeviation(pool.policy.evidence.residuals, usualDeviation));
    const change = changed ? arm.changeNow() : undefined;
    const flying = settings.inFlight ? inFlight(arm) + unrated(pool, deploymentId, arm) : 0;
    const quality = pool.policy.evidence.arm(deploymentId);
    const risk = availability.of(deploymentId, nowMs());
    return { ...arm.known, quality, inFlight: flying, change: change && { deploymentId, ...change }, risk };
  }

  return {
    space,
    apply: (entry) => {
      switch (entry.kind) {
        case 'decision':
          return applyDecision(entry.decision, entry.atMs);
        case 'attempt':
          return applyAttempt(entry.attempt, entry.atMs);
        case 'observation':
          return applyObservation(entry.observation);
        case 'judgement':
          // Its verdict is an observation.
          return;
      }
    },
    pool: (name) => {
      const pool = poolOf(name);
      for (const arm of pool.arms.values()) arm.settle();
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

/** In outcomes of full weight: that an answer came tells nothing of it. */
function toldOf(signs: readonly Sign[]): number {
  const weights = signs.map(({ cause, weight }) => (cause === 'outcome' ? 0 : weight));
  return Math.min(
    1,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
}

/** What was told may still be more; where no answer came, nothing will be. */
function isAwaited(of: { readonly signals: readonly Signal[]; readonly pull: Pull } | undefined): boolean {
  if (of === undefined) return true;
  return toldOf(of.pull.signs) < tellingWeight && !of.signals.some(({ kind }) => kind === 'failed');
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
