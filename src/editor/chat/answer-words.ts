import type { AnswerLine, AnswerView } from '../../webview/protocol/chat';
import type { AnswerFacts } from '../answers/answer-facts';
import { errorOf, noticeText, truncatedNotice } from '../answers/answer-texts';
import { answerLine, explanation } from '../answers/answer-view';

/** What is said of an answer around its text, in the language that is spoken. */
export type AnswerWords = Pick<AnswerView, 'status' | 'notices' | 'error' | 'line' | 'explanation'>;

export function wordsOf(facts: AnswerFacts): AnswerWords {
  const { decision, end, notices } = facts;
  const isTruncated = end?.type === 'finished' && end.truncated;
  const error = end && errorOf(end);
  const line = lineOf(facts);
  return {
    status: statusOf(facts),
    notices: [...notices.map(noticeText), ...(isTruncated ? [truncatedNotice] : [])],
    ...(error && { error }),
    ...(line && { line }),
    ...(decision && { explanation: explanation(decision) }),
  };
}

/** The line under an answer that came whole, or as far as the user wanted it. */
export function lineOf({ decision, end }: AnswerFacts): AnswerLine | undefined {
  const attempt = end?.type === 'finished' || end?.type === 'stopped' ? end.attempt : undefined;
  return decision && attempt && answerLine(decision, attempt);
}

function statusOf({ text, end }: AnswerFacts): AnswerView['status'] {
  switch (end?.type) {
    case undefined:
      return text === '' ? 'waiting' : 'streaming';
    case 'finished':
      return 'done';
    case 'stopped':
      return 'stopped';
    case 'failed':
    case 'no-model':
    case 'over-budget':
    case 'broken':
      return 'failed';
  }
}
