import type { Random } from '../core/terms/ports';

/** With which probability an answer is judged, and whether the draw took it. */
interface Draw {
  /** 0 < p ≤ 1; it depends on what came before, and not on the draw. */
  readonly probability: number;
  readonly taken: boolean;
}

export interface Sampler {
  /** `value` is what a verdict on this answer would be worth, ≥ 0, in any unit. */
  draw(value: number): Draw;
}

/** No eligible answer is judged with less: no arm is ever out of sight, and no weight 1/p is above 50. */
export const leastProbability = 0.02;

/** The latest answers, which say what a usual value is. */
const windowLength = 100;
/** Draws over which a surplus or a shortage is evened out. */
const evenedOver = 200;
/** Where no verdict is worth anything, all answers are alike. */
const leastValue = 1e-6;

/**
 * Draws answers in proportion to what a verdict on them is worth, so that in the long run the share `rate` of them is
 * taken: p = clamp(c·value, 0.02, 1), with c such that the mean of p over the latest answers is the rate. Where chance
 * took more or fewer than that, c makes up for it slowly. `rate` is from 0.02 to 1.
 */
export function createSampler(rate: number, random: Random): Sampler {
  const values: number[] = [];
  /** What should have been taken less what was. */
  let owed = 0;

  return {
    draw: (value) => {
      const usable = Number.isFinite(value) ? Math.max(leastValue, value) : leastValue;
      values.push(usable);
      if (values.length > windowLength) values.shift();
      const target = Math.min(1, Math.max(leastProbability, rate + owed / evenedOver));
      const probability = clamped(scaleFor(values, target) * usable);
      const taken = random() < probability;
      owed += rate - (taken ? 1 : 0);
      return { probability, taken };
    },
  };
}

function clamped(probability: number): number {
  return Math.min(1, Math.max(leastProbability, probability));
}

/** c is known to a thousandth then, whatever the values are: what that is off by is evened out, too. */
const halvings = 18;

/** c such that the mean of clamp(c·value) is `target`, by halving: the mean grows with c. */
function scaleFor(values: readonly number[], target: number): number {
  if (target >= 1) return Infinity;
  let [low, high] = [Math.log(leastProbability / Math.max(...values)), Math.log(1 / Math.min(...values))];
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    const scale = Math.exp(middle);
    let sum = 0;
    for (const value of values) sum += clamped(scale * value);
    if (sum < target * values.length) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
