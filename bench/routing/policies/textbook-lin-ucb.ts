import type { Estimate, Policy } from '../../../src/core/bandit/policy';
import { addToInverse, at, multiply } from '../../../src/core/bandit/symmetric-matrix';
import type { Kind } from './per-arm-policy';
import { perArmPolicy } from './per-arm-policy';

/** One arm of a plain LinUCB: A⁻¹ and b, the identity and zeros while nothing is known. */
export type LinearArm = Readonly<Record<'inverse' | 'b', Float64Array>>;

/**
 * LinUCB with disjoint models as printed (Li, Chu, Langford and Schapire, 2010, algorithm 1): A starts as the
 * identity, no bias, no centring, no shrinkage towards a mean. The benchmark compares Conduit's policy to it.
 *
 *     θ = A⁻¹b      score = θᵀx + α·√(xᵀA⁻¹x)
 *
 * `alpha` is the width of the bonus; the paper's experiments, and most ports of it, start from 1.
 */
export function createTextbookLinUcb(size: number, alpha = 1, saved?: string): Policy {
  return perArmPolicy(linearKind(`linucb-textbook(α=${String(alpha)})`, size, alpha), saved);
}

/** Learning by ridge regression, an arm for itself, with a bonus of `alpha` standard deviations. */
export function linearKind(name: string, size: number, alpha: number): Kind<LinearArm> {
  const scratch = new Float64Array(size);
  return {
    name,
    size,
    fresh: () => freshArm(size),
    take: ({ inverse, b }, x, { quality, weight }) => {
      addToInverse(inverse, x, weight, scratch);
      for (let index = 0; index < size; index += 1) b[index] = at(b, index) + weight * quality * at(x, index);
    },
    estimate: (states, x) => states.map((state) => linearEstimate(state, x, alpha, scratch)),
  };
}

/** θᵀx, and α·√(xᵀA⁻¹x). `scratch` has as many numbers as x. */
export function linearEstimate(
  { inverse, b }: LinearArm,
  x: Float64Array,
  alpha: number,
  scratch: Float64Array,
): Estimate {
  multiply(inverse, x, scratch);
  let mean = 0;
  let variance = 0;
  for (let index = 0; index < x.length; index += 1) {
    mean += at(scratch, index) * at(b, index);
    variance += at(scratch, index) * at(x, index);
  }
  return { quality01: mean, bonus: alpha * Math.sqrt(Math.max(0, variance)) };
}

export function freshArm(size: number): LinearArm {
  const inverse = new Float64Array(size * size);
  for (let index = 0; index < size; index += 1) inverse[index * size + index] = 1;
  return { inverse, b: new Float64Array(size) };
}
