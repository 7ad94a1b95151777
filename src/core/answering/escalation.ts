import type { LoopReading } from '../reward/loops/loop-signs';
import type { RouteResult } from '../routing/router';
import type { Escalation } from '../terms/decision';
import type { RouteRequest } from '../terms/request';
import type { Asked } from './asked';
import { routed } from './asked';
import type { ToolLoop } from './tool-loop';

/** The way out of a loop that is stuck: who else would go on. Nothing is sent or recorded yet. */
export interface WayOut {
  readonly asked: Asked;
  readonly found: Extract<RouteResult, { ok: true }>;
}

/**
 * Another model for the next step of a loop, chosen as for a new turn among those that can be asked; undefined: there is
 * none, it would go over a budget, or the loop had its change of model. What one model's vendor wants back is of no use
 * to another, and nothing is expected in the other's prompt cache: it reads all anew, at its full price.
 */
export function wayOut(
  asked: Asked,
  { decision, deploymentId }: ToolLoop,
  reading: LoopReading,
): WayOut | undefined {
  const { request, pool } = asked;
  if (decision.escalatedFrom !== undefined || request.only !== undefined || !reading.answered)
    return undefined;
  const avoid = [...(request.avoid ?? []), deploymentId];
  const anew = { ...asked, request: { ...request, avoid, messages: request.messages.map(withoutVerbatim) } };
  const found = routed(anew, pool, undefined, true);
  // Where nobody else can be asked, those to be avoided are.
  if (!found.ok || avoid.includes(found.decision.deploymentId)) return undefined;
  const excluded = found.decision.excluded.map((each) =>
    each.deploymentId === deploymentId ? { deploymentId, reason: 'stuck' as const } : each,
  );
  return { asked: anew, found: { ...found, decision: { ...found.decision, excluded } } };
}

/** What is recorded of the change: why, and what the step would have cost without it. */
export function escalationOf(
  asked: Asked,
  { deploymentId }: ToolLoop,
  { steps, stuck }: LoopReading,
): Escalation {
  const { name, simulated, deployments } = asked.pool;
  const only = { name, simulated, deployments: deployments.filter(({ id }) => id === deploymentId) };
  const stayed = routed(asked, only, undefined);
  const stayUsd = stayed.ok ? stayed.decision.candidates[0]?.costUsd : undefined;
  return {
    deploymentId,
    steps,
    ...(stuck !== undefined && { stuck }),
    ...(stayUsd !== undefined && { stayUsd }),
  };
}

function withoutVerbatim(message: RouteRequest['messages'][number]): RouteRequest['messages'][number] {
  const { toolCalls } = message;
  if (toolCalls === undefined) return message;
  return { ...message, toolCalls: toolCalls.map(({ id, name, input }) => ({ id, name, input })) };
}
