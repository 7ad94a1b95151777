import type { AnswerEvent } from '../terms/answer-event';
import type { RouteRequest } from '../terms/request';
import type { AnsweringParts, AnsweringState } from './asked';
import { askedOf } from './asked';
import { heardBy } from './heard';
import { loopStep } from './loop-step';
import { newTurn } from './new-turn';
import { toolLoopOf } from './tool-loop';

/** From a request to its answer: a new turn is decided, a tool loop goes on with the model that it began with. */
export function createAnswering(
  parts: AnsweringParts,
  state: AnsweringState,
): (request: RouteRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent> {
  return async function* answer(request, signal) {
    const { continues } = request;
    const [asked, entries] = await Promise.all([
      askedOf(parts, state, request),
      continues === undefined ? [] : parts.ledger.readDecision(continues),
    ]);
    const loop = toolLoopOf(entries);
    if (loop !== undefined && asked.pool.deployments.some(({ id }) => id === loop.deploymentId)) {
      yield* heardBy(state.judge, asked.request, loopStep(asked, loop, signal));
      return;
    }
    if (continues !== undefined)
      parts.log.info(
        `The tool loop of decision ${continues} can't go on with its model: a new decision is made.`,
      );
    yield* heardBy(state.judge, asked.request, newTurn(asked, signal));
  };
}
