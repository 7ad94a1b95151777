import type { Estimate, Option, Policy } from '../../../src/core/bandit/policy';
import type { Contestant } from './contestant';
import { padded } from './lin-ucb';
import { perArmPolicy } from './per-arm-policy';
import { rewardedPolicy } from './rewarded-policy';
import { linearKind } from './textbook-lin-ucb';

/**
 * Linear Thompson sampling (Agrawal and Goyal, 2013): each arm's worth for a prompt is drawn from its posterior,
 *
 *     N(θᵀx, v²·xᵀA⁻¹x)      A and b as in LinUCB
 *
 * and the best draw wins. The arms are independent, so it is enough to draw each arm's worth instead of its θ; and the
 * probability that an arm's draw is the best is an integral over its own density. The choice is drawn from those
 * probabilities, so that what is recorded is what was drawn from.
 */
export function createThompson(size: number, v: number, saved?: string): Policy {
  const kind = linearKind(`thompson(v=${String(v)})`, size, v);
  return perArmPolicy(
    {
      ...kind,
      probabilities: (estimates, options) => shareOfBestDraws(normalsOf(estimates, options)),
    },
    saved,
  );
}

interface Normal {
  readonly mean: number;
  /** > 0. */
  readonly deviation: number;
}

/** A worth that is linear in quality around what is expected: exact for the benchmark's. */
function normalsOf(estimates: readonly Estimate[], options: readonly Option[]): readonly Normal[] {
  return estimates.map(({ quality01, bonus }, index) => {
    const worth = options[index]?.worth ?? Number;
    const mean = worth(quality01);
    return { mean, deviation: Math.max(1e-9, worth(quality01 + bonus) - mean) };
  });
}

/** Points of the integral, evenly over ±6 standard deviations. Next to a much narrower arm they are a few thousandths off. */
const points = 241;
const reach = 6;

/** P(draw i is the largest) = ∫ φᵢ(z) · Πⱼ Φⱼ(z) dz, for independent normals; the results sum to 1. */
function shareOfBestDraws(normals: readonly Normal[]): readonly number[] {
  const shares = normals.map(({ mean, deviation }, own) => {
    let sum = 0;
    for (let point = 0; point < points; point += 1) {
      const z = -reach + (2 * reach * point) / (points - 1);
      const value = mean + z * deviation;
      let density = Math.exp(-0.5 * z * z);
      for (const [other, { mean: otherMean, deviation: otherDeviation }] of normals.entries())
        if (other !== own) density *= cumulative((value - otherMean) / otherDeviation);
      sum += density;
    }
    return sum;
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** Φ(z), to 7.5e-8: Abramowitz and Stegun, 26.2.17. */
function cumulative(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z >= 0 ? 1 - tail : tail;
}

/** In the features that Conduit has, as `linucb-same-space`. */
export function thompson(v: number): Contestant {
  return rewardedPolicy(`thompson(v=${String(v)})`, ({ features }) => {
    const size = features.space.ridge.length;
    return {
      policy: createThompson(size, v),
      vectorOf: ({ prompt }) => padded(prompt.description.features, size),
    };
  });
}

/** The widths that `thompson-tuned` is the best of. */
export const thompsonGrid: readonly number[] = [0.1, 0.25, 0.5];
