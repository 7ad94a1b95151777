import type { AnswerEvent } from '../../core/answer-event';
import { formatUsd } from '../shown/format';

type OverBudget = Extract<AnswerEvent, { type: 'over-budget' }>;

/** What stands in the way of a request, and what it would cost: the question that the user is asked. */
export function overBudgetText({ caps, cheapest }: OverBudget): string {
  const { deploymentId, costUsd } = cheapest;
  const price =
    costUsd === undefined
      ? `What ${deploymentId} would cost is not known`
      : `${deploymentId}, the cheapest model that can answer, would cost about ${formatUsd(costUsd)}`;
  return `${price}; ${limitText(caps, costUsd)}.`;
}

function limitText({ requestUsd, dayLeftUsd }: OverBudget['caps'], costUsd: number | undefined): string {
  const overRequest = requestUsd !== undefined && (costUsd === undefined || costUsd > requestUsd);
  if (overRequest) return `max_cost_per_request_usd is ${formatUsd(requestUsd)}`;
  if (dayLeftUsd === undefined || dayLeftUsd <= 0) return 'nothing is left of daily_budget_usd for today';
  return `${formatUsd(dayLeftUsd)} is left of daily_budget_usd for today`;
}
