import type { AnswerEvent } from '../../core/answer-event';
import type { Decision } from '../../core/decision';
import type { AnswerView } from '../../webview/protocol';
import { answerLine, explanation } from '../shown/answer-view';
import {
  errorOf,
  errorOfNoModel,
  errorOfOverBudget,
  fallbackNotice,
  notRecordedNotice,
  retryNotice,
  truncatedNotice,
} from './answer-texts';
import type { Answer } from './turn';
import { lastingNotices } from './turn';

/** What shows an answer as it grows. */
export interface AnswerShow {
  update(change: Partial<AnswerView>): void;
  /** The text is in the view already. */
  grew(text: string): void;
  answered(deploymentId: string): void;
}

/** Takes the events of one answer, in order. */
export function eventTaker(
  answer: Answer,
  { update, grew, answered }: AnswerShow,
): (event: AnswerEvent) => void {
  let decision: Decision | undefined;
  return (event) => {
    switch (event.type) {
      case 'decided':
        decision = event.decision;
        answer.answeredBy = decision.deploymentId;
        return update({ decisionId: decision.id, explanation: explanation(decision) });
      case 'tool-call':
        // None is offered here.
        return;
      case 'text':
        if (answer.view.status !== 'streaming') update({ status: 'streaming' });
        answer.view = { ...answer.view, answer: answer.view.answer + event.text };
        return grew(event.text);
      case 'fell-back':
        answer.answeredBy = event.to;
        return update({ notices: [...lastingNotices(answer), fallbackNotice(event)] });
      case 'retrying': {
        const notices = lastingNotices(answer);
        answer.retryNotice = retryNotice(event);
        return update({ notices: [...notices, answer.retryNotice] });
      }
      case 'not-recorded':
        return update({ notices: [...answer.view.notices, notRecordedNotice(event.detail)] });
      case 'finished': {
        const { notices } = answer.view;
        update({
          status: 'done',
          notices: event.truncated ? [...notices, truncatedNotice] : notices,
          ...(decision && { line: answerLine(decision, event.attempt) }),
        });
        return answered(event.attempt.deploymentId);
      }
      case 'stopped':
        return update({ status: 'stopped', ...(decision && { line: answerLine(decision, event.attempt) }) });
      case 'failed':
        return update({ status: 'failed', error: errorOf(event), notices: lastingNotices(answer) });
      case 'no-model':
        return update({ status: 'failed', error: errorOfNoModel(event) });
      case 'over-budget':
        return update({ status: 'failed', error: errorOfOverBudget(event) });
    }
  };
}
