import { describe, expect, test } from 'vitest';
import { describeCorpus } from '../../bench/routing/prompt-features';
import { orderOf } from '../../bench/routing/replay';
import type { Look } from '../../bench/savings/looks';
import { looksAt } from '../../bench/savings/looks';
import { reportOf } from '../../bench/savings/report';
import type { Telling } from '../../bench/savings/telling';
import { toldChance } from '../../bench/savings/telling';
import type { Walk, WalkTerms } from '../../bench/savings/walk';
import { walk } from '../../bench/savings/walk';
import { isOwnDraw } from '../../src/core/stats/savings/rivals-of';
import { runs } from '../runs';
import { smallCorpus } from './small-corpus';

const requests = 500;
const corpus = smallCorpus(requests);

function walkOf(seed: number, change: Partial<WalkTerms> = {}): Walk {
  const order = orderOf(corpus, seed);
  const features = describeCorpus(corpus, 'formats', { own: undefined, others: undefined }, order);
  const measure = { against: 'dear', share: 0.2 };
  return walk({ corpus, features, order, seed, measure, telling: 'all', feedback: 1, ...change });
}

const looks = (walked: Walk): Promise<readonly Look[]> =>
  looksAt(walked, corpus, { measured: 'dear', after: [100, requests] });

const seeds = Array.from({ length: runs(4) }, (_, index) => index + 1);

/** How far the measured model was drawn from as often as the log says, in standard errors, over the router's own draws. */
function driftOf(walks: readonly Walk[], logged: (probability: number) => number): number {
  let [sum, variance] = [0, 0];
  for (const { decisions } of walks)
    for (const { decision } of decisions) {
      const rival = decision.candidates.find(({ deploymentId }) => deploymentId === 'dear');
      if (rival === undefined || !isOwnDraw(decision)) continue;
      const p = logged(rival.probability);
      sum += Number(decision.deploymentId === 'dear') - p;
      variance += p * (1 - p);
    }
  return sum / Math.sqrt(variance);
}

describe('the campaign of savings, in small', () => {
  const walks = seeds.map((seed) => walkOf(seed));

  test('has turns of all sorts, and leaves out those that the router didn’t choose freely', () => {
    const all = walks.flatMap(({ decisions }) => decisions.map(({ decision }) => decision));
    const own = all.filter(isOwnDraw);
    expect(own.length).toBeLessThan(0.95 * all.length);
    for (const mark of ['chosenByUser', 'escalatedFrom', 'repeats', 'pace'] as const)
      expect(all.some((decision) => decision[mark] !== undefined)).toBe(true);
    expect(all.some(({ heldByCache }) => heldByCache === true)).toBe(true);
    expect(
      own.some(({ chosenByUser, escalatedFrom, repeats, heldByCache }) =>
        [chosenByUser, escalatedFrom, repeats, heldByCache || undefined].some((each) => each !== undefined),
      ),
    ).toBe(false);
    expect(
      all.filter((decision) => !isOwnDraw(decision)).every(({ measured }) => measured === undefined),
    ).toBe(true);
  });

  test('its log’s chances are those of the draws, and a planted bug in them is noticed', () => {
    expect(Math.abs(driftOf(walks, (p) => p))).toBeLessThan(4);
    expect(Math.abs(driftOf(walks, (p) => Math.min(1, 2 * p)))).toBeGreaterThan(4);
    expect(Math.abs(driftOf(walks, (p) => (p > 0.1 ? p - 0.1 : p)))).toBeGreaterThan(4);
  });

  test('shows money always, and holds the truth where it shows what was measured', async () => {
    const all = (await Promise.all(walks.map(looks))).flat();
    expect(all.every(({ moneyShown }) => moneyShown)).toBe(true);
    const measured = all.filter((look) => look.measured && look.decisions === requests);
    expect(measured.every(({ said }) => said !== undefined)).toBe(true);
    for (const { said, truth } of measured) {
      expect(said?.low).toBeLessThanOrEqual(truth);
      expect(said?.high).toBeGreaterThanOrEqual(truth);
    }
    // Of so few nobody could say anything.
    expect(all.some(({ said, decisions }) => said !== undefined && decisions === 100)).toBe(false);
    const task = { corpus: 0, seed: 1, telling: 'all', feedback: 1 } as const;
    const report = reportOf([{ task, figures: all }], {
      ...{ corpora: [], runs: 1, firstSeed: 1, share: 0.2, feedbacks: [], looks: [100, requests] },
      ...{ bug: false, jobs: 1 },
    });
    expect(report).toMatch(/all +500 +1 +100 %/);
  });

  test('good answers that are told of more often are within the range', async () => {
    const walked = walkOf(1, { telling: 'quality', feedback: 0.7 });
    const [said] = (await looks(walked)).filter((look) => look.measured && look.said !== undefined);
    expect(said?.said?.least).toBeLessThanOrEqual(said?.truth ?? Number.NaN);
    expect(said?.said?.most).toBeGreaterThanOrEqual(said?.truth ?? Number.NaN);
  });
});

test('who tells is as it is said', () => {
  const answer = { model: 'a', task: 'fix', quality01: 1 };
  const chance = (telling: Telling, change = {}): number =>
    toldChance(telling, 0.05, { ...answer, ...change });
  expect([chance('all'), chance('random')]).toEqual([1, 0.05]);
  const odds = (p: number): number => p / (1 - p);
  expect(odds(chance('quality')) / odds(chance('quality', { quality01: 0 }))).toBeCloseTo(2, 9);
  expect(chance('explained')).toBe(chance('explained', { quality01: 0 }));
  expect(chance('explained')).not.toBe(chance('explained', { model: 'b' }));
});
