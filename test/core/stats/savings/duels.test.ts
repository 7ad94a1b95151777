import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duelsOf } from '../../../../src/core/stats/savings/duels';
import { seededRandom } from '../../seeded-random';

describe('duels', () => {
  test('of none there is nothing to say', () => {
    expect(duelsOf({ won: 0, lost: 0 })).toBeUndefined();
  });

  test('are told with an interval that has the share, in the middle for as many on both sides', () => {
    const count = fc.nat({ max: 400 });
    fc.assert(
      fc.property(count, count, (won, lost) => {
        fc.pre(won + lost > 0);
        const duels = duelsOf({ won, lost });
        const other = duelsOf({ won: lost, lost: won });
        if (duels === undefined || other === undefined) throw new Error('There were duels.');
        expect(duels.low01).toBeLessThanOrEqual(duels.share01);
        expect(duels.high01).toBeGreaterThanOrEqual(duels.share01);
        expect(duels.low01).toBeCloseTo(1 - other.high01, 9);
      }),
    );
  });

  test('has the ends of the formula', () => {
    // n wins of n: (n + 1)·p^n = 1/20.
    expect(duelsOf({ won: 9, lost: 0 })?.low01).toBeCloseTo((1 / 200) ** (1 / 9), 9);
    expect(duelsOf({ won: 9, lost: 0 })?.high01).toBe(1);
  });

  test('holds all the time in 95 of 100 series, however often one looks', () => {
    const random = seededRandom(9);
    const series = 400;
    let held = 0;
    for (let each = 0; each < series; each += 1) {
      let [won, lost, holds] = [0, 0, true];
      for (let duel = 0; duel < 60; duel += 1) {
        if (random() < 0.7) won += 1;
        else lost += 1;
        const { low01 = 0, high01 = 1 } = duelsOf({ won, lost }) ?? {};
        holds &&= low01 <= 0.7 && 0.7 <= high01;
      }
      held += holds ? 1 : 0;
    }
    expect(held / series).toBeGreaterThanOrEqual(0.95);
  });
});
