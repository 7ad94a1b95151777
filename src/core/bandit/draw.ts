import type { Random } from '../terms/ports';

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

/**
 * Probability of each arm, in their order, summing to 1: all of it on the arms of the best upper bound (ties evenly),
 * but ε on any contender, and on a newcomer a share of its own, for its first bad answer may have been an accident. A
 * contender is an arm whose upper bound reaches the leader's lower bound: of the others nothing could be learnt that
 * would matter, and their probability is 0 once they are known.
 */
export function probabilitiesOf(arms: readonly Bounds[], shares: Shares): readonly number[] {
  const best = Math.max(...arms.map(({ upper }) => upper));
  const leaders = arms.filter(({ upper }) => upper === best);
  const floor = Math.min(...leaders.map(({ lower }) => lower));
  const contenders = arms.filter(({ upper }) => upper >= floor).length;
  const newcomers = arms.filter(({ newcomer }) => newcomer).length;
  const trial = newcomers === 0 ? 0 : shares.trial;
  return arms.map(({ upper, newcomer }) => {
    const leading = upper === best ? (1 - shares.epsilon - trial) / leaders.length : 0;
    const exploring = upper >= floor ? shares.epsilon / contenders : 0;
    return leading + exploring + (newcomer ? trial / newcomers : 0);
  });
}

/**
 * Draws one of the arms by its probability; the one that is returned has a probability above 0. Throws a RangeError
 * where no arm has one.
 */
export function drawn<Arm extends { readonly probability: number }>(
  arms: readonly Arm[],
  random: Random,
): Arm {
  let left = random();
  let last: Arm | undefined;
  for (const arm of arms) {
    if (!(arm.probability > 0)) continue;
    last = arm;
    left -= arm.probability;
    if (left < 0) return arm;
  }
  // Sums of probabilities have rounding errors: what is left belongs to the last arm that could be drawn.
  if (last === undefined) throw new RangeError('No arm has a probability above 0.');
  return last;
}
