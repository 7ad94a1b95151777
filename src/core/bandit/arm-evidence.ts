import type { Evidence } from '../terms/evidence';
import type { ArmSums } from './arm-sums';
import { amendSums, copyOfSums, noSums } from './arm-sums';
import { addToInverse, at, inverseOf } from './symmetric-matrix';

/** Updates between two exact rebuilds of A⁻¹: rounding stays below 1e-10 for as long. */
const updatesBetweenRebuilds = 512;
/** So many updates that nobody asked about in between cost more one by one than a rebuild does. */
const mostWaiting = 24;

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
 * the sums are of as many. A⁻¹ is brought up to date when it is asked for: a fold of many outcomes asks once, at its end.
 */
export function createArmEvidence(ridgeDiagonal: readonly number[], saved?: ArmSums): ArmEvidence {
  const size = ridgeDiagonal.length;
  const ridge = Float64Array.from(ridgeDiagonal);
  const own = saved === undefined ? noSums(size) : copyOfSums(saved);
  const scratch = new Float64Array(size);
  /** Undefined: to be built. */
  let inverse: Float64Array | undefined;
  let waiting: { readonly x: Float64Array; readonly weight: number }[] = [];
  let updates = 0;

  function inverseNow(): Float64Array {
    if (inverse === undefined) {
      inverse = inverseOf(withRidge(own.sums, ridge), size);
      updates = 0;
    } else for (const { x, weight } of waiting) addToInverse(inverse, x, weight, scratch);
    waiting = [];
    return inverse;
  }

  return {
    get weight() {
      return own.weight;
    },
    get weightedQuality() {
      return own.weightedQuality;
    },
    get weightedSquares() {
      return own.weightedSquares;
    },
    get inverse() {
      return inverseNow();
    },
    ridge,
    sums: own.sums,
    b: own.b,
    s: own.s,
    amend: (x, before, outcome) => {
      if (x.length !== size) {
        throw new RangeError(`The arm has ${String(size)} features, the outcome ${String(x.length)}.`);
      }
      const weight = amendSums(own, x, before, outcome);
      if (weight === 0 || inverse === undefined) return;
      updates += 1;
      waiting.push({ x, weight });
      // Taking weight away by Sherman and Morrison loses digits, so then the inverse is made anew.
      if (weight > 0 && waiting.length <= mostWaiting && updates < updatesBetweenRebuilds) return;
      inverse = undefined;
      waiting = [];
    },
  };
}

function withRidge(sums: Float64Array, ridge: Float64Array): Float64Array {
  const matrix = sums.slice();
  ridge.forEach(
    (value, index) =>
      (matrix[index * ridge.length + index] = at(matrix, index * ridge.length + index) + value),
  );
  return matrix;
}
