import { describe, expect, test } from 'vitest';
import type { Cell } from '../../bench/routing/cell';
import { isOfRouter } from '../../bench/routing/cell';
import type { Pair } from '../../bench/routing/over-cells';
import { meanOver, ratioOfSums } from '../../bench/routing/over-cells';
import { stuckPasses, stuckTable } from '../../bench/routing/stuck';
import { regretsOf, summaryOf } from '../../bench/routing/summary';
import { sampleResult } from './samples';

const pair = (a: readonly number[], b: readonly number[]): Pair => [
  sampleResult('a', 0, a),
  sampleResult('b', 0, b),
];

describe('figures over several cells', () => {
  test('are the mean of the differences, with an interval that holds it', () => {
    const { value, lower95, upper95 } = meanOver([
      pair([0.5, 0.7, 0.6], [0.4, 0.5, 0.5]),
      pair([0.3, 0.3, 0.3], [0.4, 0.3, 0.2]),
    ]);
    // 0.4 / 3 and 0.
    expect(value).toBeCloseTo(0.2 / 3, 12);
    expect(lower95).toBeLessThan(value);
    expect(upper95).toBeGreaterThan(value);
    // A draw is of whole seeds: the least is that of the first alone, of which the two cells have 0.1 and -0.1.
    expect(lower95).toBeCloseTo(0, 12);
    expect(upper95).toBeCloseTo(0.1, 12);
  });

  test('have no width where the differences are all alike, and no bounds of a single seed', () => {
    const alike = meanOver([pair([0.5, 0.6], [0.4, 0.5])]);
    expect(alike.lower95).toBeCloseTo(0.1, 12);
    expect(alike.upper95).toBeCloseTo(0.1, 12);
    expect(meanOver([pair([0.5], [0.4])])).toMatchObject({ lower95: Number.NaN, upper95: Number.NaN });
  });

  test('are a ratio of sums, not a mean of ratios', () => {
    const gained = [pair([0.6, 0.6], [0.5, 0.5]), pair([0.5, 0.5], [0.5, 0.5])];
    const limit = [pair([0.6, 0.6], [0.5, 0.5]), pair([0.8, 0.8], [0.5, 0.5])];
    const { value, lower95, upper95 } = ratioOfSums(gained, limit);
    for (const each of [value, lower95, upper95]) expect(each).toBeCloseTo(0.25, 12);
  });

  test('of a window that the passes do not reach are not known', () => {
    expect(meanOver([pair([0.5, 0.6], [0.4, 0.5])], 'rest').value).toBeNaN();
  });

  test('need the same seeds in all cells', () => {
    expect(() => meanOver([pair([1], [1]), pair([1, 1], [1, 1])])).toThrow(RangeError);
    expect(() => meanOver([pair([1], [1, 1])])).toThrow(
      'a and b were not run with the same seeds in all cells',
    );
  });
});

const cell = (
  name: string,
  feedback: number,
  rewards: Readonly<Record<string, readonly number[]>>,
): Cell => ({
  corpus: { name, models: ['x', 'y'], dearestMeanUsd: 1 },
  rows: 4,
  feedback,
  results: Object.entries(rewards).map(([policy, bySeed]) => sampleResult(policy, 0.2, bySeed)),
});
const cells = [
  cell('one', 0.05, {
    conduit: [0.6, 0.6],
    'conduit-priors-off': [0.5, 0.5],
    'conduit-priors-true': [0.7, 0.7],
    'set:wide': [0.55, 0.55],
    'set:wide-priors-off': [0.5, 0.5],
    'set:wide-priors-true': [0.6, 0.6],
    'conduit-before': [0.5, 0.5],
    'ucb1(c=0.3)': [0.61, 0.61],
    'ucb1-tuned': [0.62, 0.62],
    'single:x': [0.1, 0.1],
  }),
  cell('two', 0.05, {
    conduit: [0.4, 0.4],
    'conduit-priors-off': [0.4, 0.4],
    'conduit-priors-true': [0.5, 0.5],
    'set:wide': [0.3, 0.3],
    'set:wide-priors-off': [0.3, 0.3],
    'set:wide-priors-true': [0.5, 0.5],
    'conduit-before': [0.3, 0.3],
    'ucb1(c=0.3)': [0.2, 0.2],
    'ucb1-tuned': [0.2, 0.2],
  }),
];

describe('the summary of several cells', () => {
  const summary = summaryOf(cells, ['table', 'off', 'true']);

  test('has the mean over the corpora of who walks over all of them, and of a grid the best alone', () => {
    expect(summary).toContain('5 % rated, λ = 0.2: mean reward over 2 corpora');
    expect(summary).toMatch(/^conduit +0\.5000 /m);
    expect(summary).not.toContain('single:x');
    expect(summary).not.toContain('ucb1(c=0.3)');
  });

  test('has what the router gained on the one before', () => {
    expect(summary).toMatch(/^minus conduit-before[^]*^conduit +\+0\.1000 \[\+0\.1000, \+0\.1000\]/m);
  });

  test('has what priors gain, and its share of what true means gain', () => {
    expect(summary).toContain('5 % rated, mean over 2 cells: what priors gain');
    expect(summary).toMatch(
      /^conduit, table − off +\+0\.0500 .*\n {2}of what true means gain +0\.33 \[0\.33, 0\.33\]/m,
    );
    expect(summary).toMatch(/^conduit, true − off +\+0\.1500/m);
    expect(summary).toMatch(/^set:wide, table − off +\+0\.0250 .*\n {2}of what true means gain +0\.17 /m);
  });

  test('says where each variant is worst against the best of its peers, the least first, and how many were tried', () => {
    const [first] = regretsOf(cells);
    // Of conduit: 0.62 − 0.6 and 0.3 − 0.4.
    const own = regretsOf(cells).find(({ policy }) => policy === 'conduit');
    expect(own?.worst).toBeCloseTo(0.02, 12);
    expect(own?.mean).toBeCloseTo(-0.04, 12);
    expect(own?.where).toBe('one, 5 %, λ 0.2, to ucb1-tuned');
    expect(first?.policy).toBe('conduit-priors-true');
    expect(regretsOf(cells, 'rest').every(({ worst }) => Number.isNaN(worst))).toBe(true);
    expect(summary).toContain('1 setting was tried.');
  });

  test('leaves out what cannot be said', () => {
    const lone = summaryOf([cell('one', 1, { conduit: [1], random: [0] })], ['off']);
    expect(lone).toContain('100 % rated, λ = 0.2: mean reward over 1 corpus');
    expect(lone).not.toMatch(/Regret|gain|before|tried/);
  });

  test.each([
    ['conduit', true],
    ['conduit-without-epsilon', true],
    ['conduit-priors-off', true],
    ['set:wide', true],
    ['conduit-before', false],
    ['best-single', false],
  ])('%s is a variant of the router: %s', (policy, variant) => {
    expect(isOfRouter(policy)).toBe(variant);
  });
});

describe('passes that are stuck', () => {
  const luck = {
    ...sampleResult('a', 0, [0.5, 0.56, 0.5, 0.45, 0.5]),
    lastOverBestSingle: [0, 0.01, -0.031, 0, 0],
  };

  test('are more than .03 below the median of the seeds', () => {
    expect(stuckPasses(luck)).toEqual({ overBestSingle: [3], reward: [4] });
    expect(stuckPasses({ ...luck, lastOverBestSingle: [0, 0, -0.029, 0, 0] }).overBestSingle).toEqual([]);
  });

  test('are none where it is not known', () => {
    expect(stuckPasses(sampleResult('a', 0, [0.5, 0.5])).overBestSingle).toEqual([]);
  });

  test('are counted in a table, with their seeds', () => {
    expect(stuckTable([luck])).toMatch(/^a +1 of 5 +1 of 5 +0\.0000 +-0\.0310 +3$/m);
  });
});
