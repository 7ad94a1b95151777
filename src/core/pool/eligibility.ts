import type { Exclusion } from '../decision';
import type { Deployment, Pool } from './deployment';

export interface Eligibility {
  readonly eligible: readonly Deployment[];
  readonly excluded: readonly Exclusion[];
}

/** Room that an answer needs in the context window besides the prompt. */
const answerTokens = 1_000;

/** Drops the deployments of a pool that can't serve a request of `inputTokens`, with the reason for each. */
export function eligibility(
  pool: Pool,
  inputTokens: number,
  hasKey: (deployment: Deployment) => boolean,
): Eligibility {
  const eligible: Deployment[] = [];
  const excluded: Exclusion[] = [];
  for (const deployment of pool.deployments) {
    const { id: deploymentId, contextWindowTokens } = deployment;
    if (!hasKey(deployment)) excluded.push({ deploymentId, reason: 'missing-key' });
    else if (contextWindowTokens !== undefined && inputTokens + answerTokens > contextWindowTokens)
      excluded.push({ deploymentId, reason: 'context-too-small' });
    else eligible.push(deployment);
  }
  return { eligible, excluded };
}
