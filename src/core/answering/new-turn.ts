import { expectedUsdOf } from '../stats/spending';
import type { AnswerEvent } from '../terms/answer-event';
import type { Decision } from '../terms/decision';
import type { Asked } from './asked';
import { notAsked, orderOf, reserved, routed } from './asked';

/** A new turn: a decision is made and recorded, then its answer is streamed. */
export async function* newTurn(asked: Asked, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  const { parts, pool, request } = asked;
  const { choices, recorder } = asked.state;
  const { featureSpace } = asked.description;
  const keep = await choices.recall(request, featureSpace);
  // Nothing is waited for from here on until what is expected is reserved.
  const found = routed(asked, pool, keep);
  if (!found.ok) {
    yield notAsked(asked, pool, found);
    return;
  }
  const decision = marked(found.decision, parts.learning?.() ?? true, parts.workspace?.());
  const reservation = reserved(asked, decision.id, expectedUsdOf(decision));
  try {
    await recorder.record([{ kind: 'decision', decision }]);
    // The ledger has it from here on: only a fallback isn't known there until it ends.
    reservation.expect(0);
    parts.log.info(describeChoice(decision));
    yield { type: 'decided', decision };
    const { id: decisionId, deploymentId } = decision;
    await choices.keep(request, featureSpace, { decisionId, deploymentId });
    yield* recorder.dispatch(orderOf(asked, decisionId, found, reservation), signal);
  } finally {
    reservation.release();
  }
}

function marked(decision: Decision, learning: boolean, workspace: string | undefined): Decision {
  return {
    ...decision,
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
