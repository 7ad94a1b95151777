import type { Arm, Estimate, PoolMoments } from './arm';
import { centreOf } from './arm';
import { at, forms } from './symmetric-matrix';

/** Width of the bonus, in standard deviations of quality. */
const exploration = 0.5;

/**
 * Disjoint LinUCB (Li, Chu, Langford and Schapire, 2010) on centred quality, with a bias feature:
 *
 *     θ = A⁻¹(b − m·s)      m + θᵀx + α·σ·√(xᵀA⁻¹x)
 *
 * m is the arm's prior or the pool's mean. The ridge is weak on the bias and strong on the other features, so an
 * arm with few outcomes is predicted by its mean, and the prompt counts as evidence for it arrives.
 *
 * k pulls in flight count as k outcomes at this same x: their variance is v/(1 + k·v).
 */
export function linUcb(arm: Arm, x: Float64Array, moments: PoolMoments): Estimate {
  const { evidence, inFlight } = arm;
  const centre = centreOf(arm, moments);
  const size = x.length;
  const centred = new Float64Array(size);
  for (let index = 0; index < size; index += 1) {
    centred[index] = at(evidence.b, index) - centre * at(evidence.s, index);
  }
  const { quadratic, bilinear } = forms(evidence.inverse, x, centred);
  const prediction = centre + bilinear;
  const variance = Math.max(0, quadratic);
  const bonus = exploration * moments.deviation * Math.sqrt(variance / (1 + inFlight * variance));
  return { quality01: Math.min(1, Math.max(0, prediction)), bonus };
}
