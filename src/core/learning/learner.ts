import type { ArmRecord, KnownOfArm, Pull, SavedArm } from './arm-record';
import { createArmRecord, usedWith } from './arm-record';
import type { Attempt } from '../terms/attempt';
import type { ArmEvidence } from '../bandit/arm-evidence';
import { createHybrid } from '../bandit/hybrid';
import { residualDeviation } from '../bandit/residuals';
import type { PolicySettings } from '../bandit/settings';
import type { UcbPolicy } from '../bandit/ucb-policy';
import type { ArmChange, Decision } from '../terms/decision';
import type { FeatureSpace } from '../features/feature-space';
import { commonFeatures, translated } from '../features/feature-space';
import type { KnownDecision } from './known-decision';
import { keptSignal, knownOf, knownPull, restoreDecisions, saveDecisions } from './known-decision';
import { createTellings } from './tellings';
import type { ParseEntry, StoredEntry } from '../terms/ledger-entry';
import { observationsIn } from '../terms/ledger-entry';
import type { Steps } from '../terms/steps';
import { atOnce } from '../terms/steps';
import type { Observation, Signal } from '../terms/observation';
import { tellingWeight } from '../reward/observation-rules';
import { shippedSignals } from '../reward/signal-table';
import type { Sign } from '../reward/signs';
import { signsOf } from '../reward/signs';
import type { SignalTable } from '../terms/signals';
import type { Risk } from './availability';
import { createAvailability } from './availability';
import type { SavedLearner, SavedPool } from './saved-learner';
import { readLearner, readPool } from './saved-learner';
import { createTrust } from './trust';
import { createUnsealed } from './unsealed';
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
  /**
   * Takes in one entry. Entries of one decision come after it; those of an unknown decision, or of one not to be learnt
   * from, are ignored. `earlier` are the entries before this one of what it `needsEarlier` of.
   */
  apply(entry: StoredEntry, earlier?: readonly StoredEntry[]): void;
  /** The entry's decision, where that is older than those that are kept, or unknown; else undefined. */
  needsEarlier(entry: StoredEntry): string | undefined;
  pool(name: string): PoolState;
  /** Weighs anew what `pool` would have to, model by model: so that it has nothing left to do. */
  settling(name: string): Steps<void>;
  /** All of it, to go on from, as what can be cloned. Nothing is to be applied until the last step is done. */
  save(): Steps<SavedLearner>;
}

export interface LearnerOptions {
  readonly space: FeatureSpace;
  readonly settings: PolicySettings;
  readonly nowMs: () => number;
  /** Describes the prompt of a decision of another feature space anew, where the decision kept it. */
  readonly describeAgain?: (prompt: string) => readonly number[];
  /** What each signal says; absent: as shipped. */
  readonly signals?: SignalTable | undefined;
  /** So many decisions are kept as they are; absent: as shipped. */
  readonly kept?: number | undefined;
  /**
   * What `save` gave of a learner with the same options, from wherever: throws a RangeError where it is something else.
   * `parse` reads a stored entry. Absent: nothing is known yet.
   */
  readonly saved?: Saved | undefined;
}

export interface Saved {
  readonly state: unknown;
  readonly parse: ParseEntry;
  /**
   * Present where it was learnt in a space of this name by other options, and can't be learnt anew: all of it is taken as
   * sealed, as far as the spaces agree.
   */
  readonly carriedFrom?: string | undefined;
}

/** So many decisions of a pool later a rating that didn't come isn't waited for any more. */
const mayYetBeRated = 4;

/** A window that was killed never finishes its attempt: after this its pull no longer counts as in flight. */
const longestFlightMs = 10 * 60_000;

/** So many decisions take a fraction of a millisecond. */
const inAStep = 250;

interface LearntPool {
  readonly arms: Map<string, ArmRecord>;
  readonly policy: UcbPolicy;
  readonly weighing: Weighing;
  /** The latest decisions that aren't sealed, oldest first. */
  latest: readonly KnownDecision[];
  decisions: number;
  /** Number of the last of its decisions that is sealed. */
  sealedTo: number;
}

/** Nothing that becomes of a decision which was made while learning was paused is evidence. */
type Kept = KnownDecision | 'paused';

export function createLearner(options: LearnerOptions): Learner {
  return atOnce(learnerInSteps(options));
}

/** As `createLearner`, for what was saved of many decisions. */
export function* learnerInSteps(options: LearnerOptions): Steps<Learner> {
  const { space, settings, nowMs, describeAgain, signals: table = shippedSignals, kept, saved } = options;
  const { ridge, bias } = space;
  const before = saved && readLearner(saved.state, 'learner');
  yield;
  const decisions = createUnsealed<Kept>(kept);
  const tellings = createTellings(before?.tellings);
  const availability = createAvailability(before?.availability);
  const trust = createTrust(before?.trust);
  const carriedFrom = saved?.carriedFrom;
  /** Decisions so far that were learnt from. */
  let met = before?.met ?? 0;
  /** An arm's mean survives any change of the feature space: only the bias speaks for such decisions. */
  const biasOnly = Float64Array.from(ridge, (_, index) => (index === bias ? 1 : 0));
  const pools = new Map<string, LearntPool>();
  for (const [name, pool] of before?.pools ?? []) {
    const read = readPool(pool, name);
    yield;
    pools.set(name, yield* poolFrom(read));
    yield;
  }
  if (saved !== undefined && before !== undefined) {
    if (carriedFrom === undefined) yield* adopt(before, saved.parse);
    else trust.sealAll();
  }

  function* poolFrom(pool: SavedPool): Steps<LearntPool> {
    const { weighing, policy, arms, ...made } = newPool(pool);
    if (carriedFrom === undefined) yield* policy.evidence.restore(pool.evidence);
    else policy.evidence.carryOver(pool.evidence, commonFeatures(carriedFrom, space));
    yield;
    for (const [id, arm] of pool.arms) arms.set(id, createArmRecord(id, policy, weighing, arm));
    const { decisions: count } = pool;
    const sealedTo = carriedFrom === undefined ? pool.sealedTo : count;
    return { ...made, weighing, policy, arms, decisions: count, sealedTo };
  }

  function newPool(pool?: SavedPool): LearntPool {
    const weighing = createWeighing(trust, pool?.weighing);
    const policy = createHybrid(space, settings);
    return { arms: new Map(), policy, weighing, latest: [], decisions: 0, sealedTo: 0 };
  }

  function* adopt({ latest, ids, unsealed }: SavedLearner, parse: ParseEntry): Steps<void> {
    const size = ridge.length;
    const known = yield* restoreDecisions(unsealed, size, parse, (signals) => signsOf(signals, table));
    const byId = new Map(known.map((each) => [each.id, each]));
    for (const [index, id] of ids.entries()) {
      if (index % inAStep === 0) yield;
      const own = byId.get(id);
      decisions.add(id, own ?? 'paused');
      if (own === undefined) continue;
      for (const [arm, { pull }] of own.pulls) armOf(poolOf(own.pool), arm).adopt(pull);
    }
    for (const [name, ids] of latest) poolOf(name).latest = ids.flatMap((id) => byId.get(id) ?? []);
  }

  function poolOf(name: string): LearntPool {
    return getOrMake(pools, name, newPool);
  }

  function armOf(pool: LearntPool, id: string): ArmRecord {
    return getOrMake(pool.arms, id, () => createArmRecord(id, pool.policy, pool.weighing));
  }

  function featuresOf({ features, featureSpace, prompt }: Decision): Float64Array {
    const own = translated(features, featureSpace, space);
    if (own !== undefined) return Float64Array.from(own);
    if (prompt === undefined || describeAgain === undefined) return biasOnly;
    const again = describeAgain(prompt);
    return Float64Array.from(ridge, (_, index) => again[index] ?? 0);
  }

  function keep(id: string, decision: Kept): void {
    const oldest = decisions.add(id, decision);
    if (oldest === undefined || oldest === 'paused') return;
    const pool = poolOf(oldest.pool);
    for (const [arm, { pull }] of oldest.pulls) armOf(pool, arm).seal(pull);
    armOf(pool, oldest.deploymentId).flights.delete(oldest.id);
    trust.seal(oldest.id);
    pool.latest = pool.latest.filter((each) => each !== oldest);
    pool.sealedTo = oldest.order;
  }

  function applyDecision(decision: Decision, atMs: number): void {
    const pool = poolOf(decision.pool);
    pool.decisions += 1;
    pool.weighing.reached(pool.decisions);
    if (decision.learning === false) {
      keep(decision.id, 'paused');
      return;
    }
    const order = pool.decisions;
    const arm = armOf(pool, decision.deploymentId);
    arm.flights.set(decision.id, atMs);
    const position = arm.chosen(order);
    for (const { deploymentId } of decision.candidates) armOf(pool, deploymentId).joined(order);
    const known = knownOf(decision, { number: met, order, position, features: featuresOf(decision) });
    met += 1;
    pool.latest = [...pool.latest, known].slice(-mayYetBeRated);
    keep(decision.id, known);
    for (const change of decision.changes)
      armOf(pool, change.deploymentId).applyChange(change, pool.sealedTo);
  }

  /** A decision that is sealed, as its entries before this one left it; undefined: it isn't learnt from. */
  function recalled(earlier: readonly StoredEntry[]): KnownDecision | undefined {
    const made = earlier.find((entry) => entry.kind === 'decision')?.decision;
    if (made === undefined || made.learning === false) return undefined;
    // Its number in the pool, as far as the window that made it knew.
    const order = Math.min(made.poolSequence, poolOf(made.pool).sealedTo);
    const known = knownOf(made, { number: 0, order, position: undefined, features: featuresOf(made) });
    for (const entry of earlier) {
      if (entry.kind === 'attempt' && entry.attempt.retried !== true) {
        const { deploymentId, outcome } = entry.attempt;
        known.uses.set(deploymentId, usedWith(known.uses.get(deploymentId), entry.attempt));
        known.answered ||= outcome === 'completed';
      } else if (entry.kind === 'observation') {
        const { deploymentId, signal } = entry.observation;
        const { signals, pull } = knownPull(known, deploymentId);
        signals.push(keptSignal(signal));
        pull.signs = signsOf(signals, table);
      }
    }
    return known;
  }

  function applyAttempt(attempt: Attempt, atMs: number, earlier: readonly StoredEntry[] | undefined): void {
    if (attempt.retried === true) return;
    const unsealed = decisions.get(attempt.decisionId);
    const known = unsealed ?? (earlier && recalled(earlier));
    if (known === undefined || known === 'paused') return;
    // What ended so late says nothing of who can be reached now.
    if (unsealed !== undefined) availability.apply(attempt, atMs, known.number);
    const { uses } = known;
    const { deploymentId } = attempt;
    const pool = poolOf(known.pool);
    armOf(pool, known.deploymentId).flights.delete(known.id);
    if (attempt.outcome === 'completed' && !known.answered) {
      known.answered = true;
      tellings.asked(known.origin);
    }
    uses.set(deploymentId, armOf(pool, deploymentId).addAttempt(attempt, known, uses.get(deploymentId)));
  }

  function applyObservation(observation: Observation, earlier: readonly StoredEntry[] | undefined): void {
    const { decisionId, deploymentId, signal } = observation;
    const unsealed = decisions.get(decisionId);
    const known = unsealed ?? (earlier && recalled(earlier));
    if (known === undefined || known === 'paused') return;
    trust.apply(observation, unsealed === undefined ? observationsIn(earlier ?? []) : undefined);
    const { signals, pull } = knownPull(known, deploymentId);
    // What it said before is found out before there is more.
    const told = toldOf(pull.signs);
    signals.push(keptSignal(signal));
    const signs = signsOf(signals, table);
    tellings.told(known.origin, toldOf(signs) - told);
    const arm = armOf(poolOf(known.pool), deploymentId);
    if (unsealed === undefined) arm.observeSealed(pull, signs);
    else arm.observe(pull, signs);
  }

  function inFlight({ flights }: ArmRecord): number {
    const oldest = nowMs() - longestFlightMs;
    for (const [decisionId, atMs] of flights) if (atMs < oldest) flights.delete(decisionId);
    return flights.size;
  }

  /** Of the pool's latest decisions for this arm, those that were answered and not told of: a rating may yet come. */
  function unrated(pool: LearntPool, arm: string, { flights }: ArmRecord): number {
    return pool.latest.filter(
      ({ id, deploymentId, pulls }) =>
        deploymentId === arm && !flights.has(id) && isAwaited(pulls.get(deploymentId)),
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

  function settle(pool: LearntPool): void {
    for (const arm of pool.arms.values()) arm.settle();
  }

  function* save(): Steps<SavedLearner> {
    for (const { arms } of pools.values())
      for (const arm of arms.values()) {
        arm.settle();
        yield;
      }
    const all = [...decisions.entries()];
    const known = all.flatMap(([, each]) => (each === 'paused' ? [] : [each]));
    const saved = new Map<string, SavedPool>();
    for (const [name, pool] of pools) {
      const arms = Array.from(pool.arms, ([id, arm]): [string, SavedArm] => [id, arm.save()]);
      const { weighing, policy, sealedTo } = pool;
      const evidence = policy.evidence.save();
      saved.set(name, {
        decisions: pool.decisions,
        sealedTo,
        weighing: weighing.save(),
        arms: new Map(arms),
        evidence,
      });
      yield;
    }
    const unsealed = yield* saveDecisions(known, ridge.length);
    return {
      met,
      tellings: tellings.save(),
      availability: availability.save(),
      trust: trust.save(),
      pools: saved,
      latest: new Map(Array.from(pools, ([name, { latest }]) => [name, latest.map(({ id }) => id)])),
      ids: all.map(([id]) => id),
      unsealed,
    };
  }

  return {
    space,
    settling: function* (name) {
      for (const arm of pools.get(name)?.arms.values() ?? []) {
        arm.settle();
        yield;
      }
    },
    apply: (entry, earlier) => {
      switch (entry.kind) {
        case 'decision':
          return applyDecision(entry.decision, entry.atMs);
        case 'attempt':
          return applyAttempt(entry.attempt, entry.atMs, earlier);
        case 'observation':
          return applyObservation(entry.observation, earlier);
        case 'judgement':
          // Its verdict is an observation.
          return;
      }
    },
    needsEarlier: (entry) => {
      const decisionId =
        entry.kind === 'attempt'
          ? entry.attempt.decisionId
          : entry.kind === 'observation'
            ? entry.observation.decisionId
            : undefined;
      return decisionId === undefined || decisions.has(decisionId) ? undefined : decisionId;
    },
    pool: (name) => {
      const pool = poolOf(name);
      settle(pool);
      return {
        space,
        decisions: pool.decisions,
        policy: pool.policy,
        arm: (deploymentId) => stateOf(pool, deploymentId),
        told01: tellings.share01,
      };
    },
    save,
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
