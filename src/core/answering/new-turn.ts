import type { RouteResult } from '../routing/router';
import { expectedUsdOf } from '../stats/spending';
import type { AnswerEvent } from '../terms/answer-event';
import type { Decision } from '../terms/decision';
import type { Asked } from './asked';
import { hearingOf } from './heard';
import { notAsked, orderOf, reserved, routed } from './asked';

/** What is recorded with a decision beside what led to it. */
type Marks = Pick<Decision, 'escalatedFrom' | 'escalation'>;

/** A new turn: a decision is made and recorded, then its answer is streamed. */
export async function* newTurn(
  asked: Asked,
  signal: AbortSignal,
  marks: Marks = {},
): AsyncGenerator<AnswerEvent> {
  const { pool, request } = asked;
  const { featureSpace } = asked.description;
  const keep = await asked.state.choices.recall(request, featureSpace);
  // Nothing is waited for from here on until what is expected is reserved.
  const found = routed(asked, pool, keep);
  // A loop that comes back to the model that was stuck has not got away from it.
  const isBack = found.ok && found.decision.deploymentId === marks.escalation?.deploymentId;
  if (found.ok) yield* decided(asked, found, signal, isBack ? {} : marks);
  else yield notAsked(asked, pool, found);
}

/** Records a decision that was just made, and streams its answer. */
export async function* decided(
  asked: Asked,
  found: Extract<RouteResult, { ok: true }>,
  signal: AbortSignal,
  marks: Marks,
): AsyncGenerator<AnswerEvent> {
  const { parts, request } = asked;
  const { choices, recorder } = asked.state;
  const learnt01 = asked.state.learnt.learnt01();
  const decision = {
    ...marked(found.decision, parts.learning?.() ?? true, parts.workspace?.(), marks),
    ...(learnt01 < 1 && { learnt01 }),
  };
  const reservation = reserved(asked, decision.id, expectedUsdOf(decision));
  try {
    await recorder.record([{ kind: 'decision', decision }]);
    // The ledger has it from here on: only a fallback isn't known there until it ends.
    reservation.expect(0);
    parts.log.info(describeChoice(decision));
    yield { type: 'decided', decision };
    const { id: decisionId, deploymentId } = decision;
    await choices.keep(request, asked.description.featureSpace, { decisionId, deploymentId });
    const hear = hearingOf(asked.state, request, decision);
    yield* recorder.dispatch(orderOf(asked, decisionId, found, reservation), signal, hear);
  } finally {
    reservation.release();
  }
}

function marked(
  decision: Decision,
  learning: boolean,
  workspace: string | undefined,
  marks: Marks,
): Decision {
  return {
    ...decision,
    ...marks,
    ...(!learning && { learning }),
    ...(workspace !== undefined && { workspace }),
  };
}

function describeChoice(decision: Decision): string {
  const probability = decision.probability.toFixed(4);
  return (
    `${decision.pool} #${String(decision.poolSequence)} (${decision.phase}): ${decision.deploymentId}, ` +
    `probability ${probability}, ${decision.task}, ${decision.domain}, ${String(decision.inputTokens)} tokens`
  );
}
