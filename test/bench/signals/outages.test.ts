import { describe, expect, test } from 'vitest';
import { outageTable } from '../../../bench/signals/outage-run';
import type { OutageFigures, OutageTask } from '../../../bench/signals/outages';
import { modelsHit, outageKinds, outagePass, recovery, spanOf } from '../../../bench/signals/outages';
import { smallCorpus } from '../small-corpus';

const material = {
  corpus: smallCorpus(700),
  vectors: { own: undefined, others: undefined },
  table: undefined,
};
const options = { features: 'formats', perHour: 3, startMs: Date.UTC(2026, 0, 5) } as const;
const pass = (outage: OutageTask['outage'], rule: OutageTask['rule']): OutageFigures =>
  outagePass(material, { corpus: 0, lambda: 0, seed: 1, outage, rule }, options);

describe('when and what fails', () => {
  test('is the middle of the pass, for an hour, a working day or a day', () => {
    expect(spanOf('offline', 700, 3)).toEqual({ from: 350, until: 353 });
    expect(spanOf('expired-key', 700, 3)).toEqual({ from: 350, until: 374 });
    expect(spanOf('vendor-down', 700, 3)).toEqual({ from: 350, until: 422 });
    expect(() => spanOf('expired-key', 2 * recovery, 3)).toThrow(
      'A pass of 500 prompts is over before expired-key is: fewer requests in an hour are needed.',
    );
  });

  test('is everything, or what one vendor serves', () => {
    const models = ['claude-big', 'Claude-small', 'google/a', 'google/b', 'gpt-5'];
    expect(modelsHit('offline', { models }, 0)).toEqual([0, 1, 2, 3, 4]);
    expect(modelsHit('vendor-down', { models }, 0)).toEqual([0, 1]);
    expect(modelsHit('expired-key', { models }, 3)).toEqual([2, 3]);
    expect(modelsHit('expired-key', { models }, 4)).toEqual([4]);
  });
});

describe('what was learnt before an outage', () => {
  test.each(outageKinds)('%s: stands after it as it was', (kind) => {
    const { learntBefore, learntAfter, weightBefore, weightAfter, failedCalls } = pass(kind, 'shipped');
    expect(weightBefore[0]).toBeGreaterThan(20);
    expect(failedCalls).toBeGreaterThan(0);
    weightAfter.forEach((weight, at) => expect(weight).toBeCloseTo(weightBefore[at]!, 9));
    learntAfter.forEach((quality, at) => expect(quality).toBeCloseTo(learntBefore[at]!, 9));
  });

  test.each(outageKinds)('%s: is spoilt where failures count as bad answers', (kind) => {
    const { learntBefore, learntAfter, failedCalls } = pass(kind, 'quality-0');
    expect(failedCalls).toBeGreaterThan(0);
    const lost = learntBefore.map((before, at) => before - learntAfter[at]!);
    expect(Math.max(...lost)).toBeGreaterThan(0.005);
    expect(Math.min(...lost)).toBeGreaterThanOrEqual(-1e-9);
  });

  test('nobody answers offline: each request fails at every model', () => {
    expect(pass('offline', 'shipped').failedCalls).toBe(3);
    expect(pass('none', 'shipped')).toMatchObject({ failedCalls: 0, learntBefore: [] });
  });
});

test('the table has what was learnt, and what the next requests lost beside those of a pass without outage', () => {
  const figures = (seed: number, reward: number): OutageFigures => ({
    seed,
    learntBefore: [0.8, Number.NaN],
    learntAfter: [0.6, Number.NaN],
    weightBefore: [10, 0],
    weightAfter: [10.5, 0],
    failedCalls: 1.5,
    rewardAfter: [reward, reward, reward],
    shareAfter: [0.25, 0.25, 0.25],
  });
  const table = outageTable([
    {
      corpus: 'small',
      lambda: 0.2,
      outage: 'offline',
      rule: 'quality-0',
      passes: [figures(1, 0.5), figures(2, 0.6)],
      without: [figures(1, 0.6), figures(2, 0.7)],
    },
  ]);
  expect(table).toMatch(
    /^small, λ 0\.2, offline, quality-0 +0\.8000 +0\.6000 +0\.2000 +0\.5 +1\.50 +-0\.1000 \[-0\.1000, -0\.1000\] +0\.25 +0\.25$/m,
  );
});
