import * as l10n from '@vscode/l10n';
import type { AnswerEvent } from '../../core/answer-event';
import type { Attempt } from '../../core/attempt';
import type { Decision } from '../../core/decision';
import type { TurnView } from '../../webview/protocol';
import { errorOf, errorOfNoModel, errorOfOverBudget } from '../chat/answer-texts';
import { answerLine } from '../shown/answer-view';

type Action = NonNullable<TurnView['error']>['actions'][number];

/** Who answered: what the observations of the edit are about. */
export interface Answered {
  readonly decisionId: string;
  /** After a fallback not the one first chosen. */
  readonly deploymentId: string;
}

/** Who wrote a proposal. */
export interface Author extends Answered {
  /** The model, and when the proposal is whole what it cost and how long it took. */
  readonly line: string;
}

/** How an answer ended. */
export type AnswerEnd =
  | {
      readonly kind: 'finished';
      /** True where it ends in the middle, at the model's limit. */
      readonly truncated: boolean;
      /** Who gave it, at what cost and how fast: "mini · $0.0001 · 1.2 s". */
      readonly line: string;
    }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly text: string; readonly actions: readonly Action[] };

/** Reads an answer to its end, and tells who gives it and what has come so far as either changes. */
export async function readAnswer(
  events: AsyncIterable<AnswerEvent>,
  onChanged: (answer: string, by: Answered) => void,
): Promise<AnswerEnd> {
  let decision: Decision | undefined;
  let by: Answered | undefined;
  let answer = '';
  let end: AnswerEnd = { kind: 'stopped' };
  for await (const event of events) {
    switch (event.type) {
      case 'decided':
        ({ decision } = event);
        by = { decisionId: decision.id, deploymentId: decision.deploymentId };
        onChanged(answer, by);
        break;
      case 'fell-back':
        if (by === undefined) break;
        by = { ...by, deploymentId: event.to };
        onChanged(answer, by);
        break;
      case 'text':
        answer += event.text;
        if (by !== undefined) onChanged(answer, by);
        break;
      case 'finished':
        end = { kind: 'finished', truncated: event.truncated, line: lineOf(decision, event.attempt) };
        break;
      case 'failed':
        end = { kind: 'failed', ...errorOf(event, l10n.t('Nothing was changed.')) };
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

function lineOf(decision: Decision | undefined, attempt: Attempt): string {
  if (decision === undefined) return attempt.deploymentId;
  const { model, cost, time } = answerLine(decision, attempt);
  return [model, cost, time].join(' · ');
}
