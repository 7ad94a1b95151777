import { translated } from '../features/feature-space';
import { familyOf } from '../features/task-kind';
import { amendedEvidence } from '../reward/observation-rules';
import { priced } from '../routing/expected-cost';
import type { TellingFeature } from '../routing/telling-feature';
import { tellingFeature } from '../routing/telling-feature';
import type { ConsideredChoice, WhatIf } from '../routing/what-if';
import { whatIf } from '../routing/what-if';
import type { Configuration } from '../terms/configuration';
import { noCaps } from '../terms/cost-caps';
import type { Decision } from '../terms/decision';
import type { Deployment, Pool } from '../terms/deployment';
import { taskKinds } from '../terms/task';
import type { LearntState } from './learnt-state';
import type { WeighingParts } from './weighing-of';
import { weighingOf } from './weighing-of';

/** A recorded decision, made once more with what is known and configured now. */
export interface Reconsidered extends WhatIf {
  /** What of the prompt the choice turns on; absent: it doesn't count yet, or nothing of it does much. */
  readonly telling?: TellingFeature | undefined;
}

/**
 * Chooses once more for the request of a decision, among the models that could take it then and are still there, with
 * cold prompt caches and no caps. Undefined where its pool or its models are gone, or where it was described in a way
 * that can't be read any more. It takes some ten milliseconds, and changes nothing.
 */
export function reconsider(
  parts: WeighingParts,
  learnt: LearntState,
  configuration: Configuration,
  decision: Decision,
): Reconsidered | undefined {
  const considered = consideredOf(parts, learnt, configuration, decision);
  if (considered === undefined) return undefined;
  const telling = tellingFeature(considered);
  return { ...whatIf(considered), ...(telling && { telling }) };
}

/**
 * What a decision's choice is made by once more. `modelsOf`: those of its pool that can be chosen; absent: those that could
 * then. Undefined as `reconsider`.
 */
export function consideredOf(
  parts: WeighingParts,
  learnt: Pick<LearntState, 'pool'>,
  configuration: Configuration,
  decision: Decision,
  modelsOf: (pool: Pool) => readonly Deployment[] = candidatesOf(decision),
): ConsideredChoice | undefined {
  const pool = configuration.pools.find(({ name }) => name === decision.pool);
  if (pool === undefined) return undefined;
  const deployments = modelsOf(pool);
  if (deployments.length === 0) return undefined;
  const weighed = weighingOf(parts, learnt, configuration, pool);
  const { space } = weighed.state;
  const features = translated(decision.features, decision.featureSpace, space);
  const { inputTokens, origin } = decision;
  const task = taskKinds.find((kind) => kind === decision.task);
  if (features === undefined || task === undefined) return undefined;
  const description = { features, featureSpace: space.name, inputTokens, task, domain: familyOf(task) };
  const request = { origin, messages: [] };
  const goodAnswer = amendedEvidence(thumbUp, configuration.signals) ?? { quality: 1, weight: 1 };
  const sources = { ...weighed, request, description, caps: noCaps, cachedTokens: new Map<string, number>() };
  return { ...weighed, request, description, deployments: priced(sources, deployments), goodAnswer };
}

/** The candidates of a decision that its pool still has. */
export function candidatesOf({ candidates }: Decision): (pool: Pool) => readonly Deployment[] {
  return ({ deployments }) =>
    deployments.filter(({ id }) => candidates.some(({ deploymentId }) => deploymentId === id));
}

const thumbUp = [{ kind: 'completed' }, { kind: 'rating', thumb: 'up' }] as const;
