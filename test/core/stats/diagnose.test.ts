import { describe, expect, it } from 'vitest';
import type { Candidate, Decision } from '../../../src/core/terms/decision';
import type { Finding, PoolFacts } from '../../../src/core/stats/diagnose';
import { diagnose } from '../../../src/core/stats/diagnose';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import { decisionWith } from '../samples';

function candidate(deploymentId: string, change: Partial<Candidate> = {}): Candidate {
  return {
    deploymentId,
    quality01: 0.8,
    bonus: 0.02,
    costUsd: 0.001,
    latencyMs: 1_000,
    utility: 0,
    probability: 0.5,
    ...change,
  };
}

/** A pool after these decisions, each chosen as given; `rated` of them were rated good. */
function pool(
  decisions: readonly Partial<Decision>[],
  change: Partial<PoolFacts> = {},
  rated = 0,
): PoolFacts {
  const fold = createStatsFold();
  const atMs = 0;
  decisions.forEach((decision, index) => {
    const id = `d${String(index)}`;
    const made = decisionWith({ id, ...decision });
    fold.apply({ kind: 'decision', decision: made, sequence: 2 * index + 1, atMs });
    if (index >= rated) return;
    const observation = {
      decisionId: id,
      deploymentId: made.deploymentId,
      signal: { kind: 'rating', thumb: 'up' } as const,
    };
    fold.apply({ kind: 'observation', observation, sequence: 2 * index + 2, atMs });
  });
  return {
    deploymentIds: ['mini', 'large'],
    stats: fold.snapshot().pools[0],
    unavailable: new Map(),
    arm: () => ({ pulls: 20, inFlight: 0, joinedAt: 1 }),
    preset: 'balanced',
    switchAfter: 100,
    settings: { epsilon: 0.005, trial: 0.2 },
    stoodIn: 0,
    ...change,
  };
}

function times(count: number, change: Partial<Decision>): readonly Partial<Decision>[] {
  return Array.from({ length: count }, () => change);
}

const cheap = candidate('mini', { quality01: 0.78 });
const dear = candidate('large', { quality01: 0.8, costUsd: 0.05 });
const both = { deploymentId: 'mini', candidates: [cheap, dear] };

function kinds(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ kind }) => kind);
}

function find<Kind extends Finding['kind']>(
  findings: readonly Finding[],
  kind: Kind,
): Extract<Finding, { kind: Kind }> {
  const found = findings.find(
    (finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind,
  );
  if (found === undefined) throw new Error(`No ${kind} among ${kinds(findings).join(', ')}.`);
  return found;
}

describe('why it is always the same model', () => {
  it('the pool has only one', () => {
    const { alwaysSame, seemsRandom } = diagnose(pool([], { deploymentIds: ['mini'] }));
    expect(alwaysSame).toEqual([{ kind: 'only-one-in-pool', model: 'mini' }, { kind: 'nothing-asked' }]);
    expect(seemsRandom).toEqual(alwaysSame);
  });

  it('only one can be asked, and why each of the others can’t', () => {
    const unavailable = new Map([['large', 'missing-key']] as const);
    const { alwaysSame } = diagnose(pool(times(4, both), { unavailable }));
    expect(alwaysSame[0]).toEqual({
      kind: 'only-one-available',
      model: 'mini',
      left: [{ deploymentId: 'large', reason: 'missing-key' }],
    });
    expect(kinds(alwaysSame)).not.toContain('leads');
  });

  it('none can be asked', () => {
    const unavailable = new Map([
      ['mini', 'breaker-open'],
      ['large', 'missing-key'],
    ] as const);
    expect(find(diagnose(pool([], { unavailable })).alwaysSame, 'none-available').left).toHaveLength(2);
  });

  it('nothing was asked yet', () => {
    expect(diagnose(pool([])).alwaysSame).toEqual([{ kind: 'nothing-asked' }]);
  });

  it('the last request fitted only one, and a cap left the other out each time', () => {
    const excluded = [{ deploymentId: 'large', reason: 'over-request-cap' }] as const;
    const { alwaysSame } = diagnose(pool(times(6, { deploymentId: 'mini', candidates: [cheap], excluded })));
    expect(find(alwaysSame, 'only-one-fits')).toMatchObject({ model: 'mini', left: excluded });
    expect(find(alwaysSame, 'left-out')).toEqual({ kind: 'left-out', ...excluded[0], count: 6, of: 6 });
  });

  it('nothing is rated, so that only the price decides, with the quality that would turn it', () => {
    const even = [candidate('mini'), candidate('large', { costUsd: 0.01 })];
    const { alwaysSame } = diagnose(pool(times(20, { deploymentId: 'mini', candidates: even })));
    expect(find(alwaysSame, 'shares')).toEqual({
      kind: 'shares',
      one: true,
      of: 20,
      shares: [{ model: 'mini', count: 20 }],
    });
    expect(find(alwaysSame, 'nothing-rated').because).toBe('cost');
    // Cost terms log1p(10)/log1p(10⁴) and log1p(100)/log1p(10⁴) with weight 0.2, against quality's 0.7.
    const gap = (0.2 * (Math.log1p(100) - Math.log1p(10))) / Math.log1p(10_000);
    const { leader, rival, levelAt01 } = find(alwaysSame, 'leads');
    expect(leader.utility - rival.utility).toBeCloseTo(gap, 10);
    expect(levelAt01).toBeCloseTo(0.8 + gap / 0.7, 10);
  });

  it('one is far better by its ratings', () => {
    const candidates = [candidate('large', { quality01: 0.95 }), candidate('mini', { quality01: 0.3 })];
    const { alwaysSame } = diagnose(pool(times(10, { deploymentId: 'large', candidates }), {}, 10));
    expect(kinds(alwaysSame)).not.toContain('nothing-rated');
    const leads = find(alwaysSame, 'leads');
    expect(leads).toMatchObject({ because: 'quality', leader: { model: 'large', quality01: 0.95 } });
    expect(leads.ratings.get('large')).toBe(10);
  });

  it('a price so high that no quality makes up for it', () => {
    const candidates = [candidate('mini', { quality01: 0.9 }), candidate('large', { costUsd: 0.9 })];
    const { alwaysSame } = diagnose(pool(times(3, { deploymentId: 'mini', candidates }), { preset: 'cost' }));
    expect(find(alwaysSame, 'leads').levelAt01).toBeUndefined();
  });

  it('a price that isn’t known counts as the pool’s median, as for the router', () => {
    const candidates = [
      candidate('mini'),
      candidate('large', { costUsd: undefined }),
      candidate('huge', { costUsd: 0.5 }),
    ];
    const { alwaysSame } = diagnose(pool(times(3, { deploymentId: 'mini', candidates })));
    expect(find(alwaysSame, 'leads')).toMatchObject({
      because: 'cost',
      leader: { model: 'mini' },
      rival: { model: 'large', costUsd: undefined },
    });
  });

  it('a model was never asked, and what keeps it behind', () => {
    const arm = (id: string) => ({ pulls: id === 'mini' ? 3 : 0, inFlight: 0, joinedAt: undefined });
    const untried = (other: Candidate) => {
      const candidates = [candidate('mini'), other];
      const { alwaysSame } = diagnose(pool(times(3, { deploymentId: 'mini', candidates }), { arm }));
      expect(kinds(alwaysSame)).toContain('leads');
      return find(alwaysSame, 'untried');
    };
    expect(untried(candidate('large', { quality01: 0.5 }))).toMatchObject({
      model: 'large',
      comparison: {
        because: 'quality',
        leader: { model: 'mini' },
        levelAt01: expect.closeTo(0.8, 9) as number,
      },
    });
    expect(untried(candidate('large', { costUsd: 0.05 })).comparison?.because).toBe('cost');
    expect(untried(candidate('large')).comparison?.because).toBeUndefined();
    // It leads: the next request tries it.
    expect(untried(candidate('large', { quality01: 0.9 })).comparison).toBeUndefined();
  });

  it('of many that were never asked only some are explained', () => {
    const names = ['mini', 'a', 'b', 'c', 'd', 'e'];
    const arm = (id: string) => ({ pulls: id === 'mini' ? 3 : 0, inFlight: 0, joinedAt: undefined });
    const candidates = names.map((name, index) => candidate(name, { quality01: 0.8 - 0.05 * index }));
    const unavailable = new Map([['e', 'missing-key']] as const);
    const facts = pool(times(2, { deploymentId: 'mini', candidates }), {
      deploymentIds: names,
      arm,
      unavailable,
    });
    const { alwaysSame } = diagnose(facts);
    const explained = alwaysSame.filter((finding) => finding.kind === 'untried');
    expect(explained.map(({ model }) => model)).toEqual(['a', 'b', 'c']);
    expect(find(alwaysSame, 'also-untried').models).toEqual(['d']);
  });

  it('a decision of an earlier version that tried each model first compares nothing', () => {
    const candidates = [candidate('large', { bonus: 10 }), cheap];
    const { alwaysSame, seemsRandom } = diagnose(pool([{ deploymentId: 'large', candidates }]));
    expect(kinds(alwaysSame)).toEqual(['shares']);
    expect(kinds(seemsRandom)).not.toContain('close');
  });

  it('another preset would choose another model', () => {
    const candidates = [
      candidate('mini', { quality01: 0.7 }),
      candidate('large', { quality01: 0.9, costUsd: 0.05 }),
    ];
    const { alwaysSame } = diagnose(pool(times(3, { deploymentId: 'mini', candidates }), { preset: 'cost' }));
    expect(find(alwaysSame, 'other-presets').choices).toContainEqual({ preset: 'quality', model: 'large' });
    expect(find(alwaysSame, 'other-presets').choices).not.toContainEqual(
      expect.objectContaining({ preset: 'cost' }),
    );
  });

  it('the same question again within a minute', () => {
    const { alwaysSame } = diagnose(pool([both, { ...both, repeats: 'd0' }, { ...both, repeats: 'd0' }]));
    expect(find(alwaysSame, 'repeats')).toEqual({ kind: 'repeats', count: 2, of: 3 });
    expect(kinds(alwaysSame)).not.toContain('sticky');
  });

  it('is a conversation that stayed with the model that has it in its prompt cache', () => {
    const { alwaysSame } = diagnose(pool([both, { ...both, stickyInsteadOf: 'b' }]));
    expect(find(alwaysSame, 'sticky')).toEqual({ kind: 'sticky', count: 1, of: 2 });
  });
});

describe('why it seems random', () => {
  it('the first phase doesn’t read the prompt, and has so many requests to go', () => {
    const { seemsRandom } = diagnose(pool(times(37, both)));
    expect(find(seemsRandom, 'ucb1')).toEqual({ kind: 'ucb1', asked: 37, switchAfter: 100 });
    expect(kinds(seemsRandom)).not.toContain('by-task');
  });

  it('after it, each kind of task has its model', () => {
    const decisions = [
      ...times(5, { ...both, task: 'fix-code' }),
      ...times(4, { ...both, deploymentId: 'large', task: 'write-prose' }),
      { ...both, task: 'instruction' },
    ];
    const { seemsRandom } = diagnose(pool(decisions, { switchAfter: 5 }));
    expect(find(seemsRandom, 'by-task').tasks).toEqual([
      { task: 'fix-code', model: 'mini', count: 5, of: 5 },
      { task: 'write-prose', model: 'large', count: 4, of: 4 },
    ]);
    expect(find(seemsRandom, 'shares').one).toBe(false);
  });

  it('a newcomer gets a few tries', () => {
    const arm = (id: string) => ({ pulls: 1, inFlight: 1, joinedAt: id === 'large' ? 8 : 1 });
    const { seemsRandom } = diagnose(pool(times(9, both), { switchAfter: 5, arm }));
    expect(seemsRandom.filter(({ kind }) => kind === 'newcomer')).toEqual([
      { kind: 'newcomer', model: 'large', tries: 2, ofTries: 5, share01: 0.2 },
    ]);
  });

  it('ε draws now and then, and how often it did', () => {
    const decisions = [...times(9, both), { ...both, deploymentId: 'large', explored: true }];
    expect(find(diagnose(pool(decisions)).seemsRandom, 'drawn')).toEqual({
      kind: 'drawn',
      count: 1,
      of: 10,
      epsilon01: 0.005,
    });
  });

  it('two that are nearly equal are told from two that aren’t', () => {
    const near = [candidate('mini'), candidate('large', { quality01: 0.79 })];
    const apart = [candidate('mini'), candidate('large', { quality01: 0.75 })];
    const { seemsRandom } = diagnose(pool(times(3, { deploymentId: 'mini', candidates: near })));
    expect(find(seemsRandom, 'close').rival.model).toBe('large');
    expect(
      kinds(diagnose(pool(times(3, { deploymentId: 'mini', candidates: apart }))).seemsRandom),
    ).not.toContain('close');
  });

  it('others stood in, and a model changed', () => {
    const changes = [{ deploymentId: 'mini', recentFrom: 2, oldScale: 0.3 }];
    const { seemsRandom } = diagnose(pool([both, { ...both, changes }], { stoodIn: 1 }));
    expect(find(seemsRandom, 'stood-in')).toEqual({ kind: 'stood-in', count: 1, of: 2 });
    expect(find(seemsRandom, 'changed').models).toEqual(['mini']);
  });
});

describe('what was known of the models', () => {
  const before = { quality01: 0.7, weight: 12 };
  const known = { ability: 1, from: 'figures', as: 'gpt-mini' } as const;
  const mini = candidate('mini', { before, known });
  const large = candidate('large', { before: { quality01: 0.8, weight: 20 }, stated01: 0.8 });
  const belief = { slope: 0.6, level01: 0.55 };

  it('how far figures hold, and each model with its source and what is learnt of it', () => {
    const decisions = times(2, { deploymentId: 'mini', candidates: [mini, large], belief });
    expect(diagnose(pool(decisions, {}, 2)).beforehand).toEqual([
      { kind: 'belief', slope: 0.6 },
      { kind: 'expected', model: 'mini', before, known, learnt01: 1, ratings: 2 },
      { kind: 'expected', model: 'large', before: large.before, stated01: 0.8, ratings: 0 },
    ]);
  });

  it('a model that the last request left out is told as of the last that did not', () => {
    const decisions = [
      { deploymentId: 'mini', candidates: [mini, large], belief },
      { deploymentId: 'mini', candidates: [mini], belief },
    ];
    const told = diagnose(pool(decisions)).beforehand;
    expect(told.map((finding) => (finding.kind === 'expected' ? finding.model : finding.kind))).toEqual([
      'belief',
      'mini',
      'large',
    ]);
  });

  it('where one model alone can be asked too', () => {
    const unavailable = new Map([['large', 'missing-key']] as const);
    const facts = pool([{ deploymentId: 'mini', candidates: [mini], belief }], { unavailable });
    expect(kinds(diagnose(facts).beforehand)).toEqual(['belief', 'expected']);
  });

  it('no figures came in: nothing is said of how far they hold', () => {
    const decisions = [{ deploymentId: 'large', candidates: [large], belief }];
    expect(kinds(diagnose(pool(decisions)).beforehand)).toEqual(['expected']);
  });

  it('decisions of earlier versions kept nothing', () => {
    expect(diagnose(pool(times(2, both))).beforehand).toEqual([]);
    expect(diagnose(pool([])).beforehand).toEqual([]);
  });
});
