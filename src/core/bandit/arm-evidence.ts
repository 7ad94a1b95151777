import { addOuterProduct, addToInverse, at, inverseOf } from './symmetric-matrix';

/** Updates between two exact rebuilds of A⁻¹: rounding stays below 1e-10 for as long. */
const updatesBetweenRebuilds = 512;

/**
 * What one arm's outcomes say of its quality: the sufficient statistics of a ridge regression of quality q on the
 * features x, with weight w ≤ 1 for each pull.
 *
 *     A = R + Σ w·x·xᵀ      b = Σ w·q·x      s = Σ w·x
 *
 * R is the diagonal ridge, and is never decayed. q is centred when it is used, b − m·s, so that the pool's mean m
 * can move without touching what was stored.
 */
export interface ArmEvidence {
  /** Σ w: how many full-weight outcomes there were. */
  readonly weight: number;
  /** Σ w·q. */
  readonly weightedQuality: number;
  /** Σ w·q². */
  readonly weightedSquares: number;
  readonly inverse: Float64Array;
  readonly b: Float64Array;
  readonly s: Float64Array;
  /** Adds an outcome with quality 0..1 and weight 0..1; a negative weight takes the same outcome back. */
  add(x: readonly number[], quality01: number, weight: number): void;
}

/** An arm that nothing is known of. `ridge` has one positive number for each feature. */
export function createArmEvidence(ridge: readonly number[]): ArmEvidence {
  const size = ridge.length;
  const sums = new Float64Array(size * size);
  let inverse = inverseOf(withRidge(sums, ridge), size);
  const b = new Float64Array(size);
  const s = new Float64Array(size);
  const scratch = new Float64Array(size);
  let updates = 0;
  let weightSum = 0;
  let weightedQuality = 0;
  let weightedSquares = 0;

  return {
    get weight() {
      return weightSum;
    },
    get weightedQuality() {
      return weightedQuality;
    },
    get weightedSquares() {
      return weightedSquares;
    },
    get inverse() {
      return inverse;
    },
    b,
    s,
    add: (x, quality01, weight) => {
      if (x.length !== size) {
        throw new RangeError(`The arm has ${String(size)} features, the outcome ${String(x.length)}.`);
      }
      addOuterProduct(sums, x, weight);
      for (let index = 0; index < size; index += 1) {
        const weighted = weight * at(x, index);
        b[index] = at(b, index) + quality01 * weighted;
        s[index] = at(s, index) + weighted;
      }
      weightSum += weight;
      weightedQuality += weight * quality01;
      weightedSquares += weight * quality01 * quality01;
      updates += 1;
      const exact = weight < 0 || updates % updatesBetweenRebuilds === 0;
      if (exact || !addToInverse(inverse, x, weight, scratch)) inverse = inverseOf(withRidge(sums, ridge), size);
    },
  };
}

function withRidge(sums: Float64Array, ridge: readonly number[]): Float64Array {
  const matrix = sums.slice();
  ridge.forEach((value, index) => (matrix[index * ridge.length + index] = at(matrix, index * ridge.length + index) + value));
  return matrix;
}
