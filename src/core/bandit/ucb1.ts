import type { Arm, Estimate, PoolMoments } from './arm';
import { shrunkMean01, untriedBonus } from './arm';

/**
 * UCB1 without the prompt: each arm once, then
 *
 *     mean + c·σ·√(ln N / (n + 3))
 *
 * after Auer, Cesa-Bianchi and Fischer (2002), with the arm's shrunk mean and the measured spread σ, for which a
 * small c (`exploration`) is enough. n and N count the pulls in flight, so that choices made before any feedback spread out.
 */
export function ucb1(arm: Arm, moments: PoolMoments, exploration: number): Estimate {
  const quality01 = shrunkMean01(arm, moments);
  if (arm.pulls + arm.inFlight === 0) return { quality01, bonus: untriedBonus };
  const pulls = arm.evidence.weight + arm.inFlight;
  const bonus =
    exploration * moments.deviation * Math.sqrt(Math.log(Math.max(moments.pulls, 2)) / (pulls + 3));
  return { quality01, bonus };
}
