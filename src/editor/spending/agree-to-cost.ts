import * as l10n from '@vscode/l10n';
import type { BudgetPeriod } from '../../core/terms/budgets';
import { choose } from '../notify';
import type { OverBudget } from './budget-text';
import { exceededBudgets, overBudgetText } from './budget-text';

/**
 * What the user wants where a budget stands in the way: to go over it `once`, or for the `rest` of its time in all
 * windows, or to ask a model that is `free`.
 */
export type CostChoice = 'once' | 'rest' | 'free';

/** Asks whether a request may go over the user's own budgets; undefined: it may not. */
export async function agreeToCost(over: OverBudget): Promise<CostChoice | undefined> {
  const longest = exceededBudgets(over).map(({ budget }) => budget.period);
  // Where the ledger can't be reached nothing can be said to all windows.
  const rest = over.caps.unreachable === true ? undefined : restText(longest);
  const labels: readonly (readonly [CostChoice, string])[] = [
    ['once', l10n.t('Ask Anyway')],
    ...(rest === undefined ? [] : [['rest', rest] as const]),
    ...(over.free === undefined
      ? []
      : [['free', l10n.t('Ask {0}, Which Is Free', over.free.deploymentId)] as const]),
  ];
  const question = overBudgetText(over);
  const picked = await choose(
    l10n.t('This request would go over your cost limit.'),
    question,
    labels.map(([, label]) => label),
  );
  return labels.find(([, label]) => label === picked)?.[0];
}

/** Of the budget that lasts longest. */
function restText(periods: readonly BudgetPeriod[]): string | undefined {
  if (periods.includes('month')) return l10n.t('Allow This Month');
  if (periods.includes('day') || periods.includes('request')) return l10n.t('Allow Today');
  if (periods.includes('session')) return l10n.t('Allow in This Window');
  return periods.includes('conversation') ? l10n.t('Allow in This Conversation') : undefined;
}
