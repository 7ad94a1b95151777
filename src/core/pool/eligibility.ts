import type { Exclusion, ExclusionReason } from '../decision';
import type { Deployment, Pool } from './deployment';

export interface Eligibility {
  readonly eligible: readonly Deployment[];
  readonly excluded: readonly Exclusion[];
}

/** Room that an answer needs in the context window besides the prompt. */
const answerTokens = 1_000;

/**
 * Drops the deployments of a pool that can't serve a request of `inputTokens`, with the reason for each.
 * `unavailable` says why one can't be asked at all now, whatever the request.
 */
export function eligibility(
  pool: Pool,
  inputTokens: number,
  unavailable: (deployment: Deployment) => ExclusionReason | undefined,
): Eligibility {
  const eligible: Deployment[] = [];
  const excluded: Exclusion[] = [];
  for (const deployment of pool.deployments) {
    const reason = unavailable(deployment) ?? tooSmall(deployment, inputTokens);
    if (reason === undefined) eligible.push(deployment);
    else excluded.push({ deploymentId: deployment.id, reason });
  }
  return { eligible, excluded };
}

function tooSmall({ contextWindowTokens }: Deployment, inputTokens: number): 'context-too-small' | undefined {
  const fits = contextWindowTokens === undefined || inputTokens + answerTokens <= contextWindowTokens;
  return fits ? undefined : 'context-too-small';
}
