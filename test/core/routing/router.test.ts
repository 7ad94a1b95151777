import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresetName } from '../../../src/core/terms/preset';
import { presets } from '../../../src/core/terms/preset';
import type { RouteInput } from '../../../src/core/routing/router';
import { route } from '../../../src/core/routing/router';
import { utilityFor } from '../../../src/core/routing/utility';
import { decided, inputWith } from '../route-input';
import { attemptWith } from '../samples';
import { seededRandom } from '../seeded-random';
import type { Simulation } from '../simulation';
import { deploymentWith, poolWith, price, requestFor, simulation } from '../simulation';

const three = poolWith([deploymentWith('a'), deploymentWith('b'), deploymentWith('c')]);
const phases = [
  ['UCB1', 1_000],
  ['LinUCB', 0],
] as const;

function countsOf(choices: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const choice of choices) counts[choice] = (counts[choice] ?? 0) + 1;
  return counts;
}

/** Asks `times` times; `quality` is the share of thumbs up that a model gets. */
function teach(run: Simulation, times: number, quality: Readonly<Record<string, number>>): void {
  const random = seededRandom(99);
  for (let number = 0; number < times; number += 1) {
    const chosen = run.choose('Tell me about lighthouses.', three);
    run.finish(chosen, random() < (quality[chosen.decision.deploymentId] ?? 0) ? 'up' : 'down');
  }
}

describe('what can be chosen', () => {
  it('leaves out models without a key and with too small a window, and says so', () => {
    const small = deploymentWith('small', { contextWindowTokens: 500 });
    const keyless = deploymentWith('keyless');
    const fine = deploymentWith('fine', { contextWindowTokens: 100_000 });
    const request = requestFor('word '.repeat(4_000));
    const input = inputWith([small, keyless, fine], {
      request,
      unavailable: ({ id }) => (id === 'keyless' ? 'missing-key' : undefined),
    });
    const { decision, order } = decided(route(input));
    expect(decision.excluded).toEqual([
      { deploymentId: 'small', reason: 'context-too-small' },
      { deploymentId: 'keyless', reason: 'missing-key' },
    ]);
    expect(order).toEqual([fine]);
    expect(decision.probability).toBe(1);
  });

  it.each([
    // Prompt, what the caller limits the answer to, window: whether it fits.
    [6_999, undefined, 8_000, true],
    [7_001, undefined, 8_000, false],
    [6_000, 2_000, 8_000, true],
    [6_001, 2_000, 8_000, false],
    [7_990, 10, 8_000, true],
    [4_000, 64_000, 8_000, true],
    [4_001, 64_000, 8_000, false],
    [1_000, 64_000, 2_000, true],
    [1_001, 64_000, 2_000, false],
  ])(
    'counts the answer into the window: %i tokens, an answer of %s, a window of %i',
    (inputTokens, maxOutputTokens, contextWindowTokens, fits) => {
      const request = { ...requestFor('x'), options: { maxOutputTokens } };
      const input = inputWith([deploymentWith('only', { contextWindowTokens })], { request });
      const result = route({ ...input, description: { ...input.description, inputTokens } });
      expect(result.ok).toBe(fits);
    },
  );

  it('is nothing where no model is left', () => {
    expect(route(inputWith([deploymentWith('a')], { unavailable: () => 'missing-key' }))).toEqual({
      ok: false,
      excluded: [{ deploymentId: 'a', reason: 'missing-key' }],
    });
  });

  it('is not a model whose breaker is open, unless nothing else is left', () => {
    const open = deploymentWith('open');
    const small = deploymentWith('small', { contextWindowTokens: 10 });
    const unavailable: RouteInput['unavailable'] = ({ id }) =>
      id.startsWith('open') ? 'breaker-open' : undefined;
    const resting = { deploymentId: 'open', reason: 'breaker-open' };
    const others = decided(route(inputWith([open, deploymentWith('fine')], { unavailable })));
    expect(others.order.map(({ id }) => id)).toEqual(['fine']);
    expect(others.decision.excluded).toEqual([resting]);

    const openAndSmall = deploymentWith('open-small', { contextWindowTokens: 10 });
    const last = decided(route(inputWith([open, small, openAndSmall], { unavailable })));
    expect(last.order.map(({ id }) => id)).toEqual(['open']);
    expect(last.decision.excluded).toEqual([
      { deploymentId: 'small', reason: 'context-too-small' },
      { deploymentId: 'open-small', reason: 'breaker-open' },
    ]);
  });

  it('is one single model of unknown price, with certainty', () => {
    const { decision } = decided(route(inputWith([deploymentWith('only')])));
    expect(decision).toMatchObject({ deploymentId: 'only', probability: 1, explored: false });
    expect(decision.candidates[0]).toMatchObject({
      costUsd: undefined,
      latencyMs: undefined,
      probability: 1,
    });
    expect(Number.isFinite(decision.candidates[0]?.utility)).toBe(true);
  });
});

describe.each(phases)('in the phase of %s', (_, switchAfter) => {
  it('makes the same choices from the same seed', () => {
    const choices = (): readonly string[] => {
      const run = simulation(seededRandom(5), switchAfter);
      teach(run, 60, { a: 0.9, b: 0.5, c: 0.1 });
      return run.entries.flatMap((entry) => (entry.kind === 'decision' ? entry.decision.deploymentId : []));
    };
    expect(choices()).toEqual(choices());
  });

  it('spreads 50 choices that get no feedback', () => {
    const run = simulation(seededRandom(3), switchAfter);
    // One is a little better: without pulls in flight it would get them all, and no tie would be drawn.
    const quality = { a: 0.605, b: 0.6, c: 0.595 };
    const pool = poolWith(
      Object.entries(quality).map(([id, qualityPrior01]) => deploymentWith(id, { qualityPrior01 })),
    );
    const choices = Array.from({ length: 50 }, () => run.choose('hello', pool).decision.deploymentId);
    const counts = countsOf(choices);
    expect(Object.keys(counts)).toHaveLength(3);
    expect(Math.max(...Object.values(counts))).toBeLessThan(40);
    expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(3);
  });

  it('records the probabilities that it drew from', () => {
    const run = simulation(seededRandom(4), switchAfter);
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('up' as const, 'down' as const, undefined),
        (prompt, thumb) => {
          const chosen = run.choose(prompt, three);
          const { candidates, deploymentId, probability } = chosen.decision;
          expect(candidates.reduce((sum, candidate) => sum + candidate.probability, 0)).toBeCloseTo(1, 12);
          expect(candidates.find((candidate) => candidate.deploymentId === deploymentId)?.probability).toBe(
            probability,
          );
          expect(probability).toBeGreaterThan(0);
          expect(candidates.map(({ utility }) => utility)).toEqual(
            candidates.map(({ utility }) => utility).toSorted((x, y) => y - x),
          );
          run.finish(chosen, thumb);
        },
      ),
    );
  });

  it('finds the better model, and falls back to the next best', () => {
    const run = simulation(seededRandom(6), switchAfter);
    teach(run, 200, { a: 0.2, b: 0.95, c: 0.5 });
    const { order, decision } = run.choose('Tell me about lighthouses.', three);
    expect(order.map(({ id }) => id)).toContain('b');
    expect(decision.candidates[0]?.deploymentId).toBe('b');
    expect(order.slice(1).map(({ id }) => id)).toEqual(
      decision.candidates
        .map(({ deploymentId }) => deploymentId)
        .filter((id) => id !== decision.deploymentId),
    );
  });

  it('loses nothing where a model is added, removed and added again', () => {
    const run = simulation(seededRandom(7), switchAfter);
    teach(run, 120, { a: 0.9, b: 0.3, c: 0.3 });
    const known = run.choose('hello', three).decision.candidates;
    const four = poolWith([...three.deployments, deploymentWith('new')]);
    const withNew = run.choose('hello', four).decision;
    expect(withNew.poolSequence).toBe(122);
    const without = run.choose('hello', poolWith([deploymentWith('b'), deploymentWith('c')])).decision;
    expect(without.candidates.map(({ deploymentId }) => deploymentId).sort()).toEqual(['b', 'c']);
    const again = run.choose('hello', three).decision.candidates;
    for (const { deploymentId, quality01 } of known) {
      const later = again.find((candidate) => candidate.deploymentId === deploymentId);
      expect(later?.quality01).toBeCloseTo(quality01, 9);
    }
  });
});

describe('a model that joins later', () => {
  /** How often a model that joins after 300 requests is asked in the next 300. */
  function triesOf(quality: number): number {
    const run = simulation(seededRandom(12), 20);
    teach(run, 300, { a: 0.9, b: 0.5, c: 0.1 });
    const four = poolWith([...three.deployments, deploymentWith('new')]);
    const random = seededRandom(98);
    const known: Readonly<Record<string, number>> = { a: 0.9, b: 0.5, c: 0.1, new: quality };
    return Array.from({ length: 300 }, () => {
      const chosen = run.choose('Tell me about lighthouses.', four);
      const { deploymentId } = chosen.decision;
      run.finish(chosen, random() < (known[deploymentId] ?? 0) ? 'up' : 'down');
      return deploymentId;
    }).filter((id) => id === 'new').length;
  }

  it('is tried a few times where it is bad, and adopted where it is good', () => {
    expect(triesOf(0)).toBeGreaterThanOrEqual(2);
    expect(triesOf(0)).toBeLessThanOrEqual(40);
    expect(triesOf(1)).toBeGreaterThan(100);
  });
});

describe('the phases', () => {
  it('try every model once first, even where its answers were stopped', () => {
    const run = simulation(seededRandom(8));
    const first = Array.from({ length: 3 }, () => {
      const { decision } = run.choose('hello', three);
      const { id: decisionId, deploymentId } = decision;
      run.record({ kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId, outcome: 'stopped' }) });
      return deploymentId;
    });
    expect(first.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('switch after as many decisions as asked for', () => {
    const run = simulation(seededRandom(9), 3);
    const phasesSeen = Array.from({ length: 5 }, () => run.choose('hello', three).decision.phase);
    expect(phasesSeen).toEqual(['ucb1', 'ucb1', 'ucb1', 'lin-ucb', 'lin-ucb']);
  });
});

describe('cost and time', () => {
  const cheap = deploymentWith('cheap', { price: price(1e-7), qualityPrior01: 0.6 });
  const dear = deploymentWith('dear', { price: price(1e-4), qualityPrior01: 0.9 });

  it.each<readonly [PresetName, string]>([
    ['quality', 'dear'],
    ['cost', 'cheap'],
  ])('weigh in at once by the preset %s', (preset, expected) => {
    const input = inputWith([cheap, dear], { preset, utility: utilityFor(presets[preset]), switchAfter: 0 });
    expect(decided(route(input)).decision.candidates[0]?.deploymentId).toBe(expected);
  });

  it('of a model with an unknown price count as nothing until it was asked, then as the median, and are marked', () => {
    const unknown = deploymentWith('unknown', { qualityPrior01: 0.6 });
    const dearer = deploymentWith('dearer', { price: price(1e-3), qualityPrior01: 0.6 });
    const run = simulation(seededRandom(12), 0);
    const pool = poolWith([unknown, cheap, dearer]);
    const first = run.choose('hello', pool);
    expect(first.decision.candidates.map(({ deploymentId }) => deploymentId)).toEqual([
      'unknown',
      'cheap',
      'dearer',
    ]);
    expect(first.decision.candidates.map(({ costUsd }) => costUsd === undefined)).toEqual([
      true,
      false,
      false,
    ]);
    const { candidates } = run.choose('hello', pool).decision;
    expect(candidates.map(({ deploymentId }) => deploymentId)).toEqual(['cheap', 'unknown', 'dearer']);
  });

  it('make a dear model win no tie of quality', () => {
    const run = simulation(seededRandom(10), 0);
    const pool = poolWith([cheap, { ...dear, qualityPrior01: 0.6 }]);
    const choices = Array.from({ length: 100 }, () => {
      const chosen = run.choose('hello', pool);
      run.finish(chosen, 'up');
      return chosen.decision.deploymentId;
    });
    expect(countsOf(choices)['cheap']).toBeGreaterThan(90);
  });
});
