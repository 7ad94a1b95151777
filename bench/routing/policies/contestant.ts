import type { Random } from '../../../src/core/terms/ports';
import type { Corpus, CorpusRow } from '../corpus';
import type { Priors } from '../priors';
import type { DescribedPrompt, PromptFeatures } from '../prompt-features';
import type { RewardOf } from '../reward';

/** One prompt of the pass. */
export interface Step {
  /** Position in the pass, from 0. */
  readonly number: number;
  /** Position in the corpus, for features that were computed beforehand. */
  readonly row: number;
  readonly prompt: DescribedPrompt;
}

/** What is seen of a choice: the outcome of the chosen model alone. */
export interface Outcome {
  /** Undefined where nobody rated the answer. */
  readonly quality01: number | undefined;
  readonly costUsd: number;
}

/** A contestant in the middle of one pass. */
export interface Walk {
  /** The number of the model to ask. */
  choose(step: Step): number;
  /** Takes in the outcome of an earlier choice. */
  learn(step: Step, arm: number, outcome: Outcome): void;
}

export interface PassContext extends Priors {
  readonly seed: number;
  readonly corpus: Corpus;
  readonly features: PromptFeatures;
  readonly lambda: number;
  readonly random: Random;
  /** Which models can be asked at a step; undefined: all. */
  readonly available?: ((step: number) => readonly number[]) | undefined;
}

/** What only hindsight may look at: all that a policy which learns may not. */
export interface Hindsight {
  readonly rewardOf: RewardOf;
  readonly rowOf: (step: Step) => CorpusRow;
}

/**
 * Whoever chooses in a pass: Conduit's whole router, a policy of the core's contract (`rewardedPolicy`), or a reference
 * that learns nothing.
 */
export interface Contestant {
  readonly name: string;
  start(context: PassContext, hindsight: Hindsight): Walk;
}
