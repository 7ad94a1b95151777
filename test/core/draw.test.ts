import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, epsilon } from '../../src/core/bandit/draw';
import { seededRandom } from './seeded-random';

const utilities = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 });
const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the draw', () => {
  it('has probabilities that sum to 1, and an arm that could be drawn', () => {
    fc.assert(
      fc.property(utilities, uniform, (values, chance) => {
        const { index, probabilities } = draw(values, () => chance);
        expect(probabilities).toHaveLength(values.length);
        expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12);
        expect(probabilities[index]).toBeGreaterThanOrEqual(epsilon / values.length);
      }),
    );
  });

  it('draws as often as it says', () => {
    const values = [0.5, 0.7, 0.7, 0.1];
    const random = seededRandom(1);
    const draws = 200_000;
    const counts = values.map(() => 0);
    for (let number = 0; number < draws; number += 1) {
      const { index } = draw(values, random);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    draw(values, random).probabilities.forEach((probability, index) => {
      const deviation = Math.sqrt((probability * (1 - probability)) / draws);
      expect(Math.abs((counts[index] ?? 0) / draws - probability)).toBeLessThan(4 * deviation);
    });
  });

  it('breaks ties evenly', () => {
    expect(draw([1, 1, 0], () => 0).probabilities[0]).toBe(draw([1, 1, 0], () => 0).probabilities[1]);
  });

  it('says when it explored', () => {
    expect(draw([1, 0], () => 0.999_9)).toMatchObject({ index: 1, explored: true });
    expect(draw([1, 0], () => 0.5)).toMatchObject({ index: 0, explored: false });
  });

  it('is certain where there is one arm', () => {
    fc.assert(
      fc.property(uniform, fc.double({ noNaN: true, min: -9, max: 9 }), (chance, utility) => {
        expect(draw([utility], () => chance)).toEqual({ index: 0, probabilities: [1], explored: false });
      }),
    );
  });
});
