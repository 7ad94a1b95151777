import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../bench/routing/arguments';
import { pairedDifference, summarise } from '../../bench/routing/result';
import { reportOf } from '../../bench/routing/run-report';
import { median } from '../../bench/routing/statistics';
import { studentT975 } from '../../bench/routing/student-t';
import { windowNames } from '../../bench/routing/windows';
import { samplePass, sampleResult } from './samples';

const about = { policy: 'greedy', lambda: 0.2, bestSingleMeanReward: 0.75 };

describe('a summary', () => {
  test('of two short passes', () => {
    const result = summarise(
      [
        samplePass(2, [1, 1, 0, 1], { chooseMicros: 30, learnMicros: 5 }),
        samplePass(1, [0, 1, 0, 0], {
          qualities: Float64Array.of(1, 1, 0, 0),
          arms: Uint16Array.of(3, 3, 3, 0),
        }),
      ],
      { ...about, extra: { restarts: 2 } },
    );
    expect(result).toMatchObject({
      policy: 'greedy',
      lambda: 0.2,
      seeds: [1, 2],
      steps: 4,
      perSeed: [0.25, 0.75],
      meanReward: 0.5,
      meanQuality: 0.625,
      meanCostUsd: 0.01,
      // In four steps the best single model would have had 3, the passes had 1 and 3.
      regretVsBestSingle: 1,
      chooseMicros: 20,
      learnMicros: 12.5,
      curve: [0.5, 0.75, 0.5, 0.5],
      // Three of four, and two of four.
      extra: { topArmShareFirst200: 0.625, restarts: 2 },
    });
    // Standard deviation of 0.25 and 0.75 is √0.125, over √2.
    expect(result.standardError).toBeCloseTo(0.25, 12);
    for (const name of ['0-100', '0-250', '0-2000', 'last-1000'] as const) {
      expect(result.windows[name].perSeed).toEqual([0.25, 0.75]);
    }
    // They were over before these began.
    for (const name of ['100-250', '250-500', 'from-250', 'rest'] as const) {
      expect(result.windows[name].perSeed).toEqual([Number.NaN, Number.NaN]);
    }
  });

  test('counts the steps of each window', () => {
    const rewards = Array.from({ length: 2_500 }, (_, step) => step);
    const { windows } = summarise([samplePass(1, rewards)], about);
    expect(Object.fromEntries(windowNames.map((name) => [name, windows[name].mean]))).toEqual({
      '0-100': 49.5,
      '100-250': 174.5,
      '0-250': 124.5,
      '250-500': 374.5,
      '0-500': 249.5,
      'from-250': 1_374.5,
      rest: 1_499.5,
      '0-1000': 499.5,
      '0-2000': 999.5,
      'last-1000': 1_999.5,
    });
    expect(windows['0-250'].standardError).toBeNaN();
  });

  test('draws a curve of at most 120 points that ends at the mean', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 500 }),
        (rewards) => {
          const { curve, meanReward } = summarise([samplePass(1, rewards)], about);
          expect(curve).toHaveLength(Math.min(120, rewards.length));
          expect(curve.at(-1)).toBeCloseTo(meanReward, 10);
        },
      ),
    );
  });

  test('does not depend on the order of the passes', () => {
    const passes = [1, 2, 3].map((seed) => samplePass(seed, [seed, 0, seed / 2]));
    expect(summarise(passes.toReversed(), about)).toEqual(summarise(passes, about));
  });

  test.each([
    [[]],
    [[samplePass(1, [])]],
    [[samplePass(1, [1]), samplePass(2, [1, 2])]],
    [[samplePass(1, [1]), samplePass(1, [1])]],
  ])('of passes that do not belong together is refused (%#)', (passes) => {
    expect(() => summarise(passes, about)).toThrow(RangeError);
  });
});

describe('a paired difference', () => {
  test('of three seeds', () => {
    const difference = pairedDifference(sampleResult('a', 0, [3, 5, 7]), sampleResult('b', 0, [2, 3, 4]));
    // 1, 2 and 3: standard deviation 1, so 1 / √3; t of two degrees of freedom is 4.303.
    expect(difference.mean).toBeCloseTo(2, 12);
    expect(difference.standardError).toBeCloseTo(0.577_350, 6);
    expect(difference.lower95).toBeCloseTo(-0.484_338, 5);
    expect(difference.upper95).toBeCloseTo(4.484_338, 5);
  });

  test('within a window', () => {
    const early = Array.from({ length: 500 }, (_, step) => (step < 250 ? 1 : 0));
    const [a, b] = [early, early.map(() => 0)].map((rewards) =>
      summarise([samplePass(1, rewards), samplePass(2, rewards)], about),
    );
    expect(pairedDifference(a!, b!).mean).toBe(0.5);
    expect(pairedDifference(a!, b!, '0-250')).toEqual({ mean: 1, standardError: 0, lower95: 1, upper95: 1 });
  });

  test('of one seed has no bounds', () => {
    const difference = pairedDifference(sampleResult('a', 0, [3]), sampleResult('b', 0, [2]));
    expect(difference).toEqual({
      mean: 1,
      standardError: Number.NaN,
      lower95: Number.NaN,
      upper95: Number.NaN,
    });
  });

  test('needs the same seeds', () => {
    expect(() => pairedDifference(sampleResult('a', 0, [3]), sampleResult('b', 0, [2, 2]))).toThrow(
      RangeError,
    );
  });
});

describe('the 97.5 % point of Student’s t', () => {
  // To four digits, from the same tables as the code's, beyond those that it holds.
  test.each([
    [1, 12.706],
    [19, 2.093],
    [30, 2.042],
    [31, 2.0395],
    [40, 2.0211],
    [60, 2.0003],
    [120, 1.9799],
    [1e9, 1.96],
  ])('of %d degrees of freedom is %d', (degrees, expected) => {
    expect(studentT975(degrees)).toBeCloseTo(expected, 4);
  });

  test('falls without a step where the table ends', () => {
    for (let degrees = 2; degrees < 100; degrees += 1) {
      expect(studentT975(degrees)).toBeLessThan(studentT975(degrees - 1));
    }
    expect(studentT975(0)).toBeNaN();
  });
});

test('a median of an odd or even number of values, in any order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeNaN();
});

test('a report names files without their folders', () => {
  const options = parseArguments(
    (
      '--corpus /home/a/b.jsonl --vectors /home/a/b.f16 --limit 5 --json /home/c --half b ' +
      '--table /home/t.json --router /home/old --baseline /home/d --svg /home/e'
    ).split(' '),
  );
  const cell = {
    corpus: { name: 'b', models: ['x', 'y'], dearestMeanUsd: 2 },
    rows: 0,
    feedback: 1,
    results: [sampleResult('a', 0, [1])],
  };
  const text = JSON.stringify(reportOf(options, [cell]));
  expect(text).not.toContain('/home');
  expect(JSON.parse(text)).toMatchObject({
    settings: {
      vectors: ['b.f16'],
      limit: 5,
      features: 'vectors',
      table: 't.json',
      router: 'old',
      half: 'b',
    },
    cells: [
      { corpus: { name: 'b', models: ['x', 'y'] }, rows: 0, results: [{ policy: 'a', standardError: null }] },
    ],
  });
});
