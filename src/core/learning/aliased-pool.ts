import type { Chance, Option, Question } from '../bandit/policy';
import type { UcbPolicy } from '../bandit/ucb-policy';
import type { PoolState } from './learner';

/**
 * A pool's state for callers who call its arms by other names. Several of their names may be one arm: all of them then have
 * what was learnt of it. It is to be read, not to be taught.
 */
export function aliasedPool(state: PoolState, armOf: (name: string) => string): PoolState {
  const { policy } = state;
  const asArms = <Asked extends Option>(question: Question<Asked>): Question<Asked> => ({
    ...question,
    options: question.options.map((option) => ({ ...option, id: armOf(option.id) })),
  });
  const aliased: UcbPolicy = {
    ...policy,
    evidence: { ...policy.evidence, arm: (name) => policy.evidence.arm(armOf(name)) },
    explain: (question) => policy.explain(asArms(question)),
    choose: (question, random) => {
      const choice = policy.choose(asArms(question), random);
      // In the order of the options, which says whose chance it is where two have one arm.
      const chances = choice.chances.map((chance, index): Chance<(typeof question.options)[number]> => {
        return { ...chance, option: question.options[index] ?? chance.option };
      });
      const chosen = chances[choice.chances.indexOf(choice.chosen)] ?? choice.chosen;
      return { ...choice, chosen, chances };
    },
  };
  return {
    ...state,
    policy: aliased,
    arm: (name) => {
      const arm = state.arm(armOf(name));
      return { ...arm, change: arm.change && { ...arm.change, deploymentId: name } };
    },
  };
}
