import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal, SurvivalMoment } from '../../../src/core/terms/observation';
import { amendedEvidence, tellingWeight } from '../../../src/core/reward/observation-rules';

type Outcome = Extract<Signal, { kind: 'edit' }>['outcome'];

const completed: Signal = { kind: 'completed' };
const edit = (outcome: Outcome): Signal => ({ kind: 'edit', outcome });
const left = (moment: SurvivalMoment, share01: number): Signal => ({
  kind: 'edit-survival',
  moment,
  share01,
});
const problems = (before: number, after: number): Signal => ({ kind: 'edit-diagnostics', before, after });
const quality01 = (...signals: readonly Signal[]): number =>
  amendedEvidence([completed, ...signals])?.quality01 ?? NaN;
const weight = (...signals: readonly Signal[]): number =>
  amendedEvidence([completed, ...signals])?.weight ?? NaN;

const anySignal: fc.Arbitrary<Signal> = fc.oneof(
  fc.constantFrom('accepted', 'rejected', 'changed', 'undone').map((outcome) => edit(outcome)),
  fc
    .tuple(
      fc.constantFrom<SurvivalMoment>('save', '5-minutes', '30-minutes'),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([moment, share01]) => left(moment, share01)),
  fc.tuple(fc.nat(5), fc.nat(5)).map(([before, after]) => problems(before, after)),
);

describe('what edits say', () => {
  test('a rating and a grade speak before them', () => {
    fc.assert(
      fc.property(fc.array(anySignal), (signals) => {
        expect(amendedEvidence([{ kind: 'rating', thumb: 'down' }, ...signals])).toEqual({
          quality01: 0,
          weight: 1,
        });
        expect(amendedEvidence([{ kind: 'scored', quality01: 0.3 }, ...signals])).toEqual({
          quality01: 0.3,
          weight: 1,
        });
      }),
    );
  });

  test('they are evidence of quality, weaker than a rating, and within bounds', () => {
    fc.assert(
      fc.property(fc.array(anySignal), (signals) => {
        fc.pre(signals.some(({ kind }) => kind === 'edit'));
        expect(weight(...signals)).toBeGreaterThanOrEqual(tellingWeight);
        expect(weight(...signals)).toBeLessThan(1);
        expect(quality01(...signals)).toBeGreaterThanOrEqual(0);
        expect(quality01(...signals)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('accepted is better than changed, rejected, undone, in this order', () => {
    const qualities = (['accepted', 'changed', 'rejected', 'undone'] as const).map((outcome) =>
      quality01(edit(outcome)),
    );
    expect(qualities).toEqual(qualities.toSorted((a, b) => b - a));
    expect(quality01(edit('accepted'), edit('undone'))).toBe(quality01(edit('undone')));
  });

  test('the more lines are left, the better; the latest moment counts, whichever is recorded first', () => {
    const late = [left('30-minutes', 0.2), left('5-minutes', 1), left('save', 1)] as const;
    expect(quality01(edit('accepted'), ...late)).toBe(quality01(edit('accepted'), ...late.toReversed()));
    expect(quality01(edit('accepted'), ...late)).toBeLessThan(
      quality01(edit('accepted'), left('30-minutes', 0.9)),
    );
    expect(quality01(edit('accepted'), left('save', 1))).toBeGreaterThan(quality01(edit('accepted')));
  });

  test('new errors count against an edit, errors that went for it', () => {
    const plain = quality01(edit('accepted'));
    expect(quality01(edit('accepted'), problems(0, 2))).toBeLessThan(plain);
    expect(quality01(edit('accepted'), problems(2, 0))).toBeGreaterThan(plain);
    expect(quality01(edit('accepted'), problems(2, 2))).toBe(plain);
  });

  test('what says nothing of an edit’s fate alone says nothing', () => {
    expect(amendedEvidence([completed, problems(0, 3)])).toEqual(amendedEvidence([completed]));
  });
});
