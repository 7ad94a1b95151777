import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal, UseSignal } from '../../../src/core/terms/observation';
import { ratingReasons, useSignals } from '../../../src/core/terms/observation';
import { amendedEvidence, tellingWeight } from '../../../src/core/reward/observation-rules';

const completed: Signal = { kind: 'completed' };
const down: Signal = { kind: 'rating', thumb: 'down' };
const use = (kind: UseSignal['kind']): Signal => ({ kind });
const quality01 = (...kinds: readonly UseSignal['kind'][]): number =>
  amendedEvidence([completed, ...kinds.map(use)])?.quality01 ?? NaN;
const bare01 = amendedEvidence([completed])?.quality01 ?? NaN;
const someUses = fc.array(fc.constantFrom(...useSignals).map(use), { minLength: 1 });

describe('what is done with an answer', () => {
  test('is evidence of its quality: inserting more than copying, picking another model more than asking again', () => {
    expect(quality01('inserted')).toBeGreaterThan(quality01('copied'));
    expect(quality01('copied')).toBeGreaterThan(bare01);
    expect(quality01('regenerated')).toBeLessThan(bare01);
    expect(quality01('retried-elsewhere')).toBeLessThan(quality01('regenerated'));
  });

  test('weighs more than a bare success, and less than what is told of quality', () => {
    fc.assert(
      fc.property(someUses, (signals) => {
        const evidence = amendedEvidence([completed, ...signals]);
        expect(evidence?.weight).toBeGreaterThan(amendedEvidence([completed])?.weight ?? NaN);
        expect(evidence?.weight).toBeLessThan(tellingWeight);
        expect(evidence?.quality01).toBeGreaterThanOrEqual(0);
        expect(evidence?.quality01).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('says the same in any order, and how often it was done says nothing', () => {
    fc.assert(
      fc.property(
        someUses.chain((signals) => fc.tuple(fc.constant(signals), shuffled([...signals, ...signals]))),
        ([signals, shuffledTwice]) => {
          expect(amendedEvidence(shuffledTwice)).toEqual(amendedEvidence(signals));
        },
      ),
    );
  });

  test('gives way to a rating, a comparison, a grade, an edit and a failure', () => {
    const stronger: readonly Signal[] = [
      down,
      { kind: 'compared', won: false, otherDecisionId: 'd2' },
      { kind: 'scored', quality01: 0.4 },
      { kind: 'edit', outcome: 'rejected' },
      {
        kind: 'failed',
        failure: { reason: 'timeout', detail: '', status: undefined, retryAfterMs: undefined },
      },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...stronger), someUses, (signal, signals) => {
        expect(amendedEvidence([signal, ...signals])).toEqual(amendedEvidence([signal]));
      }),
    );
  });

  test('for and against it lies between the two', () => {
    expect(quality01('copied', 'regenerated')).toBeLessThan(quality01('copied'));
    expect(quality01('copied', 'regenerated')).toBeGreaterThan(quality01('regenerated'));
  });

  test('speaks where a stopped answer says nothing by itself', () => {
    expect(amendedEvidence([{ kind: 'stopped' }])).toBeUndefined();
    expect(amendedEvidence([{ kind: 'stopped' }, use('copied')])?.quality01).toBe(quality01('copied'));
  });
});

test('the reason of a thumb down changes nothing of what the thumb says', () => {
  for (const reason of ratingReasons)
    expect(amendedEvidence([completed, { kind: 'rating', thumb: 'down', reason }])).toEqual(
      amendedEvidence([completed, down]),
    );
});

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
