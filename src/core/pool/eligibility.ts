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
 * `unavailable` says why one can't be asked at all now, whatever the request. Where nothing would be left, those
 * whose breaker is open are asked all the same: a model that failed lately is better than none.
 */
export function eligibility(
  pool: Pool,
  inputTokens: number,
  unavailable: (deployment: Deployment) => ExclusionReason | undefined,
): Eligibility {
  const judged = pool.deployments.map((deployment) => {
    const small = tooSmall(deployment, inputTokens);
    return { deployment, small, reason: unavailable(deployment) ?? small };
  });
  const nothingLeft = judged.every(({ reason }) => reason !== undefined);
  const eligible: Deployment[] = [];
  const excluded: Exclusion[] = [];
  for (const { deployment, small, reason } of judged) {
    const lastResort = nothingLeft && reason === 'breaker-open' && small === undefined;
    if (reason === undefined || lastResort) eligible.push(deployment);
    else excluded.push({ deploymentId: deployment.id, reason });
  }
  return { eligible, excluded };
}

function tooSmall({ contextWindowTokens }: Deployment, inputTokens: number): 'context-too-small' | undefined {
  const fits = contextWindowTokens === undefined || inputTokens + answerTokens <= contextWindowTokens;
  return fits ? undefined : 'context-too-small';
}
