import type { AnswerEvent } from '../../core/answer-event';
import type { TurnView } from '../../webview/protocol';
import { overBudgetText } from '../spending/budget-text';
import { adviceFor, nameOfExclusion, nameOfFailure } from '../shown/failure-text';

/** An answer that reached the limit of its length. */
export const truncatedNotice = 'The answer was cut off at the model’s output limit.';

export function notRecordedNotice(detail: string): string {
  return `This answer could not be recorded and will be missing in the statistics: ${detail}`;
}

export function fallbackNotice({ from, to, failure }: Extract<AnswerEvent, { type: 'fell-back' }>): string {
  return `${from} failed (${nameOfFailure(failure)}); ${to} was asked instead.`;
}

export function retryNotice({
  deploymentId,
  failure,
  waitMs,
}: Extract<AnswerEvent, { type: 'retrying' }>): string {
  const wait = waitMs < 1_000 ? '' : ` after ${String(Math.round(waitMs / 1_000))} s`;
  return `${deploymentId} failed (${nameOfFailure(failure)}); it was asked again${wait}.`;
}

export function errorOf(event: Extract<AnswerEvent, { type: 'failed' }>): NonNullable<TurnView['error']> {
  const { failure, attempt, partial } = event;
  const advice = adviceFor(failure);
  const what = `${attempt.deploymentId} failed (${nameOfFailure(failure)}): ${failure.detail}`;
  const state = partial ? ' What arrived so far stands above.' : '';
  return { text: `${what}${state} ${advice.text}`, actions: [...advice.actions] };
}

export function errorOfNoModel(
  event: Extract<AnswerEvent, { type: 'no-model' }>,
): NonNullable<TurnView['error']> {
  const why = event.excluded.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`);
  const keyMissing = event.excluded.some(({ reason }) => reason === 'missing-key');
  return {
    text: `No model of pool '${event.pool}' can take this request (${why.join('; ')}). Nothing was sent.`,
    actions: keyMissing ? ['set-key', 'open-configuration', 'retry'] : ['open-configuration', 'retry'],
  };
}

export function errorOfOverBudget(
  event: Extract<AnswerEvent, { type: 'over-budget' }>,
): NonNullable<TurnView['error']> {
  return { text: `${overBudgetText(event)} Nothing was sent.`, actions: ['retry', 'open-configuration'] };
}
