import { describe, expect, it } from 'vitest';
import { describe as describeRequest } from '../../../src/core/features/feature-space';
import type { Learner } from '../../../src/core/learning/learner';
import type { Decision } from '../../../src/core/terms/decision';
import { attemptWith } from '../samples';
import { seededRandom } from '../seeded-random';
import { requestFor } from '../simulation';
import type { Policy } from './history';
import { armIds, decide, fold, historyOf, learnerOf, policies } from './history';

const draws = 100_000;
const prompt = 'Write a Python function that parses an HTTP header.';
/** More than is shipped, so that the contenders that don't lead are drawn often enough to be counted. */
const epsilon = 0.05;

describe.each(policies)('$name', { timeout: 60_000 }, (usual) => {
  const policy: Policy = { ...usual, settings: { ...usual.settings, epsilon } };

  it.each([
    ['before anything is known', 0],
    ['after a while', 120],
  ])('draws as often as it says, pulls in flight included, %s', (_, decisions) => {
    const learner = fold(learnerOf(policy), historyOf(policy, 2, decisions));
    // Two answers are under way: the probabilities are those with them counted.
    for (const number of [1, 2]) {
      const decision = decide(policy, learner, seededRandom(number), prompt);
      const entry = { kind: 'decision', decision: { ...decision, id: `flight-${String(number)}` } } as const;
      learner.apply({ ...entry, sequence: 1, atMs: 0 });
    }
    const inFlight = armIds.map((id) => learner.pool('default').arm(id).inFlight);
    expect(inFlight.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(2);
    expectFrequencies(policy, learner);
  });

  it('never draws an arm that is no contender, and says so', () => {
    const learner = fold(learnerOf(policy), historyOf(policy, 2));
    for (let number = 0; number < 400; number += 1) {
      const decision = decide(policy, learner, seededRandom(number), prompt, ['good', 'bad']);
      const id = `known-${String(number)}`;
      const { deploymentId } = decision;
      const thumb = deploymentId === 'good' ? 'up' : 'down';
      const observation = { decisionId: id, deploymentId, signal: { kind: 'rating', thumb } } as const;
      const entries = [
        { kind: 'decision', decision: { ...decision, id } },
        { kind: 'attempt', attempt: attemptWith({ decisionId: id, deploymentId }) },
        { kind: 'observation', observation },
      ] as const;
      for (const entry of entries) learner.apply({ ...entry, sequence: 1, atMs: 0 });
    }
    const random = seededRandom(4);
    const decisions = Array.from({ length: 1_000 }, () =>
      decide(policy, learner, random, prompt, ['good', 'bad']),
    );
    for (const { deploymentId, probability, candidates } of decisions) {
      expect(deploymentId).toBe('good');
      expect(probability).toBeCloseTo(1, 12);
      expect(candidates.find((candidate) => candidate.deploymentId === 'bad')?.probability).toBe(0);
    }
  });
});

/** Each arm's share of the draws is within four standard errors of its probability. */
function expectFrequencies(policy: Policy, learner: Learner): void {
  const random = seededRandom(6);
  const description = describeRequest(requestFor(prompt));
  const drawn = (): Decision => decide(policy, learner, random, prompt, armIds, description);
  const counts = new Map<string, number>();
  const first = drawn();
  const said = new Map(first.candidates.map((each) => [each.deploymentId, each.probability]));
  expect([...said.values()].reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12);
  for (let number = 0; number < draws; number += 1) {
    const { deploymentId, probability } = drawn();
    if (probability !== said.get(deploymentId)) throw new Error('The recorded probability is another one.');
    counts.set(deploymentId, (counts.get(deploymentId) ?? 0) + 1);
  }
  for (const [id, probability] of said) {
    const error = Math.sqrt((probability * (1 - probability)) / draws);
    expect(Math.abs((counts.get(id) ?? 0) / draws - probability)).toBeLessThanOrEqual(4 * error);
  }
}
