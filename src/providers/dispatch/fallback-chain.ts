import type { DispatchEvent } from '../../core/terms/dispatch';
import type { Failure, FailureReason } from '../../core/terms/failure';
import type { Deployment } from '../../core/terms/deployment';
import type { BreakerTurn, DispatchBreakers, Verdict } from './breakers';

/** A deployment's turn within one request. */
export interface Turn extends BreakerTurn {
  readonly deployment: Deployment;
}

/** Who is asked, in the router's order, without those whose breaker is open. */
export interface FallbackChain {
  /** Where all breakers are open the first deployment is asked all the same: better than nothing. */
  first(): Promise<Turn>;
  /** True where `after` would find another deployment. */
  hasAfter(failure: Failure): boolean;
  /** The turn of the next deployment that could do better, after the current one failed. */
  after(failure: Failure): Promise<Turn | undefined>;
}

/** `allowed` is asked anew at each fallback. Throws a RangeError where there is no deployment at all. */
export function createFallbackChain(
  deployments: readonly Deployment[],
  breakers: DispatchBreakers,
  allowed: (deployment: Deployment) => boolean,
): FallbackChain {
  const [head] = deployments;
  if (head === undefined) throw new RangeError('There is no deployment to dispatch to.');
  let current = head;
  let rest = deployments;

  const next = (failure: Failure): readonly Deployment[] =>
    candidates(rest, current, failure).filter(allowed);

  async function take(from: readonly Deployment[]): Promise<Turn | undefined> {
    for (const [index, deployment] of from.entries()) {
      const turn = await breakers.enter(deployment.id);
      if (turn === undefined) continue;
      current = deployment;
      rest = from.slice(index + 1);
      return { deployment, ...turn };
    }
    return undefined;
  }

  return {
    first: async () => {
      const turn = await take(deployments);
      if (turn !== undefined) return turn;
      rest = deployments.slice(1);
      return { deployment: head, ...breakers.enterAnyway(head.id) };
    },
    hasAfter: (failure) => next(failure).some(({ id }) => breakers.stateOf(id) !== 'open'),
    after: (failure) => take(next(failure)),
  };
}

/**
 * Every failure goes on to the others, a content filter's too: filters are the provider's, differ between providers,
 * and err; the pool holds only models that the user chose to ask, and each of them decides for itself. Only a prompt
 * that is too long has no chance with a context window that is no larger.
 */
function candidates(
  rest: readonly Deployment[],
  { contextWindowTokens: failed }: Deployment,
  { reason }: Failure,
): readonly Deployment[] {
  if (reason !== 'context-too-long' || failed === undefined) return rest;
  return rest.filter(({ contextWindowTokens: window }) => window === undefined || window > failed);
}

/** What the end of a turn says of its deployment. */
export function verdictOf(
  end: Extract<DispatchEvent, { type: 'completed' | 'failed' | 'stopped' }>,
): Verdict {
  switch (end.type) {
    case 'completed':
      return 'up';
    case 'stopped':
      return end.attempt.receipt.timeToFirstTokenMs === undefined ? 'unknown' : 'up';
    case 'failed':
      return verdictOfReason(end.failure.reason);
  }
}

function verdictOfReason(reason: FailureReason): Verdict {
  switch (reason) {
    case 'quota':
    case 'refused-key':
    case 'no-access':
    case 'not-found':
      return 'refuses';
    case 'rate-limit':
    case 'timeout':
    case 'network':
    case 'server-error':
    case 'malformed-stream':
      return 'down';
    case 'context-too-long':
    case 'content-filter':
    case 'invalid-request':
      // It answered: only this request was not to its liking.
      return 'up';
    case 'missing-key':
      return 'unknown';
  }
}
