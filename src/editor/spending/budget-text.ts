import * as l10n from '@vscode/l10n';
import type { AnswerEvent } from '../../core/terms/answer-event';
import { aboutUsd, formatUsd } from '../shown/format';

type OverBudget = Extract<AnswerEvent, { type: 'over-budget' }>;

/** What stands in the way of a request, and what it would cost: the question that the user is asked. */
export function overBudgetText({ caps, cheapest }: OverBudget): string {
  const { deploymentId, costUsd } = cheapest;
  const limit = limitText(caps, costUsd);
  return costUsd === undefined
    ? l10n.t('What {0} would cost is not known; {1}.', deploymentId, limit)
    : l10n.t(
        '{0}, the cheapest model that can answer, would cost {1}; {2}.',
        deploymentId,
        aboutUsd(costUsd),
        limit,
      );
}

function limitText({ requestUsd, dayLeftUsd }: OverBudget['caps'], costUsd: number | undefined): string {
  const overRequest = requestUsd !== undefined && (costUsd === undefined || costUsd > requestUsd);
  if (overRequest) return l10n.t('max_cost_per_request_usd is {0}', formatUsd(requestUsd));
  if (dayLeftUsd === undefined || dayLeftUsd <= 0)
    return l10n.t('nothing is left of daily_budget_usd for today');
  return l10n.t('{0} is left of daily_budget_usd for today', formatUsd(dayLeftUsd));
}
