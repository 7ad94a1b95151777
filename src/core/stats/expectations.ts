import type { Candidate, Decision } from '../terms/decision';
import type { ModelStats } from './model-tally';

/** What was expected of a model beforehand, as of the last request that it could have taken, and what is learnt of it. */
export interface Expectation extends Pick<Candidate, 'before' | 'known' | 'stated01'> {
  readonly model: string;
  /** Mean quality of its answers, 0..1; undefined: nothing says anything of it. */
  readonly learnt01: number | undefined;
  readonly ratings: number;
}

/** Of a pool's models, in their order, by its last decisions, oldest first. Those are left out of which none kept any. */
export function expectationsOf(
  deploymentIds: readonly string[],
  latest: readonly Decision[],
  models: readonly ModelStats[],
): readonly Expectation[] {
  return deploymentIds.flatMap((model) => {
    const candidate = latestCandidate(latest, model);
    if (candidate?.before === undefined) return [];
    const { before, known, stated01 } = candidate;
    const own = models.find(({ deploymentId }) => deploymentId === model);
    const ratings = own === undefined ? 0 : own.thumbsUp + own.thumbsDown;
    return [{ model, before, known, stated01, learnt01: own?.quality01, ratings }];
  });
}

/** A model as it last was a candidate; undefined: it wasn't among these decisions. */
export function latestCandidate(latest: readonly Decision[], model: string): Candidate | undefined {
  for (const { candidates } of latest.toReversed()) {
    const own = candidates.find(({ deploymentId }) => deploymentId === model);
    if (own !== undefined) return own;
  }
  return undefined;
}

/** How far public figures hold in a pool by its last decisions; undefined: none came in, or no decision kept it. */
export function latestSlope(latest: readonly Pick<Decision, 'belief' | 'candidates'>[]): number | undefined {
  const last = latest.at(-1);
  return last?.candidates.some(({ known }) => known !== undefined) === true ? last.belief?.slope : undefined;
}
