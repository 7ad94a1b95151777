import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amendedEvidence } from '../../../src/core/reward/observation-rules';
import { seedSignals, shippedSignals, signalNames } from '../../../src/core/reward/signal-table';
import { signsOf } from '../../../src/core/reward/signs';
import type { Signal, SurvivalMoment } from '../../../src/core/terms/observation';
import {
  editOutcomes,
  loopSigns,
  survivalMoments,
  takenMoments,
  turnClasses,
  useSignals,
} from '../../../src/core/terms/observation';

type Outcome = Extract<Signal, { kind: 'edit' }>['outcome'];

const completed: Signal = { kind: 'completed' };
const edit = (outcome: Outcome): Signal => ({ kind: 'edit', outcome });
const left = (moment: SurvivalMoment, share01: number): Signal => ({
  kind: 'edit-survival',
  moment,
  share01,
});
const problems = (before: number, after: number): Signal => ({ kind: 'edit-diagnostics', before, after });
const taken = (share01: number): Signal => ({ kind: 'taken', moment: '30-minutes', share01 });
const judged = (quality01: number, sibling?: true): Signal => ({
  kind: 'judged',
  quality01,
  reason: 'other',
  judge: 'judge',
  sibling,
  probability: 0.1,
});

const quality = (...signals: readonly Signal[]): number =>
  amendedEvidence([completed, ...signals])?.quality ?? NaN;
const weight = (...signals: readonly Signal[]): number =>
  amendedEvidence([completed, ...signals])?.weight ?? NaN;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyEdit: fc.Arbitrary<Signal> = fc.oneof(
  fc.constantFrom(...editOutcomes).map(edit),
  fc.tuple(fc.constantFrom(...survivalMoments), share).map(([moment, share01]) => left(moment, share01)),
  fc.tuple(fc.nat(5), fc.nat(5)).map(([before, after]) => problems(before, after)),
);
/** All but edits, whose last outcome decides, and what replaces everything. */
const anySign: fc.Arbitrary<Signal> = fc.oneof(
  fc.constantFrom(...useSignals).map((kind): Signal => ({ kind })),
  fc.constantFrom(...turnClasses).map((turn): Signal => ({ kind: 'next-turn', turn })),
  fc.constantFrom(...loopSigns).map((sign): Signal => ({ kind: 'loop', sign })),
  fc.tuple(fc.constantFrom(...takenMoments), share).map(([moment, share01]): Signal => {
    return { kind: 'taken', moment, share01 };
  }),
  share.map((quality01) => judged(quality01)),
);

describe('the signs of a pull', () => {
  test('a rating replaces all else, then a comparison, then a grade', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyEdit, anySign)), (signals) => {
        const grade: Signal = { kind: 'scored', quality01: 0.3 };
        const won: Signal = { kind: 'compared', won: true, otherDecisionId: 'other' };
        expect(amendedEvidence([grade, ...signals])).toEqual({ quality: 0.3, weight: 1 });
        expect(amendedEvidence([won, grade, ...signals])).toEqual({ quality: 0.9, weight: 1 });
        const down: Signal = { kind: 'rating', thumb: 'down' };
        expect(amendedEvidence([down, won, grade, ...signals])).toEqual({ quality: 0, weight: 1 });
      }),
    );
  });

  test('are the same in any order, and however often each is told', () => {
    const some = fc.array(anySign, { minLength: 1 });
    fc.assert(
      fc.property(
        some.chain((signals) => fc.tuple(fc.constant(signals), shuffled([...signals, ...signals]))),
        ([signals, twice]) => {
          expect(signsOf(twice, shippedSignals)).toEqual(signsOf(signals, shippedSignals));
        },
      ),
    );
  });

  test('count once for each cause, and at most as much as one thumb', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyEdit, anySign)), (signals) => {
        const signs = signsOf([completed, ...signals], shippedSignals);
        const causes = signs.map(({ cause }) => cause);
        expect(new Set(causes).size).toBe(causes.length);
        expect(weight(...signals)).toBeLessThanOrEqual(1);
        expect(quality(...signals)).toBeGreaterThanOrEqual(0);
        expect(quality(...signals)).toBeLessThanOrEqual(1);
      }),
    );
    const uses = signsOf([{ kind: 'copied' }, { kind: 'inserted' }, taken(1)], shippedSignals);
    expect(uses.map(({ name }) => name)).toEqual(['taken-30-minutes']);
  });

  test('of an edit: accepted is better than changed, rejected, undone, in this order; the last of them holds', () => {
    const qualities = (['accepted', 'changed', 'rejected', 'undone'] as const).map((outcome) =>
      quality(edit(outcome)),
    );
    expect(qualities).toEqual(qualities.toSorted((a, b) => b - a));
    expect(quality(edit('accepted'), edit('undone'))).toBe(quality(edit('undone')));
    expect(quality(edit('accepted'), edit('changed'))).toBe(quality(edit('changed')));
  });

  test('of an edit: the more lines are left the better, and the latest moment counts; nothing where it was taken back', () => {
    const late = [left('30-minutes', 0.2), left('5-minutes', 1), left('save', 1)] as const;
    expect(quality(edit('accepted'), ...late)).toBe(quality(edit('accepted'), ...late.toReversed()));
    expect(quality(edit('accepted'), ...late)).toBeLessThan(
      quality(edit('accepted'), left('30-minutes', 0.9)),
    );
    expect(quality(edit('undone'), ...late)).toBe(quality(edit('undone')));
    expect(amendedEvidence([completed, ...late])).toEqual(amendedEvidence([completed]));
  });

  test('of an edit: new errors count against it, errors that went for it', () => {
    const plain = quality(edit('accepted'));
    expect(quality(edit('accepted'), problems(0, 2))).toBeLessThan(plain);
    expect(quality(edit('accepted'), problems(2, 0))).toBeGreaterThan(
      quality(edit('accepted'), problems(0, 2)),
    );
    expect(quality(edit('accepted'), problems(2, 2))).toBe(plain);
    expect(amendedEvidence([completed, problems(0, 3)])).toEqual(amendedEvidence([completed]));
  });

  test('a verdict says what its score says, and half as much on an answer of the judge’s own vendor', () => {
    expect(quality(judged(1))).toBeGreaterThan(quality(judged(0.5)));
    expect(quality(judged(0.5))).toBeGreaterThan(quality(judged(0)));
    const [own, other] = [[judged(1, true)], [judged(1)]].map((each) => signsOf(each, shippedSignals)[0]);
    expect(own?.weight).toBe((other?.weight ?? NaN) / 2);
  });

  test('a failure says nothing of quality, but with the seed’s table', () => {
    const failed: Signal = {
      kind: 'failed',
      failure: { reason: 'network', detail: '', status: undefined },
    };
    expect(amendedEvidence([failed])).toBeUndefined();
    expect(amendedEvidence([failed], seedSignals)).toEqual({ quality: 0.1, weight: 1 });
    expect(amendedEvidence([completed], seedSignals)).toEqual({ quality: 0.9, weight: 1 });
  });

  test('what is turned off says nothing', () => {
    const off = { ...shippedSignals, copied: { ...shippedSignals.copied, weight: 0 } };
    expect(signsOf([{ kind: 'copied' }], off)).toEqual([]);
  });
});

test('each row of the table lies within its bounds, and weak signs say no more than their weight bears', () => {
  for (const name of signalNames) {
    const { quality01, none01 = quality01, weight: own } = shippedSignals[name];
    for (const value of [quality01, none01, own]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    if (own >= 0.5 || name === 'completed' || name === 'failed') continue;
    expect(Math.abs(quality01 - 0.5)).toBeLessThanOrEqual(Math.sqrt(own) / 2 + 1e-12);
  }
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
