import type { Random } from '../ports';

/** An arm's utility with its bonus, and without: what it might be worth at best and at least. */
export interface Bounds {
  readonly upper: number;
  readonly lower: number;
  /** True for an arm that joined a pool which knows its others, and was hardly tried yet. */
  readonly newcomer: boolean;
}

/** How much of the draw is set aside for what the utilities don't ask for. */
export interface Shares {
  /** ε: share of decisions that are drawn evenly over all contenders. */
  readonly epsilon: number;
  /** Share that is drawn evenly over the newcomers, while there are any. */
  readonly trial: number;
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
 * Draws one of the arms of the best upper bound (ties evenly), but with ε any contender, and a newcomer with a share of
 * its own, for its first bad answer may have been an accident. A contender is an arm whose upper bound reaches the leader's lower bound: of the others
 * nothing could be learnt that would matter, and their probability is 0 once they are known. `arms` isn't empty.
 */
export function draw(arms: readonly Bounds[], shares: Shares, random: Random): Draw {
  const best = Math.max(...arms.map(({ upper }) => upper));
  const leaders = arms.filter(({ upper }) => upper === best);
  const floor = Math.min(...leaders.map(({ lower }) => lower));
  const contenders = arms.filter(({ upper }) => upper >= floor).length;
  const newcomers = arms.filter(({ newcomer }) => newcomer).length;
  const trial = newcomers === 0 ? 0 : shares.trial;
  const probabilities = arms.map(({ upper, newcomer }) => {
    const leading = upper === best ? (1 - shares.epsilon - trial) / leaders.length : 0;
    const exploring = upper >= floor ? shares.epsilon / contenders : 0;
    return leading + exploring + (newcomer ? trial / newcomers : 0);
  });
  let left = random();
  let index = probabilities.findIndex((probability) => (left -= probability) < 0);
  if (index < 0) index = arms.findLastIndex(({ upper }) => upper === best);
  return { index, probabilities, explored: arms[index]?.upper !== best };
}
