import type { Option, Policy } from '../../../src/core/bandit/policy';
import { noPrior } from '../../../src/core/bandit/policy';
import { benchmarkUtility } from '../reward';
import type { Contestant, PassContext, Step } from './contestant';

/** A policy for one pass, and the features that it is given. */
export interface Rewarded {
  readonly policy: Policy;
  readonly vectorOf: (step: Step) => Float64Array;
  /** A model's quality as it is expected beforehand; it learns what is different. Default: nothing is expected. */
  readonly expected01?: ((model: string) => number) | undefined;
}

/**
 * A policy of the core's contract that learns the reward as a whole, quality and cost together, in the place of quality:
 * what a router does that keeps the two in one number. It learns from rated answers alone, and knows of no pulls in
 * flight.
 */
export function rewardedPolicy(name: string, build: (context: PassContext) => Rewarded): Contestant {
  return {
    name,
    start: (context) => {
      const { corpus, lambda, random } = context;
      const { policy, vectorOf, expected01 = () => 0 } = build(context);
      const reward = benchmarkUtility(lambda, corpus.dearestMeanUsd);
      const options = corpus.models.map((model) => optionOf(model, expected01(model)));
      return {
        choose: (step) => {
          const question = { options, x: vectorOf(step), phase: 'lin-ucb' } as const;
          return options.indexOf(policy.choose(question, random).chosen.option);
        },
        learn: (step, arm, { quality01, costUsd }) => {
          const option = options[arm];
          if (quality01 === undefined || option === undefined) return;
          policy.learn({
            arm: option.id,
            x: vectorOf(step),
            predicted01: undefined,
            before: undefined,
            outcome: { quality: reward(quality01, costUsd, undefined) - expected01(option.id), weight: 1 },
            scale: 1,
          });
        },
      };
    },
  };
}

function optionOf(id: string, expected01: number): Option {
  const worth = (difference: number): number => expected01 + difference;
  return { id, pulls: 0, inFlight: 0, prior: noPrior, newcomer: false, worth };
}
