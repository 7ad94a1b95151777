import { addToInverse, at, multiply } from './symmetric-matrix';

/**
 * LinUCB with disjoint models as printed (Li, Chu, Langford and Schapire, 2010, algorithm 1): A starts as the
 * identity, no bias, no centring, no shrinkage towards a mean. The benchmark compares Conduit's policy to it.
 *
 *     θ = A⁻¹b      score = θᵀx + α·√(xᵀA⁻¹x)
 */
export interface TextbookLinUcb {
  /** Upper confidence bound of each arm for a prompt of `size` features. */
  scores(x: Float64Array): readonly number[];
  /** Takes in the reward, 0..1, of arm number `arm`. Throws a RangeError where there is no such arm. */
  learn(arm: number, x: Float64Array, reward01: number): void;
}

/** One arm of a plain LinUCB. */
export interface TextbookArm {
  /** A⁻¹. */
  readonly inverse: Float64Array;
  readonly b: Float64Array;
}

/** `alpha` is the width of the bonus; the paper's experiments, and most ports of it, start from 1. */
export function createTextbookLinUcb(arms: number, size: number, alpha = 1): TextbookLinUcb {
  const states = Array.from({ length: arms }, () => freshArm(size));
  const scratch = new Float64Array(size);

  return {
    scores: (x) => states.map((state) => upperBound(state, x, alpha, scratch)),
    learn: (arm, x, reward01) => {
      const state = states[arm];
      if (state === undefined) throw new RangeError(`There is no arm ${String(arm)} among ${String(arms)}.`);
      addToInverse(state.inverse, x, 1, scratch);
      for (let index = 0; index < size; index += 1) {
        state.b[index] = at(state.b, index) + reward01 * at(x, index);
      }
    },
  };
}

/** θᵀx + α·√(xᵀA⁻¹x). `scratch` has as many numbers as x. */
export function upperBound(
  { inverse, b }: TextbookArm,
  x: Float64Array,
  alpha: number,
  scratch: Float64Array,
): number {
  multiply(inverse, x, scratch);
  let mean = 0;
  let variance = 0;
  for (let index = 0; index < x.length; index += 1) {
    mean += at(scratch, index) * at(b, index);
    variance += at(scratch, index) * at(x, index);
  }
  return mean + alpha * Math.sqrt(Math.max(0, variance));
}

export function freshArm(size: number): TextbookArm {
  const inverse = new Float64Array(size * size);
  for (let index = 0; index < size; index += 1) inverse[index * size + index] = 1;
  return { inverse, b: new Float64Array(size) };
}
