import * as l10n from '@vscode/l10n';
import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Budget } from '../../core/terms/budgets';
import { aboutUsd, formatUsd } from '../shown/format';
import { budgetName } from './budget-words';

export type OverBudget = Extract<AnswerEvent, { type: 'over-budget' }>;

/** What stands in the way of a request, and what it would cost: the question that the user is asked. */
export function overBudgetText(over: OverBudget): string {
  const { deploymentId, costUsd } = over.cheapest;
  const limit = limitText(over);
  return costUsd === undefined
    ? l10n.t('What {0} would cost is not known; {1}.', deploymentId, limit)
    : l10n.t(
        '{0}, the cheapest model that can answer, would cost {1}; {2}.',
        deploymentId,
        aboutUsd(costUsd),
        limit,
      );
}

function limitText(over: OverBudget): string {
  const { caps } = over;
  const [first, ...more] = exceededBudgets(over);
  if (caps.unreachable === true && first?.budget.period !== 'request')
    return l10n.t('the ledger can’t be reached, and this window’s share of the budget is used up');
  const { requestUsd, dayLeftUsd } = caps;
  if (first === undefined) return l10n.t('nothing is left of daily_budget_usd for today');
  const text =
    first.of === 'request'
      ? requestText(requestUsd)
      : first.of === 'day'
        ? dayText(dayLeftUsd)
        : leftText(first);
  return more.length === 0 ? text : [text, ...more.map(leftText)].join('; ');
}

function requestText(requestUsd: number | undefined): string {
  return l10n.t('max_cost_per_request_usd is {0}', formatUsd(requestUsd ?? 0));
}

function dayText(dayLeftUsd: number | undefined): string {
  return dayLeftUsd === undefined || dayLeftUsd <= 0
    ? l10n.t('nothing is left of daily_budget_usd for today')
    : l10n.t('{0} is left of daily_budget_usd for today', formatUsd(dayLeftUsd));
}

function leftText({ budget, leftUsd }: Exceeded): string {
  if (budget.period === 'request') return l10n.t('{0} is {1}', budget.path, formatUsd(budget.usd));
  return leftUsd <= 0
    ? l10n.t('nothing is left of {0} ({1})', budgetName(budget), budget.path)
    : l10n.t('{0} is left of {1} ({2})', formatUsd(leftUsd), budgetName(budget), budget.path);
}

/** A budget that stands in the way. */
export interface Exceeded {
  /** `request` and `day`: those that the first versions had. */
  readonly of: 'request' | 'day' | 'other';
  readonly budget: Budget;
  readonly leftUsd: number;
}

/** All that stand in the way of the cheapest model. */
export function exceededBudgets({
  caps,
  cheapest: { deploymentId, costUsd },
}: OverBudget): readonly Exceeded[] {
  const over = (leftUsd: number): boolean => costUsd === undefined || costUsd > leftUsd;
  const { requestUsd, dayLeftUsd, others = [] } = caps;
  const ofAll = (period: 'request' | 'day', leftUsd: number | undefined): readonly Exceeded[] => {
    if (leftUsd === undefined || !over(leftUsd)) return [];
    const path = period === 'day' ? 'daily_budget_usd' : 'max_cost_per_request_usd';
    return [{ of: period, budget: { period, subject: { of: 'all' }, usd: leftUsd, path }, leftUsd }];
  };
  return [
    ...ofAll('request', requestUsd),
    ...ofAll('day', dayLeftUsd),
    ...others
      .filter(({ budget: { subject } }) => subject.of !== 'model' || subject.name === deploymentId)
      .filter(({ leftUsd }) => over(leftUsd))
      .map(({ budget, leftUsd }) => ({ of: 'other', budget, leftUsd }) as const),
  ];
}
