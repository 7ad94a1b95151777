import { poolMeansOf } from '../bandit/arm';
import type { PoolMeans, Prior } from '../bandit/policy';
import type { PolicySettings } from '../bandit/settings';
import type { PoolState } from '../learning/learner';
import type { ModelAbility } from '../terms/ability';
import type { KnownAbility } from '../terms/decision';
import type { Deployment, Pool } from '../terms/deployment';
import type { AbilityOf } from '../terms/ports';

/** What a request is about, as its description has it. */
export interface Task {
  readonly task: string;
  readonly domain: string;
}

/** Where abilities are looked up, and what they are worth. */
export interface Weighing {
  readonly abilityOf: AbilityOf;
  readonly settings: Pick<PolicySettings, 'abilityScale' | 'unknownDeviation' | 'priorWeight'>;
}

/** Another pool of the user's, and what was learnt in it. */
export interface OtherPool {
  readonly pool: Pool;
  readonly state: PoolState;
}

/**
 * What is expected of each deployment of a pool beforehand, for a task like this: the user's own word, and its public
 * ability less the mean of the whole pool's, times `abilityScale`, the quality that a unit of ability is worth. The mean
 * is over all deployments whose ability is known, whether or not they can be asked now, so that it doesn't move.
 */
export function priorsOf(
  deployments: readonly Deployment[],
  task: Task,
  { abilityOf, settings: { abilityScale: scale, unknownDeviation } }: Weighing,
): (deployment: Deployment) => Prior {
  const abilities = new Map(
    deployments.flatMap((deployment) => {
      const known = abilityOf(deployment);
      if (known === undefined) return [];
      return [[deployment.id, { ability: abilityFor(known, task), deviation: known.deviation }] as const];
    }),
  );
  const sum = Array.from(abilities.values()).reduce((total, { ability }) => total + ability, 0);
  const mean = sum / abilities.size;
  return (deployment) => {
    const stated01 = statedFor(deployment, task);
    const known = abilities.get(deployment.id);
    if (known === undefined) return { stated01, contrast: 0, deviation: unknownDeviation };
    return { stated01, contrast: scale * (known.ability - mean), deviation: scale * known.deviation };
  };
}

/** What other pools have shown of models that something public is known of. One such model alone says nothing. */
export function elsewhere(
  others: readonly OtherPool[],
  task: Task,
  weighing: Weighing,
): readonly PoolMeans[] {
  return others.flatMap(({ pool: { deployments }, state: { policy } }) => {
    const met = deployments.filter(
      (deployment) =>
        policy.evidence.arm(deployment.id).weight > 0 && weighing.abilityOf(deployment) !== undefined,
    );
    if (met.length < 2) return [];
    const priorOf = priorsOf(deployments, task, weighing);
    const arms = met.map((deployment) => {
      return { evidence: policy.evidence.arm(deployment.id), inFlight: 0, prior: priorOf(deployment) };
    });
    return [poolMeansOf(arms, weighing.settings.priorWeight)];
  });
}

/** What is known of a model for such a task, to be kept with the decision; undefined: nothing, or it wasn't asked for. */
export function knownOf(deployment: Deployment, abilityOf: AbilityOf, task: Task): KnownAbility | undefined {
  const known = abilityOf(deployment);
  if (known === undefined) return undefined;
  const { knownFrom, knownAs } = known;
  return { ability: abilityFor(known, task), from: knownFrom, ...(knownAs !== undefined && { as: knownAs }) };
}

function abilityFor({ ability, byFamily }: ModelAbility, { domain }: Task): number {
  return ability + (byFamily?.[domain] ?? 0);
}

/** The user's word for the kind of task, else for its family, else for all. */
function statedFor(
  { qualityByTask, qualityPrior01 }: Deployment,
  { task, domain }: Task,
): number | undefined {
  return qualityByTask?.[task] ?? qualityByTask?.[domain] ?? qualityPrior01;
}
