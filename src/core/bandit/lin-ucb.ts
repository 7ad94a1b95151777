import type { Arm, PoolMoments } from './arm';
import { centreOf, momentsOf, untriedBonus } from './arm';
import type { Estimate } from './policy';
import type { Residuals } from './residuals';
import { residualDeviation } from './residuals';
import type { PolicySettings } from './settings';
import { at, multiply } from './symmetric-matrix';
import type { UcbRule } from './ucb-policy';
import { ucbPolicies } from './ucb-policy';

/** What LinUCB knows beside the arm's own evidence. */
interface Context {
  readonly moments: PoolMoments;
  /** α·σ: width of the bonus, in units of quality. */
  readonly width: number;
  /** What all arms share, by feature: an arm's own weights are shrunk towards it. */
  readonly shared: Float64Array;
  /** Room for as many numbers as there are features. */
  readonly scratch: Float64Array;
}

/**
 * Disjoint LinUCB (Li, Chu, Langford and Schapire, 2010) on centred quality, with a bias feature, whose weights are
 * shrunk towards those that all arms share, φ, instead of towards 0:
 *
 *     θ = A⁻¹(b − m·s + R·φ)      m + θᵀx + α·σ·√(xᵀA⁻¹x)
 *
 * m is the arm's prior or the pool's mean. The ridge R is weak on the bias and strong on the other features, so an
 * arm with few outcomes is predicted by its mean, and the prompt counts as evidence for it arrives.
 *
 * k pulls in flight count as k outcomes at this same x: their variance is v/(1 + k·v).
 */
export const linUcb: UcbRule = (arms, x, _phase, { shared, residuals }, settings) => {
  const moments = momentsOf(arms, settings.priorWeight);
  const context = {
    moments,
    width: settings.exploration * spreadOf(moments, residuals, settings),
    shared: shared?.weights(moments.mean01) ?? new Float64Array(x.length),
    scratch: new Float64Array(x.length),
  };
  return arms.map((arm) => estimateOf(arm, x, context));
};

/** What the features explain needs no exploration: the bonus goes by what is left. */
function spreadOf(moments: PoolMoments, residuals: Residuals, { adaptive }: PolicySettings): number {
  if (!adaptive) return moments.deviation;
  return Math.min(moments.deviation, residualDeviation(residuals, moments.deviation));
}

function estimateOf(arm: Arm, x: Float64Array, context: Context): Estimate {
  const { evidence, inFlight } = arm;
  const { shared, scratch } = context;
  const { inverse, ridge, b, s } = evidence;
  const centre = centreOf(arm, context.moments);
  multiply(inverse, x, scratch);
  let quadratic = 0;
  let prediction = centre;
  for (let index = 0; index < x.length; index += 1) {
    const weight = at(scratch, index);
    quadratic += weight * at(x, index);
    prediction += weight * (at(b, index) - centre * at(s, index) + at(ridge, index) * at(shared, index));
  }
  const variance = Math.max(0, quadratic);
  const bonus = context.width * Math.sqrt(variance / (1 + inFlight * variance));
  const untried = arm.pulls + inFlight === 0;
  return { quality01: Math.min(1, Math.max(0, prediction)), bonus: untried ? untriedBonus : bonus };
}

export const createLinUcb = ucbPolicies('lin-ucb', linUcb);
