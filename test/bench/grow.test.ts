import { describe, expect, test } from 'vitest';
import { grown, withMade } from '../../bench/routing/grow';
import type { Corpus } from '../../bench/routing/corpus';
import type { AbilityTable } from '../../bench/routing/priors';
import { mean } from '../../bench/routing/statistics';
import { smallCorpus, smallModels } from './small-corpus';

const corpus = smallCorpus(2_000);
const { corpus: large, made } = grown(corpus, 23);
const qualityOf = ({ rows }: Corpus, arm: number): number =>
  mean(rows.map(({ quality01 }) => quality01[arm] ?? Number.NaN));
const costOf = ({ rows }: Corpus, arm: number): number =>
  mean(rows.map(({ costUsd }) => costUsd[arm] ?? Number.NaN));
const madeOf = (kind: string) =>
  made.flatMap((model, index) =>
    model.name.includes(`~${kind}`)
      ? [{ ...model, arm: index + 3, source: smallModels.indexOf(model.of) }]
      : [],
  );

describe('a corpus that is grown', () => {
  test('keeps its rows, its models and what costs 1, and has as many more as are asked for', () => {
    expect(large.models.slice(0, 3)).toEqual(smallModels);
    expect(new Set(large.models).size).toBe(23);
    expect(large.models.slice(3)).toEqual(made.map(({ name }) => name));
    expect(large.dearestMeanUsd).toBe(corpus.dearestMeanUsd);
    large.rows.forEach((row, at) => {
      expect(row.id).toBe(corpus.rows[at]?.id);
      expect(row.quality01).toHaveLength(23);
      expect(row.quality01.slice(0, 3)).toEqual(corpus.rows[at]?.quality01);
      expect(row.quality01.every((quality) => quality >= 0 && quality <= 1)).toBe(true);
      expect(row.costUsd.every((cost) => cost >= 0)).toBe(true);
    });
  });

  test('is the same each time, and with fewer models the first of them', () => {
    expect(grown(corpus, 23)).toEqual({ corpus: large, made });
    expect(grown(corpus, 9).made).toEqual(made.slice(0, 6));
    expect(grown(corpus, 9).corpus.rows[7]?.quality01).toEqual(large.rows[7]?.quality01.slice(0, 9));
    expect(grown(corpus, 2)).toEqual({ corpus, made: [] });
  });

  test('has copies that are near: most outcomes the same, the mean a little off, the cost within a fifth', () => {
    const copies = madeOf('copy');
    expect(copies).toHaveLength(10);
    for (const { arm, source } of copies) {
      const same = large.rows.filter(({ quality01 }) => quality01[arm] === quality01[source]).length;
      expect(same / large.rows.length).toBeGreaterThan(0.8);
      expect(same / large.rows.length).toBeLessThan(1);
      expect(Math.abs(qualityOf(large, arm) - qualityOf(large, source))).toBeLessThan(0.08);
      expect(costOf(large, arm) / costOf(large, source)).toBeGreaterThanOrEqual(0.8 - 1e-9);
      expect(costOf(large, arm) / costOf(large, source)).toBeLessThanOrEqual(1.2 + 1e-9);
    }
    const off = copies.map(({ arm, source }) => qualityOf(large, arm) - qualityOf(large, source));
    expect(Math.max(...off)).toBeGreaterThan(0);
    expect(Math.min(...off)).toBeLessThan(0);
  });

  test('has weak models, worse than the weaker half, at prices from the cheapest to the dearest', () => {
    const worst = Math.min(...smallModels.map((_, arm) => qualityOf(corpus, arm)));
    const weak = madeOf('weak');
    expect(weak).toHaveLength(10);
    for (const { arm, weaker } of weak) {
      expect(qualityOf(large, arm)).toBeLessThan(worst);
      expect(weaker).toBeLessThan(0);
      expect(costOf(large, arm)).toBeGreaterThanOrEqual(0.001 - 1e-9);
      expect(costOf(large, arm)).toBeLessThanOrEqual(0.02 + 1e-9);
    }
    expect(new Set(weak.map(({ arm }) => costOf(large, arm).toFixed(6))).size).toBe(10);
  });

  test('takes models that cost nothing, all or some', () => {
    const free = (arms: readonly number[]): Corpus => ({
      ...corpus,
      rows: corpus.rows.map((row) => ({
        ...row,
        costUsd: row.costUsd.map((cost, arm) => (arms.includes(arm) ? 0 : cost)),
      })),
    });
    for (const arms of [[0], [2], [0, 1, 2]]) {
      const costs = grown(free(arms), 12).corpus.rows.flatMap(({ costUsd }) => [...costUsd]);
      expect(costs.every((cost) => Number.isFinite(cost) && cost >= 0)).toBe(true);
    }
  });

  test('has stated abilities of the models that were made, off by what is not known of their model', () => {
    const table: AbilityTable = new Map([['coder', { ability: 1, deviation: 0.5, knownFrom: 'figures' }]]);
    const all = withMade(table, made);
    const copies = madeOf('copy').filter(({ of }) => of === 'coder');
    expect(all.size).toBe(1 + made.filter(({ of }) => of === 'coder').length);
    for (const { name, drawn } of copies) {
      expect(all.get(name)).toEqual({ ability: 1 + 0.5 * drawn, deviation: 0.5, knownFrom: 'figures' });
    }
    const bySize: AbilityTable = new Map([['coder', { ability: 1, deviation: 0.5, knownFrom: 'size' }]]);
    expect(withMade(bySize, made).get(copies[0]?.name ?? '')?.ability).toBe(1);
    const draws = made.map(({ drawn }) => drawn);
    expect(Math.abs(mean(draws))).toBeLessThan(0.7);
    expect(new Set(draws).size).toBe(made.length);
  });
});
