import type { Estimate } from './bandit/arm';
import type { Bounds } from './bandit/draw';
import type { Candidate } from './decision';
import type { Deployment } from './pool/deployment';
import type { PricedDeployment } from './pool/expected-cost';
import type { Utility } from './utility';
import { medianOf } from './utility';

/** An arm as the draw sees it, with the figures that it was scored from. */
export interface Scored {
  readonly deployment: Deployment;
  readonly scores: Omit<Candidate, 'deploymentId' | 'probability'>;
  readonly bounds: Bounds;
  /** The same if nothing of the request were in a prompt cache. */
  readonly coldBounds: Bounds;
}

/**
 * Combines what is known of quality, cost and time. The pool's median stands in for a cost or time that isn't known;
 * what a prompt cache saves is taken off an arm's own cost. `estimates` are in the order of the deployments.
 */
export function score(
  deployments: readonly PricedDeployment[],
  estimates: readonly Estimate[],
  utility: Utility,
  isNewcomer: (deployment: PricedDeployment) => boolean,
): readonly Scored[] {
  const latencyOf = ({ state: { latencyMs } }: PricedDeployment): number | undefined =>
    latencyMs.count > 0 ? latencyMs.mean : undefined;
  const medianCost = medianOf(known(deployments.map(({ costUsd }) => costUsd)));
  const medianLatency = medianOf(known(deployments.map(latencyOf)));

  return deployments.map((each, index) => {
    const { quality01, bonus } = estimates[index] ?? { quality01: 0, bonus: 0 };
    const latencyMs = latencyOf(each);
    const newcomer = isNewcomer(each);
    const boundsAt = (costUsd: number | undefined): Bounds => {
      const at = (quality: number): number =>
        utility(quality, costUsd ?? medianCost, latencyMs ?? medianLatency);
      return { upper: at(quality01 + bonus), lower: at(quality01 - bonus), newcomer };
    };
    const { deployment, costUsd: fullUsd, cache } = each;
    const costUsd = fullUsd === undefined ? undefined : fullUsd - (cache?.savedUsd ?? 0);
    const bounds = boundsAt(costUsd);
    const scores = {
      quality01,
      bonus,
      costUsd,
      latencyMs,
      utility: bounds.upper,
      ...(cache && { cache }),
    };
    return { deployment, scores, bounds, coldBounds: cache === undefined ? bounds : boundsAt(fullUsd) };
  });
}

function known(values: readonly (number | undefined)[]): readonly number[] {
  return values.filter((value) => value !== undefined);
}
