import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedSettings } from '../../../src/core/bandit/settings';
import type { Decision } from '../../../src/core/terms/decision';
import type { FailureReason } from '../../../src/core/terms/failure';
import type { FeatureSpace } from '../../../src/core/features/feature-space';
import type { ArmState, Learner } from '../../../src/core/learning/learner';
import { createLearner } from '../../../src/core/learning/learner';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Signal } from '../../../src/core/terms/observation';
import { amendedEvidence } from '../../../src/core/reward/observation-rules';
import { attemptWith, decisionWith } from '../samples';

const space: FeatureSpace = { name: 'test-3', ridge: [60, 60, 3], bias: 2 };

interface Fold {
  readonly learner: Learner;
  apply(...entries: readonly LedgerEntry[]): void;
}

function foldAt(clock: { nowMs: number } = { nowMs: 0 }): Fold {
  const learner = createLearner({ space, settings: shippedSettings, nowMs: () => clock.nowMs });
  let sequence = 0;
  return {
    learner,
    apply: (...entries) => {
      for (const entry of entries) learner.apply({ ...entry, sequence: ++sequence, atMs: clock.nowMs });
    },
  };
}

function decision(id: string, change: Partial<Decision> = {}): LedgerEntry {
  const features = [0.25, -0.5, 1];
  return { kind: 'decision', decision: decisionWith({ id, features, featureSpace: space.name, ...change }) };
}

function attempt(decisionId: string, change: Parameters<typeof attemptWith>[0] = {}): LedgerEntry {
  return { kind: 'attempt', attempt: attemptWith({ decisionId, ...change }) };
}

function observation(decisionId: string, signal: Signal, deploymentId = 'strong'): LedgerEntry {
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}

const up: Signal = { kind: 'rating', thumb: 'up' };
const down: Signal = { kind: 'rating', thumb: 'down' };
const graded = (quality01: number): Signal => ({ kind: 'scored', quality01 });
const takenBack: Signal = { kind: 'rating', thumb: undefined };
const completed: Signal = { kind: 'completed' };
const stopped: Signal = { kind: 'stopped' };
const failedWith = (reason: FailureReason): Signal => ({
  kind: 'failed',
  failure: { reason, detail: 'down', status: undefined },
});

function arm(fold: Fold, deploymentId = 'strong', pool = 'default'): ArmState {
  return fold.learner.pool(pool).arm(deploymentId);
}

/** What is learnt of an arm's quality, as plain numbers. */
function numbersOf({ quality }: ArmState): readonly number[] {
  return [quality.weight, quality.weightedQuality, quality.weightedSquares, ...quality.b, ...quality.inverse];
}

function expectSame(a: ArmState, b: ArmState): void {
  const other = numbersOf(b);
  numbersOf(a).forEach((value, index) => expect(value).toBeCloseTo(other[index] ?? NaN, 9));
}

describe('signals of one pull', () => {
  it.each([
    ['an up', [completed, up], { quality: 1, weight: 1 }],
    ['a down', [completed, down], { quality: 0, weight: 1 }],
    ['the last thumb', [up, completed, down, up], { quality: 1, weight: 1 }],
    ['nothing of quality where it failed', [failedWith('server-error')], undefined],
    ['a thumb over a failure', [failedWith('malformed-stream'), up], { quality: 1, weight: 1 }],
    ['a score over a failure', [graded(0.3), failedWith('server-error')], { quality: 0.3, weight: 1 }],
    ['the last score', [graded(0.3), completed, graded(0.8)], { quality: 0.8, weight: 1 }],
    ['a thumb over a later score', [down, graded(0.8)], { quality: 0, weight: 1 }],
    ['the score where the thumb was taken back', [graded(0.8), up, takenBack], { quality: 0.8, weight: 1 }],
    ['nothing where the user stopped', [stopped], undefined],
    ['nothing where the only thumb was taken back', [stopped, up, takenBack], undefined],
  ])('say %s', (_, signals, expected) => {
    expect(amendedEvidence(signals)).toEqual(expected);
  });

  it('say hardly anything where the answer just arrived', () => {
    expect(amendedEvidence([completed])?.weight).toBe(0.002);
  });

  it('go back to what was there before when a thumb is taken back', () => {
    expect(amendedEvidence([completed, down, takenBack])).toEqual(amendedEvidence([completed]));
  });
});

describe('the learner', () => {
  it('learns the same from ratings in any order', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `d${String(index)}`);
    const decisions = ids.map((id, index) => decision(id, { features: [index / 12, 1 - index / 6, 1] }));
    const observations = ids.flatMap((id, index) => [
      observation(id, completed),
      observation(id, index % 3 === 0 ? down : up),
    ]);
    const inOrder = foldAt();
    inOrder.apply(...decisions, ...observations);
    const all = { minLength: observations.length, maxLength: observations.length };
    fc.assert(
      fc.property(fc.shuffledSubarray(observations, all), (shuffled) => {
        const fold = foldAt();
        fold.apply(...decisions, ...shuffled);
        expectSame(arm(fold), arm(inOrder));
      }),
    );
  });

  it('amends: a changed thumb leaves no trace of the first', () => {
    const changed = foldAt();
    changed.apply(
      decision('a'),
      decision('b'),
      observation('a', up),
      observation('b', up),
      observation('a', down),
    );
    const direct = foldAt();
    direct.apply(decision('a'), decision('b'), observation('b', up), observation('a', down));
    expectSame(arm(changed), arm(direct));
  });

  it('forgets a thumb that was taken back', () => {
    const fold = foldAt();
    fold.apply(decision('a'), observation('a', completed));
    const before = numbersOf(arm(fold));
    fold.apply(observation('a', down), observation('a', takenBack));
    numbersOf(arm(fold)).forEach((value, index) => expect(value).toBeCloseTo(before[index] ?? NaN, 9));
  });

  it('learns a fallback as evidence of the model that answered, with what the decision saw', () => {
    const fold = foldAt();
    fold.apply(
      decision('a'),
      attempt('a', { outcome: 'failed' }),
      observation('a', failedWith('server-error')),
      attempt('a', { deploymentId: 'weak', index: 1 }),
      observation('a', completed, 'weak'),
      observation('a', up, 'weak'),
    );
    expect(arm(fold).quality).toMatchObject({ weight: 0, weightedQuality: 0 });
    expect(arm(fold).risk.risk01).toBeGreaterThan(0);
    expect(arm(fold, 'weak').quality).toMatchObject({ weight: 1, weightedQuality: 1 });
    expect([...arm(fold, 'weak').quality.s]).toEqual([0.25, -0.5, 1]);
  });

  it('learns cost and time from completed answers only, and never from an unknown cost', () => {
    const fold = foldAt();
    const receipt = { ...attemptWith().receipt, cost: { kind: 'unknown' } as const };
    fold.apply(
      decision('a'),
      attempt('a'),
      decision('b'),
      attempt('b', { receipt }),
      decision('c'),
      attempt('c', { outcome: 'failed', receipt: { ...receipt, usage: undefined, totalMs: 9e9 } }),
    );
    const { costs, latencyMs, answers, pulls } = arm(fold);
    expect(costs.all).toMatchObject({ count: 1, size: 0.0003 });
    expect(latencyMs).toEqual({ count: 2, mean: 1_400 });
    expect(answers.all).toEqual({ count: 2, size: 60, basis: 2 });
    expect(pulls).toBe(3);
  });

  it('counts pulls in flight until they end and may no longer be rated, and gives up on a killed window', () => {
    const clock = { nowMs: 0 };
    const fold = foldAt(clock);
    fold.apply(decision('a'), decision('b'), decision('c'));
    expect(arm(fold).inFlight).toBe(3);
    fold.apply(attempt('a'), observation('a', completed), attempt('b', { outcome: 'stopped' }));
    expect(arm(fold).inFlight).toBe(3);
    fold.apply(observation('a', up));
    expect(arm(fold).inFlight).toBe(2);
    // Four decisions later nobody is waited for but the one under way.
    for (const id of ['1', '2', '3', '4']) fold.apply(decision(id, { deploymentId: 'weak' }));
    expect(arm(fold).inFlight).toBe(1);
    clock.nowMs = 11 * 60_000;
    expect(arm(fold).inFlight).toBe(0);
    fold.apply(attempt('c'), observation('c', up));
    expect(arm(fold)).toMatchObject({ inFlight: 0, pulls: 3 });
    expect(arm(fold).quality.weight).toBe(2);
  });

  it('keeps the mean, and only the mean, of decisions in another feature space', () => {
    const fold = foldAt();
    fold.apply(decision('a', { featureSpace: 'older', features: [9, 9, 9, 9] }), observation('a', up));
    expect([...arm(fold).quality.s]).toEqual([0, 0, 1]);
    expect(arm(fold).quality.weightedQuality).toBe(1);
  });

  it('ignores what belongs to a decision that it has not met', () => {
    const fold = foldAt();
    fold.apply(attempt('unknown'), observation('unknown', up));
    expect(arm(fold)).toMatchObject({ inFlight: 0, pulls: 0 });
    expect(arm(fold).quality.weight).toBe(0);
  });

  it('learns nothing from a decision of while learning was paused, which keeps its number in its pool', () => {
    const [paused, never] = [foldAt(), foldAt()];
    const changes = [{ deploymentId: 'strong', recentFrom: 2, oldScale: 0.5 }];
    for (const fold of [paused, never]) {
      fold.apply(decision('a'), attempt('a'), observation('a', up));
    }
    paused.apply(decision('b', { learning: false, changes }), attempt('b'), observation('b', down));
    expectSame(arm(paused), arm(never));
    expect(JSON.stringify(arm(paused))).toBe(JSON.stringify(arm(never)));
    expect(paused.learner.pool('default').decisions).toBe(2);
    paused.apply(observation('a', down));
    expect(arm(paused).quality.weightedQuality).toBeLessThan(arm(never).quality.weightedQuality);
  });

  it('keeps pools apart', () => {
    const fold = foldAt();
    fold.apply(decision('a', { pool: 'one' }), observation('a', up), decision('b', { pool: 'two' }));
    expect(fold.learner.pool('one').decisions).toBe(1);
    expect(arm(fold, 'strong', 'one').quality.weight).toBe(1);
    expect(arm(fold, 'strong', 'two').quality.weight).toBe(0);
  });
});
