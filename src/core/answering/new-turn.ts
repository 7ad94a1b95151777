import type { RouteResult } from '../routing/router';
import type { AnswerEvent } from '../terms/answer-event';
import type { Decision } from '../terms/decision';
import type { Asked } from './asked';
import { hearingOf } from './heard';
import { held, notAsked, orderOf, routed } from './asked';
import type { Hold } from './budget-watch';

/** What is recorded with a decision beside what led to it. */
type Marks = Pick<Decision, 'escalatedFrom' | 'escalation'>;

/** A decision, and the money that it may cost. */
export interface HeldDecision {
  readonly found: Extract<RouteResult, { ok: true }>;
  readonly hold: Hold;
}

/** A new turn: a decision is made and recorded, then its answer is streamed. */
export async function* newTurn(
  asked: Asked,
  signal: AbortSignal,
  marks: Marks = {},
): AsyncGenerator<AnswerEvent> {
  const { pool, request } = asked;
  const { featureSpace } = asked.description;
  const keep = await asked.state.choices.recall(request, featureSpace);
  const result = await held(asked, (each) => routed(each, pool, keep));
  if ('refused' in result) {
    yield notAsked(result.asked, pool, result.refused);
    return;
  }
  // A loop that comes back to the model that was stuck has not got away from it.
  const isBack = result.found.decision.deploymentId === marks.escalation?.deploymentId;
  yield* decided(asked, result, signal, isBack ? {} : marks);
}

/** Records a decision that was just made, and streams its answer. */
export async function* decided(
  asked: Asked,
  { found, hold }: HeldDecision,
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
  try {
    await recorder.record([{ kind: 'decision', decision }]);
    parts.log.info(describeChoice(decision));
    yield { type: 'decided', decision };
    const { id: decisionId, deploymentId } = decision;
    await choices.keep(request, asked.description.featureSpace, { decisionId, deploymentId });
    const hear = hearingOf(asked.state, request, decision);
    yield* recorder.dispatch(orderOf(asked, decisionId, found, hold), signal, hear);
  } finally {
    hold.release();
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
