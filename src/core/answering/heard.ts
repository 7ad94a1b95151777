import type { AnswerEvent } from '../terms/answer-event';
import type { Decision } from '../terms/decision';
import type { AnswerJudge } from '../terms/judging';
import type { RouteRequest } from '../terms/request';

/**
 * Passes the events of an answer on, and tells the judge of it where it is whole: with text, cut by no limit, and, of
 * an agent's loop, without a further tool call. The judge only takes note: the answer doesn't wait for it.
 */
export async function* heardBy(
  judge: AnswerJudge | undefined,
  { messages }: RouteRequest,
  events: AsyncIterable<AnswerEvent>,
): AsyncGenerator<AnswerEvent> {
  if (judge === undefined) {
    yield* events;
    return;
  }
  let decision: Decision | undefined;
  let text = '';
  let whole = true;
  for await (const event of events) {
    switch (event.type) {
      case 'decided':
        decision = event.decision;
        text = '';
        whole = true;
        break;
      case 'text':
        text += event.text;
        break;
      case 'rethought':
        text = '';
        break;
      case 'tool-call':
        whole = false;
        break;
      case 'finished': {
        const { decisionId, deploymentId, receipt } = event.attempt;
        if (decision !== undefined && whole && !event.truncated && text.trim() !== '')
          judge.answered({
            decisionId,
            deploymentId,
            decision,
            messages,
            text,
            servedModel: receipt.servedModel,
          });
        break;
      }
      case 'thought':
      case 'fell-back':
      case 'retrying':
      case 'not-recorded':
      case 'stopped':
      case 'failed':
      case 'no-model':
      case 'over-budget':
        break;
    }
    yield event;
  }
}
