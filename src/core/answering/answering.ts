import type { AnswerEvent } from '../terms/answer-event';
import type { StoredEntry } from '../terms/ledger-entry';
import type { RouteRequest } from '../terms/request';
import type { AnsweringParts, AnsweringState } from './asked';
import { askedOf } from './asked';
import { loopStep } from './loop-step';
import { noteInterruption } from './loop-watch';
import { newTurn } from './new-turn';
import { toolLoopOf } from './tool-loop';

/** From a request to its answer: a new turn is decided, a tool loop goes on with the model that it began with. */
export function createAnswering(
  parts: AnsweringParts,
  state: AnsweringState,
): (request: RouteRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent> {
  const entriesOf = async (decisionId: string | undefined): Promise<readonly StoredEntry[]> =>
    decisionId === undefined ? [] : parts.ledger.readDecision(decisionId);

  return async function* answer(request, signal) {
    const { continues, interrupts } = request;
    const [asked, entries, interrupted] = await Promise.all([
      askedOf(parts, state, request),
      entriesOf(continues),
      entriesOf(interrupts),
    ]);
    await noteInterruption(asked, toolLoopOf(interrupted), request);
    const loop = toolLoopOf(entries);
    if (loop !== undefined && asked.pool.deployments.some(({ id }) => id === loop.deploymentId)) {
      yield* loopStep(asked, loop, signal);
      return;
    }
    if (continues !== undefined)
      parts.log.info(
        `The tool loop of decision ${continues} can't go on with its model: a new decision is made.`,
      );
    yield* newTurn(asked, signal);
  };
}
