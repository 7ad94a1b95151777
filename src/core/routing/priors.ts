import type { Prior } from '../bandit/policy';
import type { ModelAbility } from '../terms/ability';
import type { Deployment } from '../terms/deployment';

/** What is publicly known of a deployment's model; undefined: nothing, or it isn't asked for. */
export type AbilityOf = (deployment: Deployment) => ModelAbility | undefined;

/** What a request is about, as its description has it. */
export interface Task {
  readonly task: string;
  readonly domain: string;
}

/**
 * What is expected of each deployment of a pool beforehand, for a task like this: the user's own word, and its public
 * ability less the mean of the whole pool's, times `scale`, the quality that a unit of ability is worth. The mean is
 * over all deployments whose ability is known, whether or not they can be asked now, so that it doesn't move.
 */
export function priorsOf(
  deployments: readonly Deployment[],
  abilityOf: AbilityOf,
  task: Task,
  scale: number,
  unknownDeviation: number,
): (deployment: Deployment) => Prior {
  const abilities = new Map(
    deployments.flatMap((deployment) => {
      const known = abilityOf(deployment);
      if (known === undefined) return [];
      const ability = known.ability + (known.byFamily?.[task.domain] ?? 0);
      return [[deployment.id, { ability, deviation: known.deviation }] as const];
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

/** The user's word for the kind of task, else for its family, else for all. */
function statedFor(
  { qualityByTask, qualityPrior01 }: Deployment,
  { task, domain }: Task,
): number | undefined {
  return qualityByTask?.[task] ?? qualityByTask?.[domain] ?? qualityPrior01;
}
