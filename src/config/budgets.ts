import * as l10n from '@vscode/l10n';
import type { Budget, BudgetPeriod, Budgets } from '../core/terms/budgets';
import type { WrittenBudget } from './file/read-budgets';
import type { OptionPath, Setting, Settings } from './options';

/** The options that hold a budget for all that is asked. Two of one period: the tighter holds. */
const budgetOptions = {
  'router.max_cost_per_request_usd': 'request',
  'budgets.request_usd': 'request',
  'budgets.conversation_usd': 'conversation',
  'budgets.session_usd': 'session',
  'router.daily_budget_usd': 'day',
  'budgets.day_usd': 'day',
  'budgets.month_usd': 'month',
} as const satisfies Partial<Record<OptionPath, BudgetPeriod>>;

type BudgetOption = keyof typeof budgetOptions;
const paths = Object.keys(budgetOptions) as readonly BudgetOption[];

/** The budgets in force: those of options, then those of single pools and models. */
export function budgetsOf(
  values: Partial<Record<BudgetOption, number | undefined>>,
  written: readonly WrittenBudget[],
  pace: boolean,
): Budgets {
  const all = paths.flatMap((path): readonly Budget[] => {
    const usd = values[path];
    return usd === undefined ? [] : [{ period: budgetOptions[path], subject: { of: 'all' }, usd, path }];
  });
  const tightest = all.filter(
    (budget) =>
      !all.some(
        (other) =>
          other.period === budget.period &&
          (other.usd < budget.usd || (other.usd === budget.usd && all.indexOf(other) < all.indexOf(budget))),
      ),
  );
  return { caps: [...tightest, ...written.map(({ budget }) => budget)], pace };
}

/** Options that have no effect because another one of the same period is tighter, with what is said of each. */
export function looserBudgets(
  layers: readonly Settings[],
): readonly { readonly path: BudgetOption; readonly setting: Setting; readonly message: string }[] {
  const inForce = paths.flatMap((path) => {
    const setting = layers.findLast((layer) => layer.has(path))?.get(path);
    return setting === undefined ? [] : [{ path, setting, usd: Number(setting.value) }];
  });
  return inForce.flatMap((each) => {
    const tighter = inForce.find(
      (other) => budgetOptions[other.path] === budgetOptions[each.path] && other.usd < each.usd,
    );
    if (tighter === undefined) return [];
    const message = l10n.t(
      'has no effect: {0} ({1}) is tighter, at ${2}',
      tighter.path,
      tighter.setting.place,
      String(tighter.usd),
    );
    return [{ path: each.path, setting: each.setting, message }];
  });
}
