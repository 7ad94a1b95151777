import type { ArmEvidence } from './arm-evidence';
import { addToInverse, at, inverseOf, multiply } from './symmetric-matrix';

/**
 * What the outcomes of all arms say together of the prompts: some are harder than others whichever model answers.
 * A ridge regression of centred quality on the features, over all arms of a pool:
 *
 *     φ = (R₀ + Σₐ Sₐ)⁻¹ Σₐ (bₐ − m·sₐ)
 *
 * It depends on the sums alone, so not on the order in which they came.
 *
 * What one arm alone has shown of a feature may be its own strength or weakness: to go on believing it of an arm that was
 * hardly tried would shut that arm out of just the prompts at which it is better. So each weight of φ counts as far as
 * several arms speak of it, by the evenness of their shares pₐ of the feature's squares Σ w·x² = n (1 for two arms of
 * equal share), and in full only while there is so little that any guess beats none:
 *
 *     min(1, 2·(1 − Σₐ pₐ²) + n₀/(n₀ + n))
 */
export interface SharedEvidence {
  /** Takes in that `weight` was added (or taken away, where negative) at x. Cheap for a positive weight. */
  add(x: Float64Array, weight: number): void;
  /** Forgets its own inverse: it is built again from the arms when next needed. */
  rebuild(): void;
  /** φ for the centre m, each weight as far as it is shared; zeros where there is nothing to share. */
  weights(centre01: number): Float64Array;
}

/** n₀: so many outcomes are few. */
const few = 15;

/** `arms` are asked for when the sums are needed. `sharedRidge` is R₀'s diagonal. */
export function createSharedEvidence(
  size: number,
  sharedRidge: number,
  arms: () => Iterable<ArmEvidence>,
): SharedEvidence {
  const scratch = new Float64Array(size);
  const totals = new Float64Array(size);
  const squares = new Float64Array(size);
  const squaredShares = new Float64Array(size);
  let inverse: Float64Array | undefined;

  function inverseNow(): Float64Array {
    if (inverse !== undefined) return inverse;
    const matrix = new Float64Array(size * size);
    for (let index = 0; index < size; index += 1) matrix[index * size + index] = sharedRidge;
    for (const { sums } of arms()) {
      for (let index = 0; index < matrix.length; index += 1)
        matrix[index] = at(matrix, index) + at(sums, index);
    }
    inverse = inverseOf(matrix, size);
    return inverse;
  }

  return {
    add: (x, weight) => {
      if (inverse === undefined) return;
      if (weight > 0) addToInverse(inverse, x, weight, scratch);
      else if (weight < 0) inverse = undefined;
    },
    rebuild: () => {
      inverse = undefined;
    },
    weights: (centre01) => {
      totals.fill(0);
      squares.fill(0);
      squaredShares.fill(0);
      for (const { b, s, sums } of arms()) {
        for (let index = 0; index < size; index += 1) {
          const own = at(sums, index * size + index);
          totals[index] = at(totals, index) + at(b, index) - centre01 * at(s, index);
          squares[index] = at(squares, index) + own;
          squaredShares[index] = at(squaredShares, index) + own * own;
        }
      }
      const weights = new Float64Array(size);
      multiply(inverseNow(), totals, weights);
      for (let index = 0; index < size; index += 1) {
        const sum = at(squares, index);
        const even = sum > 0 ? 2 * (1 - at(squaredShares, index) / (sum * sum)) : 0;
        weights[index] = at(weights, index) * Math.min(1, even + few / (few + sum));
      }
      return weights;
    },
  };
}
