import type { AnswerEvent } from '../../core/answer-event';
import type { ProposalRun } from './proposal-run';
import { takeCode } from './proposal-run';
import type { AnswerEnd } from './read-answer';
import { readAnswer } from './read-answer';

/** A preview that is drawn for every word would do nothing else. */
const drawEveryMs = 100;
/**
 * Drawing takes time in proportion to the answer. With as much more time in between, a long answer (100 ms are for
 * 20,000 characters) takes no larger share of the editor than a short one.
 */
const charactersPerMs = 200;

/** Reads an answer into a run to its end, and has the proposal drawn as it grows and when it is whole. */
export async function streamProposal(
  run: ProposalRun,
  events: AsyncIterable<AnswerEvent>,
  draw: () => void,
): Promise<AnswerEnd> {
  let drawing: NodeJS.Timeout | undefined;
  const takeAndDraw = (): void => {
    drawing = undefined;
    if (takeCode(run)) draw();
  };
  const ended = await readAnswer(events, (answer, by) => {
    run.answer = answer;
    run.by = by;
    drawing ??= setTimeout(takeAndDraw, Math.max(drawEveryMs, answer.length / charactersPerMs));
  }).finally(() => clearTimeout(drawing));
  if (ended.kind === 'finished') {
    run.complete = true;
    takeAndDraw();
  }
  return ended;
}
