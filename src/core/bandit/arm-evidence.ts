import type { Evidence } from '../terms/evidence';
import type { ArmSums } from './saved-pool';
import { addOuterProduct, addToInverse, at, inverseOf } from './symmetric-matrix';

/** Updates between two exact rebuilds of A⁻¹: rounding stays below 1e-10 for as long. */
const updatesBetweenRebuilds = 512;

const none: Evidence = { quality: 0, weight: 0 };
const nothing = { weight: 0, weightedQuality: 0, weightedSquares: 0 };

/**
 * What one arm's outcomes say of its quality: the sufficient statistics of a ridge regression of quality q on the
 * features x, with weight w ≤ 1 for each pull.
 *
 *     A = R + S = R + Σ w·x·xᵀ      b = Σ w·q·x      s = Σ w·x
 *
 * R is the diagonal ridge, and is never decayed. q is centred when it is used, b − m·s, so that the pool's mean m
 * can move without touching what was stored.
 */
export interface ArmEvidence {
  /** Σ w: how many full-weight outcomes there were. */
  readonly weight: number;
  /** Σ w·q. */
  readonly weightedQuality: number;
  /** Σ w·q², where q is drawn in to ½ + √w·(q − ½): a weak outcome is spread 1/√w times as wide as a whole one. */
  readonly weightedSquares: number;
  /** A⁻¹. */
  readonly inverse: Float64Array;
  /** The diagonal of R. */
  readonly ridge: Float64Array;
  /** S. */
  readonly sums: Float64Array;
  readonly b: Float64Array;
  readonly s: Float64Array;
  /**
   * Puts `outcome` of a pull with features `x` in the place of what was counted of it before; undefined: nothing.
   * Afterwards the state is as if `before` had never been seen. Throws a RangeError where `x` has another length.
   */
  amend(x: Float64Array, before: Evidence | undefined, outcome: Evidence | undefined): void;
}

/**
 * An arm that nothing is known of, or what these sums say. `ridgeDiagonal` has one positive number for each feature;
 * the sums are of as many.
 */
export function createArmEvidence(ridgeDiagonal: readonly number[], saved?: ArmSums): ArmEvidence {
  const size = ridgeDiagonal.length;
  const ridge = Float64Array.from(ridgeDiagonal);
  const sums = saved ? Float64Array.from(saved.sums) : new Float64Array(size * size);
  let inverse = inverseOf(withRidge(sums, ridge), size);
  const b = saved ? Float64Array.from(saved.b) : new Float64Array(size);
  const s = saved ? Float64Array.from(saved.s) : new Float64Array(size);
  const scratch = new Float64Array(size);
  let updates = 0;
  let { weight: weightSum, weightedQuality, weightedSquares } = saved ?? nothing;

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
    ridge,
    sums,
    b,
    s,
    amend: (x, before, outcome) => {
      if (x.length !== size) {
        throw new RangeError(`The arm has ${String(size)} features, the outcome ${String(x.length)}.`);
      }
      const old = before ?? none;
      const now = outcome ?? none;
      const weight = now.weight - old.weight;
      const quality = now.weight * now.quality - old.weight * old.quality;
      for (let index = 0; index < size; index += 1) {
        b[index] = at(b, index) + quality * at(x, index);
        s[index] = at(s, index) + weight * at(x, index);
      }
      weightSum += weight;
      weightedQuality += quality;
      weightedSquares += squareOf(now) - squareOf(old);
      if (weight === 0) return;
      addOuterProduct(sums, x, weight);
      updates += 1;
      // Taking weight away by Sherman and Morrison loses digits, so then the inverse is made anew.
      if (weight < 0 || updates % updatesBetweenRebuilds === 0)
        inverse = inverseOf(withRidge(sums, ridge), size);
      else addToInverse(inverse, x, weight, scratch);
    },
  };
}

function squareOf({ quality, weight }: Evidence): number {
  return weight * (0.5 + Math.sqrt(weight) * (quality - 0.5)) ** 2;
}

function withRidge(sums: Float64Array, ridge: Float64Array): Float64Array {
  const matrix = sums.slice();
  ridge.forEach(
    (value, index) =>
      (matrix[index * ridge.length + index] = at(matrix, index * ridge.length + index) + value),
  );
  return matrix;
}
