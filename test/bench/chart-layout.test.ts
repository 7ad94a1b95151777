import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearAxis, logUsdAxis } from '../../bench/routing/axis';
import { placeLabels, sharedArea, spread } from '../../bench/routing/label-layout';
import { seededRandom } from '../core/seeded-random';

const heights = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 20 });

describe('heights that are spread', () => {
  test('keep their order and their distance, within the bounds', () => {
    fc.assert(
      fc.property(heights, (wanted) => {
        const spreadOut = spread(wanted, 17, 0, 400);
        const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
        const sorted = order.map((index) => spreadOut[index] ?? Number.NaN);
        sorted.forEach((height, index) => {
          expect(height).toBeGreaterThanOrEqual(-1e-9);
          expect(height).toBeLessThanOrEqual(400 + 1e-9);
          if (index > 0) expect(height - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(17 - 1e-9);
        });
      }),
    );
  });

  test('stay where they were wanted if they are far enough apart', () => {
    expect(spread([100, 20, 60], 17, 0, 400)).toEqual([100, 20, 60]);
  });

  test('move as little as can be', () => {
    expect(spread([100, 100], 20, 0, 400)).toEqual([90, 110]);
    expect(spread([0, 0], 20, 0, 400)).toEqual([0, 20]);
  });
});

describe('labels of points', () => {
  const frame = { x: 0, y: 0, width: 800, height: 400 };

  test('cover neither each other nor a point, and stay inside', () => {
    const random = seededRandom(7);
    const labels = Array.from({ length: 15 }, () => ({
      at: [random() * 800, random() * 400] as const,
      width: 100,
      height: 15,
    }));
    const boxes = placeLabels(labels, frame, []).map(({ box }) => box);
    boxes.forEach((box, index) => {
      expect(sharedArea(box, frame)).toBeCloseTo(1_500, 6);
      for (const other of boxes.slice(index + 1)) expect(sharedArea(box, other)).toBe(0);
      for (const { at } of labels) {
        expect(sharedArea(box, { x: at[0] - 5, y: at[1] - 5, width: 10, height: 10 })).toBe(0);
      }
    });
  });

  test('of a lone point stand to its right, without a line', () => {
    const [spot] = placeLabels([{ at: [100, 100], width: 60, height: 15 }], frame, []);
    expect(spot?.box.x).toBeGreaterThan(100);
    expect(spot?.leader).toBeUndefined();
  });

  test('keep clear of obstacles', () => {
    const obstacle = { x: 0, y: 60, width: 800, height: 80 };
    const [spot] = placeLabels([{ at: [100, 100], width: 60, height: 15 }], frame, [obstacle]);
    expect(sharedArea(spot!.box, obstacle)).toBe(0);
    expect(spot?.leader).toBeDefined();
  });
});

describe('axes', () => {
  test('have ticks at round values within them', () => {
    const { ticks, at } = linearAxis([0.412, 0.638]);
    expect(ticks.map(({ text }) => text)).toEqual(
      ['0.45', '0.50', '0.55', '0.60', '0.65'].slice(0, ticks.length),
    );
    for (const { value } of ticks) {
      expect(at(value)).toBeGreaterThanOrEqual(0);
      expect(at(value)).toBeLessThanOrEqual(1);
    }
  });

  test('hold all their values, in order', () => {
    const values = fc.array(
      fc.double({ min: 0, max: 50, noNaN: true }).map((value) => (value < 1e-9 ? 0 : value)),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(values, (amounts) => {
        for (const { at } of [linearAxis(amounts), logUsdAxis(amounts, 0.25)]) {
          const places = amounts.toSorted((a, b) => a - b).map(at);
          places.forEach((place, index) => {
            expect(place).toBeGreaterThanOrEqual(0);
            expect(place).toBeLessThanOrEqual(1);
            if (index > 0) expect(place).toBeGreaterThanOrEqual(places[index - 1] ?? 0);
          });
        }
      }),
    );
  });

  test('of cost are even in powers of ten, with room at the end', () => {
    const { ticks, at } = logUsdAxis([0.0001, 0.1], 0.2);
    expect(ticks.map(({ text }) => text)).toEqual(['$0.0001', '$0.001', '$0.01', '$0.1']);
    expect(at(0.01) - at(0.001)).toBeCloseTo(at(0.001) - at(0.0001), 10);
    expect(at(0.1)).toBeCloseTo(0.8, 10);
  });

  test('of cost have ticks however narrow they are', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 10, noNaN: true }), (amount) => {
        expect(logUsdAxis([amount], 0.1).ticks.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
