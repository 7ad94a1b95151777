import type { Random } from '../ports';

/** Share of decisions that ignore the utilities, spread evenly over the arms. More than .005 costs reward. */
export const epsilon = 0.005;

/** The arm that was drawn, and the probabilities that it was drawn from. */
export interface Draw {
  readonly index: number;
  /** One for each arm, ≥ ε/arms, summing to 1. */
  readonly probabilities: readonly number[];
  /** True where the arm drawn isn't among the best. */
  readonly explored: boolean;
}

/** Draws one of the best arms (ties evenly) with probability 1 − ε, any arm with ε. `utilities` isn't empty. */
export function draw(utilities: readonly number[], random: Random): Draw {
  const best = Math.max(...utilities);
  const ties = utilities.filter((utility) => utility === best).length;
  const spread = epsilon / utilities.length;
  const probabilities = utilities.map((utility) => (utility === best ? (1 - epsilon) / ties : 0) + spread);
  let left = random();
  let index = probabilities.findIndex((probability) => (left -= probability) < 0);
  if (index < 0) index = utilities.lastIndexOf(best);
  return { index, probabilities, explored: utilities[index] !== best };
}
