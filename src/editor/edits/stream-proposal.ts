import type { AnswerEvent } from '../../core/answer-event';
import type { ProposalRun } from './proposal-run';
import { takeCode } from './proposal-run';
import type { AnswerEnd } from './read-answer';
import { readAnswer } from './read-answer';

/** A preview that is drawn for every word would do nothing else. */
const drawEveryMs = 100;

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
    drawing ??= setTimeout(takeAndDraw, drawEveryMs);
  }).finally(() => clearTimeout(drawing));
  if (ended.kind === 'finished') {
    run.complete = true;
    takeAndDraw();
  }
  return ended;
}
