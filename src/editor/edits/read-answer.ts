import type { AnswerEvent } from '../../core/answer-event';
import type { TurnView } from '../../webview/protocol';
import { errorOf, errorOfNoModel, errorOfOverBudget } from '../chat/answer-texts';

type Action = NonNullable<TurnView['error']>['actions'][number];

/** Who answered: what the observations of the edit are about. */
export interface Answered {
  readonly decisionId: string;
  /** After a fallback not the one first chosen. */
  readonly deploymentId: string;
}

/** How an answer ended. */
export type AnswerEnd =
  | { readonly kind: 'finished'; readonly truncated: boolean }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly text: string; readonly actions: readonly Action[] };

/** Reads an answer to its end, and tells who gives it and what has come so far as it grows. */
export async function readAnswer(
  events: AsyncIterable<AnswerEvent>,
  onGrown: (answer: string, by: Answered) => void,
): Promise<AnswerEnd> {
  let by: Answered | undefined;
  let answer = '';
  let end: AnswerEnd = { kind: 'stopped' };
  for await (const event of events) {
    switch (event.type) {
      case 'decided':
        by = { decisionId: event.decision.id, deploymentId: event.decision.deploymentId };
        break;
      case 'fell-back':
        if (by !== undefined) by = { ...by, deploymentId: event.to };
        break;
      case 'text':
        answer += event.text;
        if (by !== undefined) onGrown(answer, by);
        break;
      case 'finished':
        end = { kind: 'finished', truncated: event.truncated };
        break;
      case 'failed':
        end = { kind: 'failed', ...errorOf(event) };
        break;
      case 'no-model':
        end = { kind: 'failed', ...errorOfNoModel(event) };
        break;
      case 'over-budget':
        end = { kind: 'failed', ...errorOfOverBudget(event) };
        break;
      default:
        break;
    }
  }
  return end;
}
