import { describe, expect, it } from 'vitest';
import { newModelScenario, swapScenario } from '../../bench/routing/change-scenarios';
import { policiesFor, selectPolicies, withTuned } from '../../bench/routing/policies/catalogue';
import type { Contestant, Step } from '../../bench/routing/policies/contestant';
import { describeCorpus } from '../../bench/routing/prompt-features';
import type { ReplayOptions } from '../../bench/routing/replay';
import { orderOf, replay } from '../../bench/routing/replay';
import type { PassRecord } from '../../bench/routing/pass-figures';
import { figuresOf } from '../../bench/routing/pass-figures';
import { summarise } from '../../bench/routing/result';
import { mean } from '../../bench/routing/statistics';
import { smallCorpus, smallModels } from './small-corpus';

const corpus = smallCorpus(600);
/** Short vectors, so that a textbook bandit over them takes no time. */
const raw = corpus.rows.map((_, row) =>
  Float32Array.from({ length: 32 }, (_each, at) => Math.sin(row * (at + 1))),
);
const features = describeCorpus(corpus, 'formats', { own: raw, others: undefined }, orderOf(corpus, 1));

function pass(policy: Contestant, change: Partial<ReplayOptions> = {}, seed = 1): PassRecord {
  return replay(policy, seed, { corpus, features, lambda: 0.2, delay: 0, feedback: 1, ...change });
}

function named(name: string): Contestant {
  const policy = policiesFor(smallModels).find((each) => each.name === name);
  if (policy === undefined) throw new Error(`no policy ${name}`);
  return policy;
}

const rewardOf = (name: string): number => mean(pass(named(name)).rewards);

/** Asks the first model always, and writes down what it is told. */
function listener(told: { number: number; quality01: number | undefined }[]): Contestant {
  return {
    name: 'listener',
    start: () => ({
      choose: () => 0,
      learn: ({ number }: Step, _arm, { quality01 }) => void told.push({ number, quality01 }),
    }),
  };
}

describe('a pass', () => {
  it('meets every row once, and is the same for the same seed', () => {
    expect(orderOf(corpus, 3).toSorted((a, b) => a - b)).toEqual(corpus.rows.map((_, index) => index));
    const { rewards, arms } = pass(named('conduit'));
    const again = pass(named('conduit'));
    expect([...again.rewards]).toEqual([...rewards]);
    expect([...again.arms]).toEqual([...arms]);
    expect([...pass(named('conduit'), {}, 2).arms]).not.toEqual([...arms]);
  });

  it('counts quality less λ times the cost, at most 1, over the dearest mean cost', () => {
    const { rewards, qualities, costsUsd } = pass(named('single:dear'), { lambda: 0.5 });
    expect([...costsUsd]).toEqual([...costsUsd].map(() => 0.02));
    rewards.forEach((reward, step) => expect(reward).toBeCloseTo((qualities[step] ?? NaN) - 0.5, 12));
  });

  it('tells of an outcome as late as asked for, and of as many qualities', () => {
    const told: { number: number; quality01: number | undefined }[] = [];
    pass(listener(told), { delay: 50 });
    expect(told.map(({ number }) => number)).toEqual(Array.from({ length: 550 }, (_, index) => index));
    const some: typeof told = [];
    pass(listener(some), { feedback: 0.1 });
    const rated = some.filter(({ quality01 }) => quality01 !== undefined).length;
    expect(some).toHaveLength(600);
    expect(rated).toBeGreaterThan(30);
    expect(rated).toBeLessThan(95);
  });
});

describe('the policies', () => {
  it('rank as they must: oracle, best for each domain, best single, chance', () => {
    expect(rewardOf('oracle')).toBeGreaterThan(rewardOf('best-per-domain'));
    expect(rewardOf('best-per-domain')).toBeGreaterThan(rewardOf('best-single'));
    expect(rewardOf('best-single')).toBeGreaterThan(rewardOf('random'));
    expect(rewardOf('cheapest')).toBe(rewardOf('single:coder'));
  });

  it('have Conduit above every single model where the prompts tell which to ask', () => {
    expect(rewardOf('conduit')).toBeGreaterThan(rewardOf('best-single') + 0.1);
  });

  it('all make a pass with rewards in range', () => {
    for (const policy of policiesFor(smallModels)) {
      const { rewards, arms } = pass(policy, { order: orderOf(corpus, 4).slice(0, 120) });
      expect(Math.max(...arms), policy.name).toBeLessThan(smallModels.length);
      expect(
        rewards.every((reward) => reward >= -0.2 && reward <= 1),
        policy.name,
      ).toBe(true);
    }
  });

  it('are found by name, and the tuned ones as the best of their grid', () => {
    const chosen = selectPolicies(smallModels, ['ucb1-tuned', 'single']).map(({ name }) => name);
    expect(chosen).toEqual(expect.arrayContaining(['single:coder', 'ucb1(c=0.3)', 'ucb1(c=1.5)']));
    expect(() => selectPolicies(smallModels, ['best'])).toThrow(/no policy best\. Policies: .*ablation/);
    const results = selectPolicies(smallModels, ['ucb1-tuned']).map((policy) =>
      summarise([figuresOf(pass(policy))], { policy: policy.name, lambda: 0.2, bestSingleMeanReward: 0.6 }),
    );
    const tuned = withTuned(results).find(({ policy }) => policy === 'ucb1-tuned');
    expect(tuned?.meanReward).toBe(Math.max(...results.map(({ meanReward }) => meanReward)));
  });
});

describe('descriptions', () => {
  it('have no vector of the prompts that the projection is fitted on, unless it is of others', () => {
    const order = orderOf(corpus, 1);
    const own = describeCorpus(corpus, 'vectors', { own: raw, others: undefined }, order);
    const spaces = order.map((row) => own.prompts[row]?.description.featureSpace);
    expect(new Set(spaces.slice(0, 256))).toEqual(new Set(['text56-v3']));
    expect(new Set(spaces.slice(256))).toEqual(new Set([own.space.name]));
    const others = describeCorpus(corpus, 'vectors', { own: raw, others: raw.slice(0, 100) }, order);
    expect(new Set(others.prompts.map(({ description }) => description.featureSpace)).size).toBe(1);
  });

  it('never hold the domain', () => {
    const relabelled = { ...corpus, rows: corpus.rows.map((row) => ({ ...row, domain: 'other' })) };
    const again = describeCorpus(relabelled, 'hash', { own: undefined, others: undefined }, []);
    const first = describeCorpus(corpus, 'hash', { own: undefined, others: undefined }, []);
    expect(again.prompts).toEqual(first.prompts);
  });
});

describe('change', () => {
  const meanRewards = [0.55, 0.6, 0.2];

  it('is followed: after best and worst changed places the router does about as well as a fresh one', () => {
    const long = smallCorpus(4_000, 5);
    const described = describeCorpus(long, 'formats', { own: undefined, others: undefined }, []);
    const { after, fresh } = swapScenario({ corpus: long, features: described, lambda: 0, meanRewards }, 1);
    expect(after / fresh).toBeGreaterThan(0.9);
  });

  it('brings in a new model that is good', () => {
    const { pulls, contended } = newModelScenario({ corpus, features, lambda: 0.2, meanRewards }, 1, 1);
    expect(pulls).toBeGreaterThan(40);
    expect(contended).toBeGreaterThan(40);
  });
});
