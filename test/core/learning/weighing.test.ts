import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWeighing } from '../../../src/core/learning/weighing';
import type { Weighing } from '../../../src/core/learning/weighing';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { Sign } from '../../../src/core/reward/signs';
import { signsOf } from '../../../src/core/reward/signs';
import type { Signal } from '../../../src/core/terms/observation';
import { seededRandom } from '../seeded-random';

const trusted = { of: () => 1, version: () => 0 };
const up: Signal = { kind: 'rating', thumb: 'up' };
const thanks: Signal = { kind: 'next-turn', turn: 'thanks' };
const wrong: Signal = { kind: 'next-turn', turn: 'says-wrong' };
const signs = (...signals: readonly Signal[]): readonly Sign[] => signsOf(signals, shippedSignals);

function told(weighing: Weighing, arm: string, ...signals: readonly Signal[]): void {
  weighing.amend(arm, [], signs(...signals));
}

describe('what signs count', () => {
  test('a judgement counts as it is', () => {
    const weighing = createWeighing(trusted);
    for (let count = 0; count < 100; count += 1) told(weighing, 'a', up);
    expect(weighing.evidenceOf('a', signs(up), 1)).toEqual({ quality: 1, weight: 1 });
  });

  test('what all answers get says nothing of any of them', () => {
    const weighing = createWeighing(trusted);
    const first = weighing.evidenceOf('a', signs(thanks), 1);
    for (let count = 0; count < 400; count += 1) told(weighing, count % 2 === 0 ? 'a' : 'b', thanks);
    const last = weighing.evidenceOf('a', signs(thanks), 1);
    expect(first?.quality).toBeGreaterThan(1);
    expect(last?.quality).toBeCloseTo(0.6, 1);
  });

  test('says how far two arms lie apart, whatever the users’ ways', () => {
    // Of good answers 6 in 10 get thanks and the others a complaint, of bad ones 4 in 10: a difference of rates of 0.2.
    const difference = 0.2;
    const rule = { quality01: 0.5 + difference / 2, weight: difference ** 2, halfLife: undefined };
    const table = {
      ...shippedSignals,
      'turn-thanks': rule,
      'turn-says-wrong': { ...rule, quality01: 0.5 - difference / 2 },
    };
    const random = seededRandom(3);
    const weighing = createWeighing(trusted);
    const good01 = { a: 0.9, b: 0.3 } as const;
    const pulls = Array.from({ length: 40_000 }, (_, number) => {
      const arm = number % 2 === 0 ? 'a' : 'b';
      const good = random() < good01[arm];
      const says = random() < (good ? 0.6 : 0.4) ? thanks : wrong;
      return { arm, signs: signsOf([says], table) } as const;
    });
    for (const pull of pulls) weighing.amend(pull.arm, [], pull.signs);
    const meanOf = (arm: string): number => {
      const own = pulls.filter((pull) => pull.arm === arm);
      const values = own.map((pull) => weighing.evidenceOf(arm, pull.signs, 1)?.quality ?? NaN);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(meanOf('a') - meanOf('b')).toBeCloseTo(good01.a - good01.b, 1);
  });

  test('one cause weighs at most about twenty outcomes at an arm, and the mean of what it says stays', () => {
    const weighing = createWeighing(trusted);
    for (let count = 0; count < 3_000; count += 1) told(weighing, 'a', count % 3 === 0 ? wrong : thanks);
    const each = [signs(wrong), signs(thanks)].map((of) => weighing.evidenceOf('a', of, 1)?.weight ?? NaN);
    const total = 1_000 * (each[0] ?? NaN) + 2_000 * (each[1] ?? NaN);
    expect(total).toBeGreaterThan(17);
    expect(total).toBeLessThanOrEqual(22.1);
    const uncapped = createWeighing(trusted).evidenceOf('a', signs(thanks), 1)?.weight ?? NaN;
    expect((each[1] ?? NaN) / (each[0] ?? NaN)).toBeCloseTo(
      uncapped / shippedSignals['turn-says-wrong'].weight,
      9,
    );
  });

  test('a half-life halves what is as old, counted in decisions of the pool', () => {
    const rule = { ...shippedSignals['rating-up'], halfLife: 80 };
    const ofTable = signsOf([up], { ...shippedSignals, 'rating-up': rule });
    const weighing = createWeighing(trusted);
    weighing.amend('a', [], ofTable);
    const weightAt = (decisions: number): number => {
      weighing.reached(decisions);
      return weighing.evidenceOf('a', ofTable, 1)?.weight ?? NaN;
    };
    expect(weightAt(1)).toBe(1);
    expect(weightAt(81)).toBeCloseTo(0.5, 9);
    expect(weightAt(161)).toBeCloseTo(0.25, 9);
    const before = weighing.version();
    for (let now = 162; now <= 172; now += 1) weighing.reached(now);
    expect(weighing.version()).toBeGreaterThan(before);
  });

  test('a judge that is not trusted counts nothing; one that is trusted more counts more, and is spread less', () => {
    const verdict: Signal = { kind: 'judged', quality01: 1, reason: 'good', judge: 'j', probability: 0.1 };
    const [none, some, more] = [0, 1, 2].map((trust) =>
      createWeighing({ of: () => trust, version: () => 0 }).evidenceOf('a', signs(verdict), 1),
    );
    expect(none).toBeUndefined();
    expect(more?.weight).toBeCloseTo(2 * (some?.weight ?? NaN), 9);
    expect(more?.quality).toBeLessThan(some?.quality ?? NaN);
  });

  test('depends on what was told, not on the order, nor on what was taken back', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(up, thanks, wrong)));
    fc.assert(
      fc.property(
        some.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
        ),
        some,
        ([all, shuffled], tookBack) => {
          const [one, other] = [createWeighing(trusted), createWeighing(trusted)];
          for (const [arm, signal] of all) told(one, arm, signal);
          for (const [arm, signal] of [...tookBack, ...shuffled]) told(other, arm, signal);
          for (const [arm, signal] of tookBack) other.amend(arm, signs(signal), []);
          for (const arm of ['a', 'b']) {
            expect(one.evidenceOf(arm, signs(thanks), 1)).toEqual(other.evidenceOf(arm, signs(thanks), 1));
          }
        },
      ),
    );
  });
});
