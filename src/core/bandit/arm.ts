import type { ArmEvidence } from './arm-evidence';
import type { KnownMean, Option, PoolMeans } from './policy';

/** One arm at the moment of choice, with what its outcomes have shown. */
export interface Arm extends Pick<Option, 'inFlight' | 'prior'> {
  readonly evidence: ArmEvidence;
}

/** What each arm's outcomes say of its mean, whatever their prompts were. */
export function knownMeansOf(arms: readonly Pick<Arm, 'evidence' | 'prior'>[]): readonly KnownMean[] {
  return arms.map(({ prior, evidence: { weight, weightedQuality } }) => {
    return { prior, outcomes: weight, mean01: weight > 0 ? weightedQuality / weight : 0 };
  });
}

/** A pool as another one may hear of it. */
export function poolMeansOf(arms: readonly Arm[], priorWeight: number): PoolMeans {
  const { mean01, deviation } = momentsOf(arms, priorWeight);
  return { arms: knownMeansOf(arms), deviation, mean01 };
}

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
  return { mean01, deviation: Math.sqrt(variance), pulls: weight + inFlight };
}
