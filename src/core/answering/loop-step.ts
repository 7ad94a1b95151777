import { expectedUsdOf } from '../stats/spending';
import type { AnswerEvent } from '../terms/answer-event';
import type { Asked } from './asked';
import { notAsked, orderOf, reserved, routed } from './asked';
import { hearingOf } from './heard';
import { newTurn } from './new-turn';
import type { ToolLoop } from './tool-loop';

/**
 * The next step of a tool loop: its model is asked again, under the decision that the loop has. What a tool brought may
 * be more than that model takes: another one is then chosen, as for a new turn.
 */
export async function* loopStep(
  asked: Asked,
  { decision, deploymentId, nextIndex }: ToolLoop,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const { name, simulated, deployments } = asked.pool;
  const only = { name, simulated, deployments: deployments.filter(({ id }) => id === deploymentId) };
  const found = routed(asked, only, undefined);
  if (!found.ok) {
    if (found.excluded.some(({ reason }) => reason === 'context-too-small' || reason === 'no-images')) {
      asked.parts.log.info(`The tool loop of decision ${decision.id} is too much for ${deploymentId} now.`);
      yield* newTurn(asked, signal);
    } else yield notAsked(asked, only, found);
    return;
  }
  const reservation = reserved(asked, decision.id, expectedUsdOf(found.decision));
  let outgrown: AnswerEvent | undefined;
  try {
    yield { type: 'decided', decision };
    const order = orderOf(asked, decision.id, found, reservation);
    const hear = hearingOf(asked.state, asked.request, decision);
    const events = asked.state.recorder.dispatch({ ...order, firstIndex: nextIndex }, signal, hear);
    for await (const event of events) {
      // Whoever asked for this model alone gets its words.
      const another = deployments.length > 1 && asked.request.only === undefined;
      if (another && saysTooLong(event)) outgrown = event;
      else yield event;
    }
  } finally {
    reservation.release();
  }
  if (outgrown === undefined) return;
  const { avoid = [] } = asked.request;
  const next = newTurn({ ...asked, request: { ...asked.request, avoid: [...avoid, deploymentId] } }, signal);
  // Where nobody else can answer, the server's words say why.
  for await (const event of next) yield event.type === 'no-model' ? outgrown : event;
}

/** The server knows a window that we don't. */
function saysTooLong(event: AnswerEvent): boolean {
  return event.type === 'failed' && event.failure.reason === 'context-too-long' && !event.partial;
}
