import { expect } from 'vitest';
import type { ArmState, Learner } from '../../../src/core/learning/learner';
import { seededRandom } from '../seeded-random';
import type { Policy } from './history';
import { armIds, decide } from './history';

const prompts = [
  'Write a Rust function that parses a date range.',
  'Write a warm letter to my landlord about the first snow.',
  'What should I say to a new customer about a delayed delivery?',
  'hello',
];

/** What is learnt of one arm's quality. */
export function evidenceNumbers({ quality }: ArmState): readonly number[] {
  const { weight, weightedQuality, weightedSquares, b, s, sums, inverse } = quality;
  return [weight, weightedQuality, weightedSquares, ...b, ...s, ...sums, ...inverse];
}

function armNumbers(state: ArmState): readonly number[] {
  const { pulls, inFlight, costs, answers, latencyMs, change } = state;
  const sizes = [costs, answers].flatMap(({ all, logDeviation }) => [
    ...Object.values<number>({ ...all }),
    logDeviation,
  ]);
  return [
    ...evidenceNumbers(state),
    ...[pulls, inFlight, latencyMs.count, latencyMs.mean, ...sizes],
    change?.recentFrom ?? -1,
    change?.oldScale ?? -1,
  ];
}

/** What the policy expects of each arm, for a few prompts. */
export function predictions(policy: Policy, learner: Learner, arms = armIds): readonly number[] {
  return prompts.flatMap((prompt) => {
    const { candidates } = decide(policy, learner, seededRandom(1), prompt, arms);
    return arms.flatMap((arm) => {
      const found = candidates.find(({ deploymentId }) => deploymentId === arm);
      return [found?.quality01, found?.bonus, found?.utility, found?.probability].map(
        (value) => value ?? Number.NaN,
      );
    });
  });
}

/** Everything that a pool knows, as numbers. */
export function stateNumbers(policy: Policy, learner: Learner): readonly number[] {
  const pool = learner.pool('default');
  return [
    pool.decisions,
    pool.policy.evidence.residuals.weight,
    pool.policy.evidence.residuals.squares,
    ...(pool.policy.evidence.shared?.weights(0.6) ?? []),
    ...armIds.flatMap((id) => armNumbers(pool.arm(id))),
    ...predictions(policy, learner),
  ];
}

/** No number differs by more than `tolerance`. */
export function expectClose(a: readonly number[], b: readonly number[], tolerance = 1e-9): void {
  expect(a).toHaveLength(b.length);
  const apart = a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN)));
  // Infinity for NaN, so that a number that is none doesn't pass.
  expect(Math.max(...apart.map((value) => (value >= 0 ? value : Number.POSITIVE_INFINITY)))).toBeLessThan(
    tolerance,
  );
}
