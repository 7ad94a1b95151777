import type { Arm } from './arm';
import type { Bounds } from './draw';
import { drawn, probabilitiesOf } from './draw';
import type { Belief, Chance, Estimate, Option, Policy, Question } from './policy';
import type { Coordinates, PoolEvidence } from './pool-evidence';
import { createPoolEvidence } from './pool-evidence';
import type { PolicySettings } from './settings';

/** A rule that gives each arm an expected quality and a bonus, from the evidence that all such rules share. */
export type UcbRule = (
  arms: readonly Arm[],
  question: Pick<Question, 'x' | 'phase' | 'others'>,
  evidence: PoolEvidence,
  settings: PolicySettings,
) => Estimated;

/** Estimates in the order of the arms, and the belief behind them. */
export interface Estimated {
  readonly estimates: readonly Estimate[];
  readonly belief: Belief;
}

/** A policy that picks the best upper confidence bound, with its evidence to be looked at. */
export interface UcbPolicy extends Policy {
  readonly evidence: PoolEvidence;
}

/** Makes a policy for these features; from `saved`, what such a policy was serialised to. */
export type CreateUcbPolicy = (
  coordinates: Coordinates,
  settings: PolicySettings,
  saved?: string,
) => UcbPolicy;

/** Policies of one kind, by the rule that they estimate with. */
export function ucbPolicies(name: string, rule: UcbRule): CreateUcbPolicy {
  return (coordinates, settings, saved) => {
    const evidence = createPoolEvidence(coordinates, settings.sharedRidge, saved);

    function estimated(question: Question): Estimated {
      const { options, x, told01 = 1 } = question;
      if (x.length !== evidence.size)
        throw new RangeError(
          `The policy has ${String(evidence.size)} features, the prompt ${String(x.length)}.`,
        );
      const arms = options.map(({ id, inFlight, prior }): Arm => ({
        evidence: evidence.arm(id),
        inFlight,
        prior,
      }));
      return rule(arms, question, evidence, worthTelling(settings, told01));
    }

    return {
      name,
      evidence,
      explain: (question) => estimated(question).estimates,
      choose: (question, random) => {
        const { estimates, belief } = estimated(question);
        const bounds = estimates.map((estimate, index) => boundsOf(question.options, index, estimate));
        const probabilities = probabilitiesOf(bounds, settings);
        const chances = bounds.map(({ option, quality01, bonus, before, upper }, index) => {
          return { option, quality01, bonus, before, utility: upper, probability: probabilities[index] ?? 0 };
        });
        const chosen: Chance<(typeof question.options)[number]> = drawn(chances, random);
        const best = Math.max(...bounds.map(({ upper }) => upper));
        return {
          chosen,
          chances,
          explored: chosen.utility !== best,
          belief: { slope: belief.slope, level01: belief.level01 },
        };
      },
      learn: evidence.learn,
      relearn: evidence.relearn,
      serialise: evidence.serialise,
    };
  };
}

/** To explore is worth its price only as far as an outcome can be expected to be told. */
function worthTelling(settings: PolicySettings, told01: number): PolicySettings {
  const share = told01 ** settings.toldExponent;
  const { exploration, ucb1Exploration } = settings;
  return { ...settings, exploration: share * exploration, ucb1Exploration: share * ucb1Exploration };
}

function boundsOf<Asked extends Option>(
  options: readonly Asked[],
  index: number,
  estimate: Estimate,
): Bounds & Estimate & { readonly option: Asked } {
  const option = options[index];
  if (option === undefined) throw new RangeError('A rule must estimate each option, and no more.');
  const { quality01, bonus } = estimate;
  return {
    option,
    ...estimate,
    upper: option.worth(quality01 + bonus),
    lower: option.worth(quality01 - bonus),
    newcomer: option.newcomer,
  };
}
