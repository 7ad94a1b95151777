import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds, Shares } from '../../../src/core/bandit/draw';
import { drawn, probabilitiesOf } from '../../../src/core/bandit/draw';
import { seededRandom } from '../seeded-random';

const epsilon = 0.01;
const shares = { epsilon, trial: 0.2 };
const arm: fc.Arbitrary<Bounds> = fc
  .record({ middle: fc.integer({ min: -3, max: 3 }), bonus: fc.integer({ min: 0, max: 2 }) })
  .map(({ middle, bonus }) => ({ upper: middle + bonus, lower: middle - bonus, newcomer: false }));
const arms = fc.array(arm, { minLength: 1, maxLength: 9 });
const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Which arm is drawn, and the probabilities that it is drawn from. */
function draw(
  bounds: readonly Bounds[],
  of: Shares,
  random: () => number,
): { readonly index: number; readonly probabilities: readonly number[] } {
  const probabilities = probabilitiesOf(bounds, of);
  const chances = probabilities.map((probability, index) => ({ index, probability }));
  return { index: drawn(chances, random).index, probabilities };
}

function exactly(...values: readonly number[]): readonly Bounds[] {
  return values.map((value) => ({ upper: value, lower: value, newcomer: false }));
}

/** Each as good as the others, for all that is known. */
function unsure(...values: readonly number[]): readonly Bounds[] {
  return values.map((upper) => ({ upper, lower: -9, newcomer: false }));
}

describe('the draw', () => {
  it('has probabilities that sum to 1, and an arm that could be drawn', () => {
    fc.assert(
      fc.property(arms, uniform, (bounds, chance) => {
        const { index, probabilities } = draw(bounds, shares, () => chance);
        expect(probabilities).toHaveLength(bounds.length);
        expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12);
        expect(probabilities[index]).toBeGreaterThanOrEqual(epsilon / bounds.length);
      }),
    );
  });

  it('gives ε to the contenders alone: those that may be as good as the leader at its worst', () => {
    fc.assert(
      fc.property(arms, uniform, (bounds, chance) => {
        const best = Math.max(...bounds.map(({ upper }) => upper));
        const floor = Math.min(...bounds.filter(({ upper }) => upper === best).map(({ lower }) => lower));
        const { probabilities } = draw(bounds, shares, () => chance);
        const contenders = bounds.filter(({ upper }) => upper >= floor).length;
        bounds.forEach(({ upper }, index) => {
          if (upper < floor) expect(probabilities[index]).toBe(0);
          else if (upper < best) expect(probabilities[index]).toBeCloseTo(epsilon / contenders, 12);
        });
      }),
    );
  });

  it('draws as often as it says', () => {
    const bounds = [
      { upper: 0.5, lower: 0.2, newcomer: true },
      { upper: 0.7, lower: 0.4, newcomer: false },
      { upper: 0.7, lower: 0.6, newcomer: false },
      { upper: 0.1, lower: 0, newcomer: false },
    ];
    const random = seededRandom(1);
    const draws = 200_000;
    const counts = bounds.map(() => 0);
    for (let number = 0; number < draws; number += 1) {
      const { index } = draw(bounds, shares, random);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(counts[3]).toBe(0);
    draw(bounds, shares, random).probabilities.forEach((probability, index) => {
      const deviation = Math.sqrt((probability * (1 - probability)) / draws);
      expect(Math.abs((counts[index] ?? 0) / draws - probability)).toBeLessThanOrEqual(4 * deviation);
    });
  });

  it('sets a share aside for newcomers, whatever came of their first answers', () => {
    const [leader] = unsure(1);
    const newcomer = { upper: 0.5, lower: 0, newcomer: true };
    const { probabilities } = draw([leader ?? newcomer, newcomer, newcomer], shares, () => 0);
    expect(probabilities[1]).toBeCloseTo(0.1 + epsilon / 3, 12);
    expect(probabilities[2]).toBe(probabilities[1]);
    const behind = { upper: 0.5, lower: 0.4, newcomer: true };
    expect(draw([...exactly(1), behind], shares, () => 0).probabilities[1]).toBeCloseTo(0.2, 12);
  });

  it('breaks ties evenly', () => {
    const { probabilities } = draw(unsure(1, 1, 0), shares, () => 0);
    expect(probabilities[0]).toBe(probabilities[1]);
  });

  it('draws an arm that is not the best where chance says so', () => {
    expect(draw(unsure(1, 0), shares, () => 0.999).index).toBe(1);
    expect(draw(unsure(1, 0), shares, () => 0.5).index).toBe(0);
  });

  it('never draws an arm of no probability, whatever rounding leaves', () => {
    const chances = [{ probability: 0.1 }, { probability: 0.2 }, { probability: 0 }];
    expect(drawn(chances, () => 0.999)).toBe(chances[1]);
    expect(drawn([{ probability: 0 }, { probability: 1 }], () => 0)).toEqual({ probability: 1 });
  });

  it('fails where a probability is missing, instead of taking it for certain', () => {
    expect(() => drawn([], () => 0)).toThrow(RangeError);
    expect(() => drawn([{ probability: Number.NaN }, { probability: 0 }], () => 0)).toThrow(RangeError);
  });

  it('is certain where the leader is, whatever the chance', () => {
    fc.assert(
      fc.property(uniform, (chance) => {
        expect(draw(exactly(0.2, 0.9, 0.8), shares, () => chance)).toEqual({
          index: 1,
          probabilities: [0, 1 - epsilon + epsilon, 0],
        });
      }),
    );
  });

  it('is certain where there is one arm', () => {
    fc.assert(
      fc.property(uniform, arm, (chance, only) => {
        const { index, probabilities } = draw([only], shares, () => chance);
        expect(index).toBe(0);
        expect(probabilities[0]).toBeCloseTo(1, 12);
      }),
    );
  });
});
