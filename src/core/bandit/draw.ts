import type { Random } from '../ports';

/** An arm's utility with its bonus, and without: what it might be worth at best and at least. */
export interface Bounds {
  readonly upper: number;
  readonly lower: number;
}

/** The arm that was drawn, and the probabilities that it was drawn from. */
export interface Draw {
  readonly index: number;
  /** One for each arm, summing to 1; 0 for an arm that is no contender. */
  readonly probabilities: readonly number[];
  /** True where the arm drawn isn't among the best. */
  readonly explored: boolean;
}

/**
 * Draws one of the arms of the best upper bound (ties evenly) with probability 1 − ε, and with ε any contender: an
 * arm whose upper bound reaches the leader's lower bound. Of the others nothing could be learnt that would matter.
 * `arms` isn't empty.
 */
export function draw(arms: readonly Bounds[], epsilon: number, random: Random): Draw {
  const best = Math.max(...arms.map(({ upper }) => upper));
  const leaders = arms.filter(({ upper }) => upper === best);
  const floor = Math.min(...leaders.map(({ lower }) => lower));
  const contenders = arms.filter(({ upper }) => upper >= floor).length;
  const probabilities = arms.map(
    ({ upper }) =>
      (upper === best ? (1 - epsilon) / leaders.length : 0) + (upper >= floor ? epsilon / contenders : 0),
  );
  let left = random();
  let index = probabilities.findIndex((probability) => (left -= probability) < 0);
  if (index < 0) index = arms.findLastIndex(({ upper }) => upper === best);
  return { index, probabilities, explored: arms[index]?.upper !== best };
}
