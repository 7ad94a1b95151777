import type { ArmEvidence } from './arm-evidence';
import type { Option } from './policy';

/** One arm at the moment of choice, with what its outcomes have shown. */
export interface Arm extends Pick<Option, 'pulls' | 'inFlight' | 'prior01'> {
  readonly evidence: ArmEvidence;
}

/** Bonus of an arm that must be tried first: above any utility, and finite, for the ledger keeps it. */
export const untriedBonus = 10;

/** Mean quality where nothing is known at all: most answers of most models are fine. */
const usualQuality01 = 0.6;
/** Spread of quality where nothing is known; thumbs are all or nothing, so it is wide. */
const usualDeviation = 0.4;

/** What all arms of a pool have shown together. */
export interface PoolMoments {
  /** Mean quality, 0..1, shrunk towards the usual one. */
  readonly mean01: number;
  /** Standard deviation of quality, > 0. */
  readonly deviation: number;
  /** Σ w over the arms, plus the pulls in flight. */
  readonly pulls: number;
  readonly priorWeight: number;
}

export function momentsOf(arms: readonly Arm[], priorWeight: number): PoolMoments {
  let weight = 0;
  let quality = 0;
  let squares = 0;
  let inFlight = 0;
  for (const { evidence, inFlight: pending } of arms) {
    weight += evidence.weight;
    quality += evidence.weightedQuality;
    squares += evidence.weightedSquares;
    inFlight += pending;
  }
  const mean01 = (quality + priorWeight * usualQuality01) / (weight + priorWeight);
  const ownVariance = Math.max(0, squares - 2 * mean01 * quality + mean01 * mean01 * weight);
  const variance = (ownVariance + priorWeight * usualDeviation ** 2) / (weight + priorWeight);
  return { mean01, deviation: Math.sqrt(variance), pulls: weight + inFlight, priorWeight };
}

/** The arm's own prior, else the pool's mean: what its estimates are shrunk towards. */
export function centreOf(arm: Arm, moments: PoolMoments): number {
  return arm.prior01 ?? moments.mean01;
}

/** The arm's mean, shrunk towards its centre by `priorWeight` outcomes. */
export function shrunkMean01(arm: Arm, moments: PoolMoments): number {
  const { weight, weightedQuality } = arm.evidence;
  return (weightedQuality + moments.priorWeight * centreOf(arm, moments)) / (weight + moments.priorWeight);
}
