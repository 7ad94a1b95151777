import type { Phase } from '../terms/decision';
import type { Arm } from './arm';
import type { Bounds } from './draw';
import { drawn, probabilitiesOf } from './draw';
import type { Chance, Estimate, Option, Policy, Question } from './policy';
import type { PoolEvidence } from './pool-evidence';
import { createPoolEvidence } from './pool-evidence';
import type { PolicySettings } from './settings';

/** A rule that gives each arm an expected quality and a bonus, from the evidence that all such rules share. */
export type UcbRule = (
  arms: readonly Arm[],
  x: Float64Array,
  phase: Phase,
  evidence: PoolEvidence,
  settings: PolicySettings,
) => readonly Estimate[];

/** A policy that picks the best upper confidence bound, with its evidence to be looked at. */
export interface UcbPolicy extends Policy {
  readonly evidence: PoolEvidence;
}

/** Makes a policy for features with this ridge; from `saved`, what such a policy was serialised to. */
export type CreateUcbPolicy = (
  ridge: readonly number[],
  settings: PolicySettings,
  saved?: string,
) => UcbPolicy;

/** Policies of one kind, by the rule that they estimate with. */
export function ucbPolicies(name: string, rule: UcbRule): CreateUcbPolicy {
  return (ridge, settings, saved) => {
    const evidence = createPoolEvidence(ridge, settings.sharedRidge, saved);

    function explain({ options, x, phase }: Question): readonly Estimate[] {
      if (x.length !== evidence.size)
        throw new RangeError(
          `The policy has ${String(evidence.size)} features, the prompt ${String(x.length)}.`,
        );
      const arms = options.map(({ id, pulls, inFlight, prior01 }): Arm => {
        return { evidence: evidence.arm(id), pulls, inFlight, prior01 };
      });
      return rule(arms, x, phase, evidence, settings);
    }

    return {
      name,
      evidence,
      explain,
      choose: (question, random) => {
        const bounds = explain(question).map((estimate, index) =>
          boundsOf(question.options, index, estimate),
        );
        const probabilities = probabilitiesOf(bounds, settings);
        const chances = bounds.map(({ option, quality01, bonus, upper }, index) => {
          return { option, quality01, bonus, utility: upper, probability: probabilities[index] ?? 0 };
        });
        const chosen: Chance<(typeof question.options)[number]> = drawn(chances, random);
        const best = Math.max(...bounds.map(({ upper }) => upper));
        return { chosen, chances, explored: chosen.utility !== best };
      },
      learn: evidence.learn,
      relearn: evidence.relearn,
      serialise: evidence.serialise,
    };
  };
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
    quality01,
    bonus,
    upper: option.worth(quality01 + bonus),
    lower: option.worth(quality01 - bonus),
    newcomer: option.newcomer,
  };
}
