import type { AnswerEvent } from '../terms/answer-event';
import type { Decision } from '../terms/decision';
import type { RouteRequest } from '../terms/request';
import type { AnsweringState } from './asked';

/**
 * Listens to an answer, event by event, and tells the judge of it where it is whole: with text, cut by no limit, and, of
 * an agent's loop, without a further tool call. The judge only takes note: the answer doesn't wait for it. Undefined:
 * there is no judge.
 */
export function hearingOf(
  { judge }: Pick<AnsweringState, 'judge'>,
  { messages }: RouteRequest,
  decision: Decision,
): ((event: AnswerEvent) => void) | undefined {
  if (judge === undefined) return undefined;
  const texts: string[] = [];
  let whole = true;
  return (event) => {
    switch (event.type) {
      case 'text':
        texts.push(event.text);
        break;
      case 'rethought':
        texts.length = 0;
        break;
      case 'tool-call':
        whole = false;
        break;
      case 'finished': {
        const text = texts.join('');
        if (!whole || event.truncated || text.trim() === '') return;
        const { decisionId, deploymentId, receipt } = event.attempt;
        const { servedModel } = receipt;
        judge.answered({ decisionId, deploymentId, decision, messages, text, servedModel });
        break;
      }
      case 'decided':
      case 'thought':
      case 'fell-back':
      case 'retrying':
      case 'not-recorded':
      case 'stuck':
      case 'stopped':
      case 'failed':
      case 'no-model':
      case 'over-budget':
        break;
    }
  };
}
