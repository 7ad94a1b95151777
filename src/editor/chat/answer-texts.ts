import * as l10n from '@vscode/l10n';
import type { AnswerEvent } from '../../core/answer-event';
import type { TurnView } from '../../webview/protocol';
import { overBudgetText } from '../spending/budget-text';
import { adviceFor, nameOfExclusion, nameOfFailure } from '../shown/failure-text';

/** An answer that reached the limit of its length. */
export const truncatedNotice = l10n.t('The answer was cut off at the model’s output limit.');

export function notRecordedNotice(detail: string): string {
  return l10n.t('This answer could not be recorded and will be missing in the statistics: {0}', detail);
}

export function fallbackNotice({ from, to, failure }: Extract<AnswerEvent, { type: 'fell-back' }>): string {
  return l10n.t('{0} failed ({1}); {2} was asked instead.', from, nameOfFailure(failure), to);
}

export function retryNotice({
  deploymentId,
  failure,
  waitMs,
}: Extract<AnswerEvent, { type: 'retrying' }>): string {
  const name = nameOfFailure(failure);
  if (waitMs < 1_000) return l10n.t('{0} failed ({1}); it was asked again.', deploymentId, name);
  const seconds = Math.round(waitMs / 1_000);
  return l10n.t('{0} failed ({1}); it was asked again after {2} s.', deploymentId, name, seconds);
}

/** `ofPart` says what became of a part that had arrived. */
export function errorOf(
  event: Extract<AnswerEvent, { type: 'failed' }>,
  ofPart = l10n.t('What arrived so far stands above.'),
): NonNullable<TurnView['error']> {
  const { failure, attempt, partial } = event;
  const advice = adviceFor(failure);
  const what = l10n.t(
    '{0} failed ({1}): {2}',
    attempt.deploymentId,
    nameOfFailure(failure),
    asSentence(failure.detail),
  );
  const state = partial ? [ofPart] : [];
  return { text: [what, ...state, advice.text].join(' '), actions: [...advice.actions] };
}

/** More sentences follow, and servers' messages often end as they like. */
function asSentence(text: string): string {
  return /[\p{L}\p{N})]$/u.test(text) ? `${text}.` : text;
}

export function errorOfNoModel(
  event: Extract<AnswerEvent, { type: 'no-model' }>,
): NonNullable<TurnView['error']> {
  const why = event.excluded.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`);
  const keyMissing = event.excluded.some(({ reason }) => reason === 'missing-key');
  return {
    text: l10n.t(
      "No model of pool '{0}' can take this request ({1}). Nothing was sent.",
      event.pool,
      why.join('; '),
    ),
    actions: keyMissing ? ['set-key', 'open-configuration', 'retry'] : ['open-configuration', 'retry'],
  };
}

export function errorOfOverBudget(
  event: Extract<AnswerEvent, { type: 'over-budget' }>,
): NonNullable<TurnView['error']> {
  const text = [overBudgetText(event), l10n.t('Nothing was sent.')].join(' ');
  return { text, actions: ['retry', 'open-configuration'] };
}
