import type { Phase } from '../terms/decision';
import type { Evidence } from '../terms/evidence';
import type { Random } from '../terms/ports';

/** One arm that may be chosen, at the moment of choice. */
export interface Option {
  readonly id: string;
  /** Answers that came to an end, whether or not they say anything of quality, ≥ 0. */
  readonly pulls: number;
  /** Decisions for this arm whose outcome isn't known yet, ≥ 0. */
  readonly inFlight: number;
  readonly prior: Prior;
  /** True for an arm that joined a pool which knows its others, and was hardly tried yet. */
  readonly newcomer: boolean;
  /** What a quality of this arm is worth, its cost and time taken into account. It must rise with quality. */
  readonly worth: (quality: number) => number;
}

/** What is expected of an arm's quality before anything was learnt here. */
export interface Prior {
  /** What the user says of it for a prompt like this, 0..1, which goes before all else; undefined: nothing. */
  readonly stated01: number | undefined;
  /** What public figures expect, less what they expect of the pool's arms on average; 0: alike, or nothing is known. */
  readonly contrast: number;
  /** Standard deviation of what they leave open, ≥ 0, in units of quality. */
  readonly deviation: number;
}

export const noPrior: Prior = { stated01: undefined, contrast: 0, deviation: 0 };

/** What is known of an arm's mean quality: beforehand, and from its outcomes. */
export interface KnownMean {
  readonly prior: Prior;
  /** So many outcomes of full weight, ≥ 0, */
  readonly outcomes: number;
  /** of this mean; any number where there are none. */
  readonly mean01: number;
}

/** What the outcomes of a pool's arms have shown of their means. */
export interface PoolMeans {
  readonly arms: readonly KnownMean[];
  /** Standard deviation of quality, > 0. */
  readonly deviation: number;
  /** Mean quality over all arms, 0..1. */
  readonly mean01: number;
}

/** What a policy is asked about a prompt. */
export interface Question<Asked extends Option = Option> {
  /** Not empty; each arm once. */
  readonly options: readonly Asked[];
  /** The prompt's features, as many as the policy was made for. */
  readonly x: Float64Array;
  /** Which of its rules a hybrid goes by; the others have one alone. */
  readonly phase: Phase;
  /** How likely it is that the outcome will be told, 0 < p ≤ 1; absent: it will. */
  readonly told01?: number | undefined;
  /** The user's other pools, which speak of how far public figures hold; absent: there are none. */
  readonly others?: readonly PoolMeans[] | undefined;
}

/** Expected quality of an arm, and how much more it might be. */
export interface Estimate {
  /** Expected quality, 0..1. */
  readonly quality01: number;
  /** Exploration bonus, ≥ 0; for a policy that explores by chance alone, the width of what it draws from. */
  readonly bonus: number;
  /** What was expected before the arm's own outcomes; absent where the policy keeps no such thing. */
  readonly before?: Before | undefined;
}

/** What is expected of an arm before its own outcomes, once those of the pool's others are known. */
export interface Before {
  /** Expected quality, 0..1. */
  readonly quality01: number;
  /** By so many outcomes' worth, > 0. */
  readonly weight: number;
}

/** What the outcomes of all arms say of what was expected beforehand. */
export interface Belief {
  /** How far public figures hold in this pool: 1 as published, 0 not at all, below 0 the other way round; undefined: there are none. */
  readonly slope: number | undefined;
  /** Expected quality of an arm of the pool of which nothing else is known, 0..1. */
  readonly level01: number;
}

/** An arm as the policy saw it when it chose. */
export interface Chance<Asked extends Option = Option> extends Estimate {
  readonly option: Asked;
  /** Worth of `quality01 + bonus`. */
  readonly utility: number;
  /** Probability with which the choice picks this arm (its propensity), 0..1; sums to 1 over the options. */
  readonly probability: number;
}

export interface Choice<Asked extends Option = Option> {
  /** One of `chances`; its probability is above 0. */
  readonly chosen: Chance<Asked>;
  /** All options, in their order. */
  readonly chances: readonly Chance<Asked>[];
  /** True where chance drew an arm that isn't the best by utility. */
  readonly explored: boolean;
  /** Absent where the policy keeps no such thing. */
  readonly belief?: Belief | undefined;
}

/** An outcome of a pull, in the place of what was counted of it before. */
export interface Lesson {
  readonly arm: string;
  /** The features of the pull's decision. */
  readonly x: Float64Array;
  /** What the decision expected of this arm's quality, 0..1; undefined: it wasn't an option. */
  readonly predicted01: number | undefined;
  /** What was counted of the pull so far; undefined: nothing. */
  readonly before: Evidence | undefined;
  /** What is to be counted now; undefined: nothing, as if the pull had never been. */
  readonly outcome: Evidence | undefined;
  /** What an outcome of this age counts, 0 < scale ≤ 1, where the arm was found changed since. */
  readonly scale: number;
}

/**
 * A bandit policy over the arms of one pool. Arms come and go: one that was never met is new, one that is away keeps
 * what was learnt of it. Chance is an argument, so a choice replays. docs/bandit-algorithms.md says how to add one;
 * test/core/bandit/policy-contract.ts is what each must hold to.
 */
export interface Policy {
  readonly name: string;
  /** Chooses an arm, and changes nothing. Throws a RangeError where there are no options, or features of another size. */
  choose<Asked extends Option>(question: Question<Asked>, random: Random): Choice<Asked>;
  /** What is expected of each option, in their order: what the choice is made of. */
  explain(question: Question): readonly Estimate[];
  /** Takes in an outcome, or amends one. Throws a RangeError for features of another size. */
  learn(lesson: Lesson): void;
  /**
   * Replaces all that was learnt of one arm by the outcomes of these lessons, which are all of its own: after a change
   * older ones count for less, and what signs say is weighed anew. `before` is what was counted of each so far.
   */
  relearn(arm: string, lessons: Iterable<Lesson>): void;
  /** Everything learnt, as JSON: a policy of the same kind that is made from it expects the same of every prompt. */
  serialise(): string;
}
