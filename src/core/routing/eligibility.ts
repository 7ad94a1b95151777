import type { Exclusion, ExclusionReason } from '../terms/decision';
import type { Message, RouteRequest } from '../terms/request';
import type { Deployment, Pool } from '../terms/deployment';

interface Eligibility {
  readonly eligible: readonly Deployment[];
  readonly excluded: readonly Exclusion[];
}

/** What a request needs of whoever serves it. */
interface Needs {
  readonly inputTokens: number;
  /** Room for the answer, in the same window. */
  readonly answerTokens: number;
  readonly tools: boolean;
  readonly images: boolean;
}

/** Room for an answer whose length nobody limits. */
const usualAnswerTokens = 1_000;
/** Callers ask for the longest answer that a model can give, to be sure: so much of it counts. */
const mostAnswerTokens = 4_096;

function needsOf({ tools = [], messages, options }: RouteRequest, inputTokens: number): Needs {
  const answerTokens = Math.min(options?.maxOutputTokens ?? usualAnswerTokens, mostAnswerTokens);
  return { inputTokens, answerTokens, tools: tools.length > 0, images: messages.some(hasImages) };
}

function hasImages({ images = [], toolResults = [] }: Message): boolean {
  return images.length > 0 || toolResults.some((result) => (result.images?.length ?? 0) > 0);
}

/**
 * Drops the deployments of a pool that can't serve a request with these needs, with the reason for each.
 * `unavailable` says why one can't be asked at all now, whatever the request. Where nothing would be left, those
 * whose breaker is open are asked all the same: a model that failed lately is better than none.
 */
function eligibility(
  pool: Pool,
  needs: Needs,
  unavailable: (deployment: Deployment) => ExclusionReason | undefined,
): Eligibility {
  const judged = pool.deployments.map((deployment) => {
    const unfit = unfitness(deployment, needs);
    return { deployment, unfit, reason: unavailable(deployment) ?? unfit };
  });
  const nothingLeft = judged.every(({ reason }) => reason !== undefined);
  const eligible: Deployment[] = [];
  const excluded: Exclusion[] = [];
  for (const { deployment, unfit, reason } of judged) {
    const lastResort = nothingLeft && reason === 'breaker-open' && unfit === undefined;
    if (reason === undefined || lastResort) eligible.push(deployment);
    else excluded.push({ deploymentId: deployment.id, reason });
  }
  return { eligible, excluded };
}

/** The same for a request, whose user may have chosen a model, or wants another answer than that of some. */
export function eligibilityFor(
  request: RouteRequest,
  pool: Pool,
  inputTokens: number,
  unavailable: (deployment: Deployment) => ExclusionReason | undefined,
): Eligibility {
  const { only, avoid = [] } = request;
  const needs = needsOf(request, inputTokens);
  const isWanted = ({ id }: Deployment): boolean => (only === undefined ? !avoid.includes(id) : id === only);
  const wanted = eligibility(pool, needs, (each) => (isWanted(each) ? unavailable(each) : 'not-wanted'));
  if (wanted.eligible.length > 0 || only !== undefined) return wanted;
  return eligibility(pool, needs, unavailable);
}

function unfitness(
  { contextWindowTokens: window, supportsTools, supportsImages }: Deployment,
  { inputTokens, answerTokens, tools, images }: Needs,
): ExclusionReason | undefined {
  if (tools && supportsTools === false) return 'no-tools';
  if (images && supportsImages === false) return 'no-images';
  if (window === undefined) return undefined;
  // Half of a window is for what is asked, however small it is: as the editor is promised.
  const room = window - Math.min(answerTokens, Math.floor(window / 2));
  return inputTokens <= room ? undefined : 'context-too-small';
}
