import { phaseAfter } from '../bandit/hybrid';
import type { Question } from '../bandit/policy';
import type { PolicySettings } from '../bandit/settings';
import type { Description } from '../features/feature-space';
import { translated } from '../features/feature-space';
import type { PoolState } from '../learning/learner';
import type { Pool } from '../terms/deployment';
import type { AbilityOf } from '../terms/ports';
import type { PricedDeployment } from './expected-cost';
import type { DeploymentOption } from './options';
import { isNewcomer, optionsOf } from './options';
import type { OtherPool } from './priors';
import { elsewhere, priorsOf } from './priors';
import type { Utility } from './utility';

/** What a choice among models depends on, beside what each of them is expected to cost. */
export interface QuestionInput {
  /** The surface that asks. */
  readonly request: { readonly origin: string };
  /** Of the request, in the feature space that the state was learnt in, or in that of its text alone. */
  readonly description: Description;
  readonly pool: Pool;
  readonly state: PoolState;
  /** The user's other pools; absent: there are none. */
  readonly others?: readonly OtherPool[] | undefined;
  readonly utility: Utility;
  readonly settings: PolicySettings;
  /** Decisions of the pool in the UCB1 phase, ≥ 0. */
  readonly switchAfter: number;
  readonly abilityOf: AbilityOf;
}

/** What the policy is asked, judging by another utility where one is given. Throws a RangeError where the description is of a space that the state can't read. */
export function questionOf(
  input: QuestionInput,
  deployments: readonly PricedDeployment[],
  utility = input.utility,
): Question<DeploymentOption> {
  const { request, description, state, switchAfter, pool } = input;
  const { features, featureSpace } = description;
  const x = translated(features, featureSpace, state.space);
  if (x === undefined) throw new RangeError(`${featureSpace} is not of ${state.space.name}.`);
  const phase = phaseAfter(state.decisions, switchAfter);
  const options = optionsOf(
    deployments,
    utility,
    (arm) => phase === 'lin-ucb' && isNewcomer(arm, switchAfter),
    priorsOf(pool.deployments, description, input),
  );
  const others = elsewhere(input.others ?? [], description, input);
  return { options, x: Float64Array.from(x), phase, told01: state.told01(request.origin), others };
}
