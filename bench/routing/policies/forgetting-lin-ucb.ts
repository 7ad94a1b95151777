import type { Policy } from '../../../src/core/bandit/policy';
import { addOuterProduct, at, inverseOf } from '../../../src/core/bandit/symmetric-matrix';
import { perArmPolicy } from './per-arm-policy';
import { freshArm, linearEstimate } from './textbook-lin-ucb';

/** LinUCB whose evidence is forgotten by the factor `forgetting` at each update of an arm, so the order counts. */
export function createForgettingLinUcb(
  size: number,
  alpha: number,
  forgetting: number,
  saved?: string,
): Policy {
  const scratch = new Float64Array(size);
  return perArmPolicy(
    {
      name: 'linucb-forgetting',
      size,
      fresh: () => ({ ...freshArm(size), sums: new Float64Array(size * size) }),
      take: ({ inverse, sums, b }, x, { quality, weight }) => {
        for (let index = 0; index < sums.length; index += 1) sums[index] = forgetting * at(sums, index);
        for (let index = 0; index < size; index += 1)
          b[index] = forgetting * at(b, index) + weight * quality * at(x, index);
        addOuterProduct(sums, x, weight);
        // The ridge stays: without it the inverse grows without bound where a direction isn't met again.
        const matrix = sums.slice();
        for (let index = 0; index < size; index += 1)
          matrix[index * size + index] = at(matrix, index * size + index) + 1;
        inverse.set(inverseOf(matrix, size));
      },
      estimate: (states, x) => states.map((state) => linearEstimate(state, x, alpha, scratch)),
    },
    saved,
  );
}
