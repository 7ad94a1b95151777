import type { AnswerEvent } from '../../core/terms/answer-event';
import type { ProposalRun } from './proposal-run';
import { takeCode } from './proposal-run';
import type { AnswerFacts } from '../answers/answer-facts';
import { readAnswer } from '../answers/read-answer';

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
): Promise<AnswerFacts> {
  let drawing: NodeJS.Timeout | undefined;
  const takeAndDraw = (): void => {
    clearTimeout(drawing);
    drawing = undefined;
    if (takeCode(run)) draw();
  };
  return readAnswer(events, (facts, event) => {
    run.facts = facts;
    switch (event.type) {
      case 'decided':
      case 'fell-back':
        if (facts.by !== undefined) onAuthor(facts.by.deploymentId);
        return;
      case 'rethought':
        // What was shown was a thought: it may be longer than the answer.
        run.proposal = { ...run.proposal, text: undefined };
        drawing ??= setTimeout(takeAndDraw, drawEveryMs);
        return;
      case 'text':
        drawing ??= setTimeout(takeAndDraw, Math.max(drawEveryMs, facts.text.length / charactersPerMs));
        return;
      case 'finished':
        // At once: from now on it may be accepted.
        return takeAndDraw();
      case 'thought':
      case 'tool-call':
      case 'retrying':
      case 'not-recorded':
      case 'stuck':
      case 'stopped':
      case 'failed':
      case 'no-model':
      case 'over-budget':
        return;
    }
  }).finally(() => clearTimeout(drawing));
}
