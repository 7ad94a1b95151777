import type { Option, Prior } from '../bandit/policy';
import type { ArmState } from '../learning/learner';
import type { Candidate } from '../terms/decision';
import type { Deployment } from '../terms/deployment';
import type { PricedDeployment } from './expected-cost';
import { worthAt } from './cost-doubt';
import type { Utility } from './utility';
import { medianOf } from './utility';

/** A deployment that may be chosen, with the figures that its worth is made of. */
export interface DeploymentOption extends Option {
  readonly deployment: Deployment;
  readonly figures: Pick<Candidate, 'costUsd' | 'costDoubt' | 'latencyMs' | 'cache' | 'risk01'>;
  /** Its worth if nothing of the request were in a prompt cache. */
  readonly coldWorth: Option['worth'];
}

/** A model that was tried less often than this is still new. */
export const fewestTries = 5;

/** A model that joined when the others were known gets a few tries, however the first of them went. */
export function isNewcomer(
  state: Pick<ArmState, 'joinedAt' | 'pulls' | 'inFlight'> | undefined,
  switchAfter: number,
): boolean {
  if (state === undefined || (state.joinedAt !== undefined && state.joinedAt <= switchAfter)) return false;
  return state.pulls + state.inFlight < fewestTries;
}

/**
 * What the policy chooses from. The pool's median stands in for a cost or time that isn't known; what a prompt cache
 * saves is taken off an arm's own cost.
 */
export function optionsOf(
  deployments: readonly PricedDeployment[],
  utility: Utility,
  isNew: (state: ArmState) => boolean,
  priorOf: (deployment: Deployment) => Prior,
): readonly DeploymentOption[] {
  const medianCost = medianOf(known(deployments.map(({ costUsd }) => costUsd)));
  const medianLatency = medianOf(known(deployments.map(latencyOf)));
  return deployments.map((each) => {
    const { deployment, state, costUsd: fullUsd, cache, costDoubt } = each;
    const latencyMs = latencyOf(each);
    const { risk01, lostMs } = state.risk;
    // An answer that doesn't come is worth nothing, and takes its time before another model is asked.
    const expectedMs = waited(latencyMs ?? medianLatency, risk01 * lostMs);
    const worthOf = (usd: number | undefined): Option['worth'] => {
      const worth = worthAt(utility, usd ?? medianCost, expectedMs, costDoubt);
      return risk01 === 0 ? worth : (quality) => worth(quality * (1 - risk01));
    };
    const costUsd = fullUsd === undefined ? undefined : fullUsd - (cache?.savedUsd ?? 0);
    return {
      id: deployment.id,
      pulls: state.pulls,
      inFlight: state.inFlight,
      prior: priorOf(deployment),
      newcomer: isNew(state),
      worth: worthOf(costUsd),
      coldWorth: worthOf(fullUsd),
      deployment,
      figures: {
        costUsd,
        ...(costDoubt && { costDoubt }),
        latencyMs,
        ...(cache && { cache }),
        ...(risk01 > 0 && { risk01 }),
      },
    };
  });
}

function latencyOf({ state: { latencyMs } }: PricedDeployment): number | undefined {
  return latencyMs.count > 0 ? latencyMs.mean : undefined;
}

function waited(ms: number | undefined, moreMs: number): number | undefined {
  return ms === undefined && moreMs === 0 ? undefined : (ms ?? 0) + moreMs;
}

function known(values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined);
}
