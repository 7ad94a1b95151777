import * as l10n from '@vscode/l10n';
import type { AnswerError } from '../../webview/protocol/chat';
import { adviceFor, nameOfExclusion, nameOfFailure } from '../shown/failure-text';
import { overBudgetText } from '../spending/budget-text';
import type { AnswerEnd, Notice } from './answer-facts';

type EndOf<Type extends AnswerEnd['type']> = Extract<AnswerEnd, { type: Type }>;

/** An answer that reached the limit of its length. */
export const truncatedNotice = l10n.t('The answer was cut off at the model’s output limit.');

/** What happened on the way of an answer, in a sentence. */
export function noticeText(notice: Notice): string {
  switch (notice.type) {
    case 'fell-back': {
      const { from, to, failure } = notice;
      return l10n.t('{0} failed ({1}); {2} was asked instead.', from, nameOfFailure(failure), to);
    }
    case 'retrying':
      return retryText(notice);
    case 'not-recorded':
      return l10n.t(
        'This answer could not be recorded and will be missing in the statistics: {0}',
        notice.detail,
      );
  }
}

function retryText({ deploymentId, failure, waitMs }: Extract<Notice, { type: 'retrying' }>): string {
  const name = nameOfFailure(failure);
  if (waitMs < 1_000) return l10n.t('{0} failed ({1}); it was asked again.', deploymentId, name);
  const seconds = Math.round(waitMs / 1_000);
  return l10n.t('{0} failed ({1}); it was asked again after {2} s.', deploymentId, name, seconds);
}

/**
 * Why there is no whole answer, and what can be done; undefined: there is one, or the user stopped it. `ofPart` says
 * what became of a part that had arrived.
 */
export function errorOf(
  end: AnswerEnd,
  ofPart = l10n.t('What arrived so far stands above.'),
): AnswerError | undefined {
  switch (end.type) {
    case 'finished':
    case 'stopped':
      return undefined;
    case 'failed':
      return errorOfFailure(end, ofPart);
    case 'no-model':
      return errorOfNoModel(end);
    case 'over-budget': {
      const text = [overBudgetText(end), l10n.t('Nothing was sent.')].join(' ');
      return { text, actions: ['retry', 'open-configuration'] };
    }
    case 'broken':
      return { text: end.detail, actions: ['retry', 'show-log'] };
  }
}

function errorOfFailure({ failure, attempt, partial }: EndOf<'failed'>, ofPart: string): AnswerError {
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

function errorOfNoModel({ pool, excluded }: EndOf<'no-model'>): AnswerError {
  const why = excluded.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`);
  const keyMissing = excluded.some(({ reason }) => reason === 'missing-key');
  return {
    text: l10n.t(
      "No model of pool '{0}' can take this request ({1}). Nothing was sent.",
      pool,
      why.join('; '),
    ),
    actions: keyMissing ? ['set-key', 'open-configuration', 'retry'] : ['open-configuration', 'retry'],
  };
}
