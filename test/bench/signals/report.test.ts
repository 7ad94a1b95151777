import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { closedShare, decisionsUntil, pooledDifference } from '../../../bench/signals/comparisons';
import { passFiguresSchema } from '../../../bench/signals/figures-schema';
import { openPassStore } from '../../../bench/signals/pass-store';
import type { SignalCell } from '../../../bench/signals/report';
import { reportOf } from '../../../bench/signals/report';
import { mainScenarios, nameOf } from '../../../bench/signals/scenario';
import { CorpusError } from '../../../bench/routing/corpus-error';
import { temporaryFolder } from '../files';
import { samplePass, sampleResult } from '../samples';

describe('comparisons over several cells', () => {
  const [a, b, full] = [
    [sampleResult('a', 0, [0.5, 0.7]), sampleResult('a', 0, [0.3, 0.5])],
    [sampleResult('b', 0, [0.4, 0.5]), sampleResult('b', 0, [0.3, 0.4])],
    [sampleResult('full', 0, [0.6, 0.9]), sampleResult('full', 0, [0.5, 0.6])],
  ] as const;

  test('are paired by seed, over the mean of the cells', () => {
    // By seed .05 and .15: mean .1, standard error .05, Student's t of one degree of freedom 12.706.
    const { mean, lower95, upper95 } = pooledDifference(a, b);
    expect(mean).toBeCloseTo(0.1, 12);
    expect(lower95).toBeCloseTo(0.1 - 12.706 * 0.05, 10);
    expect(upper95).toBeCloseTo(0.1 + 12.706 * 0.05, 10);
    const others = [a[0], sampleResult('a', 0, [0.1, 0.2, 0.3])];
    expect(() => pooledDifference(others, b)).toThrow('a: not all cells were run with the same seeds.');
  });

  test('have the share of a distance as a ratio of sums', () => {
    // (.15 + .05) of (.3 + .2); the seeds alone have .1 of .4 and .3 of .6.
    const { value, lower95, upper95 } = closedShare(a, b, full);
    expect(value).toBeCloseTo(0.4, 12);
    expect(lower95).toBeCloseTo(0.25, 12);
    expect(upper95).toBeCloseTo(0.5, 12);
  });

  test('say when the mean so far comes to a level and stays there', () => {
    const walked = { curve: [0.6, 0.4, 0.5, 0.55], steps: 40 };
    expect(decisionsUntil(walked, 0.45)).toBe(30);
    expect(decisionsUntil(walked, 0.55)).toBe(40);
    expect(decisionsUntil(walked, 0.3)).toBe(10);
    expect(decisionsUntil(walked, 0.56)).toBeUndefined();
  });
});

describe('the report', () => {
  const thumbs = [0.05];
  const rewards: Readonly<Record<string, readonly number[]>> = {
    'all scored': [0.7, 0.7],
    'thumbs 5 %': [0.5, 0.5],
    'thumbs 5 %, pessimistic': [0.6, 0.6],
    'thumbs 5 %, pessimistic; copied against': [0.59, 0.59],
    'thumbs 5 %, pessimistic, judge; judged against': [0.55, 0.55],
  };
  const names = [
    ...mainScenarios(0.05).map(nameOf),
    ...['all scored', 'pessimistic, judge', 'hopeful, judge'],
    ...['thumbs 5 %, pessimistic; copied against', 'thumbs 5 %, pessimistic, judge; judged against'],
  ];
  const cell = (name: string): SignalCell => ({
    corpus: { name, models: ['x', 'y'] },
    rows: 4,
    results: [0, 0.2].flatMap((lambda) =>
      names.map((scenario) => sampleResult(scenario, lambda, rewards[scenario] ?? [0.65, 0.65])),
    ),
  });
  const asked = {
    thumbs,
    lambdas: [0, 0.2],
    apart: ['c'],
    within: 0.01,
    signals: ['copied'] as const,
    against: true,
  };
  const report = reportOf([cell('a'), cell('b'), cell('c')], asked);

  test('has a table for each corpus and λ, the best first', () => {
    expect(report.match(/^[abc], λ = 0(?:\.2)?: 4 prompts, 2 models, 2 seeds$/gm)).toHaveLength(6);
    expect(report).toMatch(
      /^told .*decisions to 0\.4900\nall scored +0\.7000 .*\+0\.2000 \[\+0\.2000, \+0\.2000\]/m,
    );
  });

  test('pools the corpora that are not apart, at each λ and at all', () => {
    expect(report.match(/^a and b pooled, λ = .*$/gm)).toEqual([
      'a and b pooled, λ = 0',
      'a and b pooled, λ = 0.2',
      'a and b pooled, λ = 0 and 0.2',
    ]);
    expect(report).toMatch(
      /^thumbs 5 %, pessimistic +\+0\.1000 \[\+0\.1000, \+0\.1000\].* 50 % \[50 %, 50 %\]$/m,
    );
  });

  test('has what it costs when a signal says the opposite, as a share of the gain', () => {
    expect(report).toMatch(/^copied +-0\.0100 \[-0\.0100, -0\.0100\] +10 % \[10 %, 10 %\]$/m);
    expect(report).toMatch(/^judged +-0\.1000 .* 67 % \[67 %, 67 %\]$/m);
    expect(reportOf([cell('a')], { ...asked, against: false })).not.toContain('turned round');
  });
});

describe('passes that were made', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  test('are there again, whatever the order of their keys, with what was not known', async () => {
    const path = folder.write('passes.jsonl', '');
    const store = await openPassStore(path, passFiguresSchema);
    const figures = samplePass(7, [0.1, 0.2]);
    await store.add({ corpus: 'a', seed: 7 }, figures);
    const again = await openPassStore(path, passFiguresSchema);
    expect(figures.windows.rest).toBeNaN();
    expect(again.get({ seed: 7, corpus: 'a' })).toEqual(figures);
    expect(again.get({ seed: 8, corpus: 'a' })).toBeUndefined();
    expect(again.keys()).toEqual([{ corpus: 'a', seed: 7 }]);
  });

  test('go on after a line that was broken off', async () => {
    const number = z.number();
    const line = (seed: number) => `${JSON.stringify({ key: { seed }, figures: seed })}\n`;
    const path = folder.write('passes.jsonl', `${line(1)}{"key":{"seed":2},"fig`);
    const store = await openPassStore(path, number);
    expect(store.keys()).toEqual([{ seed: 1 }]);
    await store.add({ seed: 2 }, 2);
    expect(readFileSync(path, 'utf8')).toBe(`${line(1)}${line(2)}`);
  });

  test('are refused where a line is something else', async () => {
    const path = folder.write('passes.jsonl', '{"key":{},"figures":1}\nnone\n{"key":{},"figures":1}\n');
    await expect(openPassStore(path, z.number())).rejects.toThrow(CorpusError);
    await expect(openPassStore(path, z.number())).rejects.toThrow('passes.jsonl:2: expected a pass');
  });

  test('are in memory alone where there is no file', async () => {
    const store = await openPassStore(undefined, z.number());
    await store.add({ seed: 1 }, 5);
    expect(store.get({ seed: 1 })).toBe(5);
  });
});
