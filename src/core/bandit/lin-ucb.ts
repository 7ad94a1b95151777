import type { Arm, PoolMoments } from './arm';
import { momentsOf } from './arm';
import type { PoolBelief } from './belief';
import { clamped01, poolBelief } from './belief';
import type { Estimate, KnownMean } from './policy';
import type { Residuals } from './residuals';
import { residualDeviation } from './residuals';
import type { PolicySettings } from './settings';
import { at, multiply } from './symmetric-matrix';
import type { UcbRule } from './ucb-policy';
import { ucbPolicies } from './ucb-policy';

/**
 * Disjoint LinUCB (Li, Chu, Langford and Schapire, 2010) with a bias feature, whose weights are shrunk towards those
 * that all arms share, φ, and the bias towards what is believed of the arm's mean, m:
 *
 *     θ = A⁻¹(b + R·φ + r·m·e)      θᵀx + α·σ·√(xᵀA⁻¹x)
 *
 * e is the bias's unit vector and r its ridge. The ridge R is weak on the bias and strong on the other features, so an
 * arm with few outcomes is predicted by its mean, and the prompt counts as evidence for it arrives. m and r are those
 * of several hypotheses (belief.ts), over which the prediction is averaged.
 *
 * k pulls in flight count as k outcomes at this same x: their variance is v/(1 + k·v).
 */
export const linUcb: UcbRule = (arms, { x, others }, { shared, residuals, bias }, settings) => {
  const moments = momentsOf(arms, settings.priorWeight);
  const deviation = spreadOf(moments, residuals, settings);
  const weights = shared?.weights(moments.mean01) ?? new Float64Array(x.length);
  weights[bias] = 0;
  const scratch = new Float64Array(x.length);
  const views = arms.map((arm) => viewOf(arm, x, weights, bias, scratch));
  const means = { ...moments, arms: views.map(meanOf) };
  const belief = poolBelief(means, settings.belief, others);
  const width = settings.exploration * deviation;
  return { belief, estimates: views.map((view, arm) => estimateOf(view, arm, belief, width)) };
};

/** What the features explain needs no exploration: the bonus goes by what is left. */
function spreadOf(moments: PoolMoments, residuals: Residuals, { adaptive }: PolicySettings): number {
  if (!adaptive) return moments.deviation;
  return Math.min(moments.deviation, residualDeviation(residuals, moments.deviation));
}

/** An arm's regression seen from a prompt x, with its mean shrunk towards 0 by the ridge r. */
interface View extends Pick<Arm, 'prior' | 'inFlight'> {
  /** r. */
  readonly ridge: number;
  /** xᵀA⁻¹(b + R·φ). */
  readonly prediction: number;
  /** xᵀA⁻¹x. */
  readonly variance: number;
  /** xᵀA⁻¹e. */
  readonly share: number;
  /** eᵀA⁻¹(b + R·φ): the mean. */
  readonly mean: number;
  /** eᵀA⁻¹e. */
  readonly meanVariance: number;
}

function viewOf(
  { evidence: { inverse, ridge, b }, prior, inFlight }: Arm,
  x: Float64Array,
  shared: Float64Array,
  bias: number,
  scratch: Float64Array,
): View {
  multiply(inverse, x, scratch);
  const row = bias * x.length;
  let variance = 0;
  let prediction = 0;
  let mean = 0;
  for (let index = 0; index < x.length; index += 1) {
    const weight = at(scratch, index);
    const target = at(b, index) + at(ridge, index) * at(shared, index);
    variance += weight * at(x, index);
    prediction += weight * target;
    mean += at(inverse, row + index) * target;
  }
  return {
    prior,
    inFlight,
    ridge: at(ridge, bias),
    prediction,
    variance: Math.max(0, variance),
    share: at(scratch, bias),
    mean,
    meanVariance: at(inverse, row + bias),
  };
}

/** The arm's mean by its outcomes alone, what its prompts were like taken into account. */
function meanOf({ prior, ridge, mean, meanVariance }: View): KnownMean {
  const outcomes = Math.max(0, 1 / meanVariance - ridge);
  return { prior, outcomes, mean01: outcomes > 1e-9 ? mean / (meanVariance * outcomes) : 0 };
}

/** `width` is α·σ. What is believed of the mean takes the place of the bias's ridge in A, a change of rank one. */
function estimateOf(view: View, arm: number, belief: PoolBelief, width: number): Estimate {
  const { ridge, prediction, variance, share, mean, meanVariance, inFlight } = view;
  const expected = belief.expected(arm, (mean01, weight, into) => {
    const scale = 1 + (weight - ridge) * meanVariance;
    const change = (weight - ridge) / scale;
    into.quality = prediction - change * share * mean + (weight * mean01 * share) / scale;
    into.variance = variance - change * share * share;
  });
  const left = Math.max(0, expected.variance);
  const bonus = width * Math.sqrt(left / (1 + inFlight * left));
  return { quality01: clamped01(expected.quality), bonus, before: belief.before(arm) };
}

export const createLinUcb = ucbPolicies('lin-ucb', linUcb);
