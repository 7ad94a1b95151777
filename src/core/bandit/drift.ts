import { readList, readNumber, readShape } from '../terms/saved';

/** Each pull further back counts by this factor less: about the last 25 speak. */
const memory = 0.96;
const recentPulls = 25;
/** Standard errors from 0 that are no accident: about one false alarm in twenty passes of 6,000 prompts. */
const alarm = 4;
/** Fewer effective outcomes than this raise no alarm. */
const leastOutcomes = 12;

/**
 * Watches whether the latest outcomes of one arm still are what was predicted of them: a sum of prediction errors
 * e = q − predicted that forgets by the arm's own pulls,
 *
 *     z = Σ γ^(n−i)·w·e / (σ·√(Σ γ^(2(n−i))·w))
 *
 * which is about standard normal while nothing changes: an outcome of weight w is one of variance σ²/w, so that bare
 * successes, however many, don't add up to an alarm once the user stops rating. i is a pull's position in the
 * ledger's order, so that an outcome that comes late counts by the age of its decision, and the order of arrival
 * doesn't matter.
 */
export interface Drift {
  /** A pull was made by decision number `order`, whose outcome isn't known yet. Returns the pull's position. */
  pulled(order: number): number;
  /** Adds `sign` (1, or −1 to take it back) times an outcome of the pull at `position`. */
  add(position: number, error: number, weight: number, sign: 1 | -1): void;
  /** True where the outcomes changed, given the spread σ of the residuals. */
  changed(deviation: number): boolean;
  /** Number of the decision from which pulls speak of the time after the change. */
  recentFrom(): number;
  /** Starts anew: what was pulled before now no longer counts. */
  restart(): void;
  save(): SavedDrift;
}

export interface SavedDrift {
  readonly recent: readonly number[];
  readonly next: number;
  readonly first: number;
  readonly errors: number;
  readonly weights: number;
  readonly squares: number;
}

export const readDrift = readShape<SavedDrift>({
  recent: readList(readNumber),
  next: readNumber,
  first: readNumber,
  errors: readNumber,
  weights: readNumber,
  squares: readNumber,
});

export function createDrift(saved: SavedDrift = notPulled): Drift {
  const recent = [...saved.recent];
  let { next, first, errors, weights, squares } = saved;
  return {
    pulled: (order) => {
      recent.push(order);
      if (recent.length > recentPulls) recent.shift();
      errors *= memory;
      weights *= memory;
      squares *= memory * memory;
      next += 1;
      return next - 1;
    },
    add: (position, error, weight, sign) => {
      if (position < first) return;
      const share = memory ** (next - 1 - position);
      errors += sign * share * weight * error;
      weights += sign * share * weight;
      squares += sign * share * share * weight;
    },
    changed: (deviation) => {
      if (squares <= 1e-12 || (weights * weights) / squares < leastOutcomes) return false;
      return Math.abs(errors) > alarm * deviation * Math.sqrt(squares);
    },
    recentFrom: () => recent[0] ?? 0,
    restart: () => {
      first = next;
      errors = 0;
      weights = 0;
      squares = 0;
    },
    save: () => ({ recent: [...recent], next, first, errors, weights, squares }),
  };
}

const notPulled: SavedDrift = { recent: [], next: 0, first: 0, errors: 0, weights: 0, squares: 0 };
