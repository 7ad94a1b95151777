import type { AnswerEvent } from '../terms/answer-event';
import type { Decision } from '../terms/decision';
import type { Asked } from './asked';
import { held, holdFor, notAsked, orderOf, routed } from './asked';
import { escalationOf, wayOut } from './escalation';
import { hearingOf } from './heard';
import type { LoopWatch } from './loop-watch';
import { watchLoop } from './loop-watch';
import { decided, newTurn } from './new-turn';
import type { ToolLoop } from './tool-loop';

/**
 * The next step of a tool loop: its model is asked again, under the decision that the loop has. What a tool brought may
 * be more than that model takes: another one is then chosen, as for a new turn. So it is where the loop is plainly stuck,
 * if the user would have it so.
 */
export async function* loopStep(
  asked: Asked,
  loop: ToolLoop,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const watch = watchLoop(asked, loop);
  const { signs, stuck } = watch.reading;
  await watch.note(signs);
  const { escalate } = asked.configuration;
  const agreed =
    (escalate === 'auto' && stuck !== undefined) || (escalate === 'ask' && asked.request.escalate === true);
  const mayAsk = escalate === 'ask' && stuck !== undefined && !agreed;
  const out = agreed || mayAsk ? wayOut(asked, loop, watch.reading) : undefined;
  const hold = out && agreed ? await holdFor(out.asked, out.found, out.found.decision.id) : undefined;
  if (out !== undefined && hold !== undefined) {
    // To go on no more is what giving up looks like, of the model that was stuck.
    await watch.note([...watch.reading.ending, 'given-up']);
    const { id } = loop.decision;
    const escalation = escalationOf(asked, loop, watch.reading);
    asked.parts.log.info(
      `The tool loop of decision ${id} is stuck with ${loop.deploymentId} (${stuck ?? 'the user agreed'}): another model goes on.`,
    );
    yield* decided(out.asked, { found: out.found, hold }, signal, { escalatedFrom: id, escalation });
    return;
  }
  const [best] = out?.found.decision.candidates ?? [];
  if (best !== undefined && stuck !== undefined) {
    const next = { deploymentId: best.deploymentId, costUsd: best.costUsd };
    yield { type: 'stuck', decisionId: loop.decision.id, deploymentId: loop.deploymentId, stuck, next };
  }
  yield* nextStep(asked, loop, watch, signal);
}

async function* nextStep(
  asked: Asked,
  { decision, deploymentId, nextIndex }: ToolLoop,
  watch: LoopWatch,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const { name, simulated, deployments } = asked.pool;
  const only = { name, simulated, deployments: deployments.filter(({ id }) => id === deploymentId) };
  const result = await held(asked, (each) => routed(each, only, undefined), decision.id);
  if ('refused' in result) {
    const { refused } = result;
    if (refused.excluded.some(({ reason }) => reason === 'context-too-small' || reason === 'no-images')) {
      asked.parts.log.info(`The tool loop of decision ${decision.id} is too much for ${deploymentId} now.`);
      yield* outgrownBy(asked, decision, signal);
    } else yield notAsked(result.asked, only, refused);
    return;
  }
  const { found, hold } = result;
  let outgrown: AnswerEvent | undefined;
  try {
    yield { type: 'decided', decision };
    const order = orderOf(asked, decision.id, found, hold);
    const hear = hearingOf(asked.state, asked.request, decision);
    const events = asked.state.recorder.dispatch({ ...order, firstIndex: nextIndex }, signal, hear);
    let calls = false;
    for await (const event of events) {
      if (event.type === 'tool-call') calls = true;
      // An answer that calls no tool is the loop's last.
      if (event.type === 'finished' && !calls && !event.truncated) await watch.note(watch.reading.ending);
      // A window that closes stops its answers too: that is not the user's word on the loop.
      if (event.type === 'stopped' && signal.aborted) await watch.note(['stopped-by-user']);
      // Whoever asked for this model alone gets its words.
      const another = deployments.length > 1 && asked.request.only === undefined;
      if (another && saysTooLong(event)) outgrown = event;
      else yield event;
    }
  } finally {
    hold.release();
  }
  if (outgrown === undefined) return;
  const { avoid = [] } = asked.request;
  const others = { ...asked, request: { ...asked.request, avoid: [...avoid, deploymentId] } };
  const next = outgrownBy(others, decision, signal);
  // Where nobody else can answer, the server's words say why.
  for await (const event of next) yield event.type === 'no-model' ? outgrown : event;
}

/** A loop that is too much for its model goes on elsewhere; one that had been stuck keeps the mark of it. */
function outgrownBy(
  asked: Asked,
  { escalatedFrom, escalation }: Decision,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  if (escalatedFrom === undefined || escalation === undefined) return newTurn(asked, signal);
  const { stayUsd: _stayUsd, ...stuckWith } = escalation;
  const { avoid = [] } = asked.request;
  const request = { ...asked.request, avoid: [...avoid, escalation.deploymentId] };
  return newTurn({ ...asked, request }, signal, { escalatedFrom, escalation: stuckWith });
}

/** The server knows a window that we don't. */
function saysTooLong(event: AnswerEvent): boolean {
  return event.type === 'failed' && event.failure.reason === 'context-too-long' && !event.partial;
}
