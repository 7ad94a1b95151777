import type { Arm, PoolMoments } from './arm';
import { momentsOf, shrunkMean01, untriedBonus } from './arm';
import type { Estimate } from './policy';
import type { UcbRule } from './ucb-policy';
import { ucbPolicies } from './ucb-policy';

/**
 * UCB1 without the prompt: each arm once, then
 *
 *     mean + c·σ·√(ln N / (n + 3))
 *
 * after Auer, Cesa-Bianchi and Fischer (2002), with the arm's shrunk mean and the measured spread σ, for which a
 * small c (`ucb1Exploration`) is enough. n and N count the pulls in flight, so that choices made before any feedback
 * spread out.
 */
export const ucb1: UcbRule = (arms, _x, _phase, _evidence, { priorWeight, ucb1Exploration }) => {
  const moments = momentsOf(arms, priorWeight);
  return arms.map((arm) => estimateOf(arm, moments, ucb1Exploration));
};

function estimateOf(arm: Arm, moments: PoolMoments, exploration: number): Estimate {
  const quality01 = shrunkMean01(arm, moments);
  if (arm.pulls + arm.inFlight === 0) return { quality01, bonus: untriedBonus };
  const pulls = arm.evidence.weight + arm.inFlight;
  const bonus =
    exploration * moments.deviation * Math.sqrt(Math.log(Math.max(moments.pulls, 2)) / (pulls + 3));
  return { quality01, bonus };
}

export const createUcb1 = ucbPolicies('ucb1', ucb1);
