import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Candidate, Decision } from '../../src/core/terms/decision';
import { presets } from '../../src/core/terms/preset';
import { valueOfVerdict } from '../../src/judge/value-of-verdict';
import { decisionWith } from '../core/samples';
import { seededRandom } from '../core/seeded-random';

function candidate(deploymentId: string, change: Partial<Candidate> = {}): Candidate {
  const { quality01 = 0.7, bonus = 0.1 } = change;
  return {
    deploymentId,
    quality01,
    bonus,
    before: { quality01: 0.7, weight: 5 },
    outcomes: 20,
    costUsd: 0.001,
    latencyMs: 1_000,
    probability: 0.5,
    ...change,
    utility: change.utility ?? presets.balanced.quality * (quality01 + bonus),
  };
}

const decision = (...candidates: readonly Candidate[]): Decision => decisionWith({ candidates });

test('is the expected gain of knowing the model’s quality exactly, as drawing from what is known says', () => {
  const own = candidate('a', { quality01: 0.72, outcomes: 15 });
  const value = valueOfVerdict(decision(own, candidate('b', { quality01: 0.68 })), 'a');
  const random = seededRandom(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const spread = Math.sqrt((0.72 * 0.28) / 21);
  const draws = 400_000;
  let gained = 0;
  // With the quality known, the better of the two is taken; without, always a.
  for (let index = 0; index < draws; index += 1) gained += Math.max(0, 0.68 - (0.72 + spread * normal()));
  expect(value).toBeCloseTo(gained / draws, 3);
});

test('is more where the model is less known, and where the next one is nearer', () => {
  const rival = candidate('b', { quality01: 0.65 });
  const of = (change: Partial<Candidate>): number =>
    valueOfVerdict(decision(candidate('a', change), rival), 'a');
  expect(of({ outcomes: 2 })).toBeGreaterThan(of({ outcomes: 20 }));
  expect(of({ outcomes: 20 })).toBeGreaterThan(of({ outcomes: 500 }));
  expect(of({ quality01: 0.66 })).toBeGreaterThan(of({ quality01: 0.75 }));
  // Behind is as near as ahead.
  expect(of({ quality01: 0.64 })).toBeGreaterThan(of({ quality01: 0.5 }));
});

test('counts what cost and time decide, and no bonus for exploring', () => {
  const rival = candidate('b', { quality01: 0.7 });
  const dear = candidate('a', { quality01: 0.7, utility: presets.balanced.quality * 0.8 - 0.2 });
  const alike = candidate('a', { quality01: 0.7 });
  expect(valueOfVerdict(decision(dear, rival), 'a')).toBeLessThan(
    valueOfVerdict(decision(alike, rival), 'a'),
  );
  const explored = candidate('a', { quality01: 0.7, bonus: 0.4 });
  expect(valueOfVerdict(decision(explored, rival), 'a')).toBeCloseTo(
    valueOfVerdict(decision(alike, rival), 'a'),
    9,
  );
});

test('is nothing where there is no choice, or the model wasn’t a part of it', () => {
  expect(valueOfVerdict(decision(candidate('a')), 'a')).toBe(0);
  expect(valueOfVerdict(decision(candidate('a'), candidate('b')), 'c')).toBe(0);
});

test('is a finite number for any decision that was ever recorded', () => {
  const any = fc.double({ min: -2, max: 2, noNaN: true });
  const some = fc.record({
    deploymentId: fc.constantFrom('a', 'b', 'c'),
    quality01: fc.double({ min: 0, max: 1, noNaN: true }),
    bonus: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(1_000)),
    before: fc.option(fc.record({ quality01: any, weight: fc.double({ min: 0, max: 100, noNaN: true }) }), {
      nil: undefined,
    }),
    outcomes: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
    costUsd: fc.constant(undefined),
    latencyMs: fc.constant(undefined),
    utility: any,
    probability: fc.constant(0.5),
  });
  fc.assert(
    fc.property(fc.array(some), fc.string(), (candidates, preset) => {
      const value = valueOfVerdict(decisionWith({ candidates, preset }), 'a');
      expect(Number.isFinite(value) && value >= 0).toBe(true);
    }),
  );
});
