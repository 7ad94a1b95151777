import * as l10n from '@vscode/l10n';
import type { Budget } from '../../core/terms/budgets';

/** What a budget is called in a list: "Budget of the day", "Budget of the day of gpt". */
export function budgetName({ period, subject }: Pick<Budget, 'period' | 'subject'>): string {
  switch (subject.of) {
    case 'judge':
      return l10n.t('Daily budget of judging');
    case 'pool':
    case 'model':
      return l10n.t('{0}, for {1}', budgetName({ period, subject: { of: 'all' } }), subject.name);
    case 'all':
      break;
  }
  switch (period) {
    case 'request':
      return l10n.t('Limit for a request');
    case 'conversation':
      return l10n.t('Budget of a conversation');
    case 'session':
      return l10n.t('Budget of a window');
    case 'day':
      return l10n.t('Daily budget');
    case 'month':
      return l10n.t('Monthly budget');
  }
}
