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

/**
 * Reads an answer into a run to its end, and has the proposal drawn as it grows and when it is whole. `onAuthor` is told
 * which model is asked, before it has said anything; another one where it failed.
 */
export async function streamProposal(
  run: ProposalRun,
  events: AsyncIterable<AnswerEvent>,
  draw: () => void,
  onAuthor: (deploymentId: string) => void,
): Promise<AnswerEnd> {
  let drawing: NodeJS.Timeout | undefined;
  const takeAndDraw = (): void => {
    drawing = undefined;
    if (takeCode(run)) draw();
  };
  const ended = await readAnswer(events, (answer, by) => {
    run.answer = answer;
    run.by = { ...by, line: by.deploymentId };
    if (answer === '') onAuthor(by.deploymentId);
    else drawing ??= setTimeout(takeAndDraw, Math.max(drawEveryMs, answer.length / charactersPerMs));
  }).finally(() => clearTimeout(drawing));
  if (ended.kind === 'finished') {
    run.complete = true;
    run.by &&= { ...run.by, line: ended.line };
    takeAndDraw();
  }
  return ended;
}
