import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { withOption } from '../../config/file/set-option';
import type { BudgetPeriod } from '../../core/terms/budgets';
import { budgetFor, budgetPeriods } from '../../core/terms/budgets';
import { notify } from '../notify';
import { formatUsd } from '../shown/format';
import { budgetName } from '../spending/budget-words';
import { changeUserFile } from './change-user-file';
import { baseName } from './configuration-files';
import type { ConfigurationSource } from './configuration-source';

export interface BudgetSetupParts {
  readonly configuration: Pick<ConfigurationSource, 'current' | 'refresh'>;
  readonly globalStorageUri: vscode.Uri;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  /** The text of a conduit.yaml with an option, or without; undefined where that can't be done for sure. */
  readonly write: () => Promise<typeof withOption>;
}

/** `Conduit: Set Budget…`: which budget, and how much, written into the user's conduit.yaml. */
export async function setBudget(parts: BudgetSetupParts): Promise<void> {
  const period = await pickPeriod(parts);
  if (period === undefined) return;
  const { budgets } = await parts.configuration.current();
  const before = budgetFor(budgets, period);
  const name = nameOf(period);
  const entered = await vscode.window.showInputBox({
    title: name,
    prompt: l10n.t('In USD. Empty: no limit.'),
    value: before === undefined ? '' : String(before.usd),
    validateInput: (text) =>
      usdIn(text) === 'wrong' ? l10n.t('must be an amount in USD, for example 2.00') : undefined,
  });
  if (entered === undefined) return;
  const usd = usdIn(entered);
  if (usd === 'wrong' || !(await write(parts, period, usd))) return;
  await parts.configuration.refresh();
  await tellOutcome(parts, period, usd);
}

function nameOf(period: BudgetPeriod): string {
  return budgetName({ period, subject: { of: 'all' } });
}

async function pickPeriod({ configuration }: BudgetSetupParts): Promise<BudgetPeriod | undefined> {
  const { budgets } = await configuration.current();
  const items = budgetPeriods.toReversed().map((period) => {
    const budget = budgetFor(budgets, period);
    const description = budget === undefined ? l10n.t('not set') : formatUsd(budget.usd);
    return { label: nameOf(period), description, period };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Which budget?'),
    placeHolder: l10n.t('Written into your conduit.yaml'),
  });
  return picked?.period;
}

/** Undefined: none; an amount may be written with a sign or a comma. */
export function usdIn(text: string): number | undefined | 'wrong' {
  const plain = text
    .trim()
    .replace(/^\$\s*|\s*\$$/, '')
    .replace(',', '.');
  if (plain === '') return undefined;
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : 'wrong';
}

/** Resolves to true where the file now says so, and is saved. */
async function write(
  { globalStorageUri, template, ...parts }: BudgetSetupParts,
  period: BudgetPeriod,
  usd: number | undefined,
): Promise<boolean> {
  const withOption = await parts.write();
  const changed = await changeUserFile(globalStorageUri, template, (text) => {
    const set = withOption(text, { section: 'budgets', key: `${period}_usd`, value: usd });
    const older = olderOption(period);
    // The first versions' name would hold beside it.
    return set === undefined || older === undefined
      ? set
      : withOption(set, { section: 'router', key: older, value: undefined });
  });
  switch (changed.kind) {
    case 'saved':
      return true;
    case 'refused':
      notify('warning', l10n.t('The budget was not changed: {0}.', changed.reason), [openConfiguration()]);
      return false;
    case 'unsaved': {
      const { document } = changed;
      const message = l10n.t(
        'The budget is in {0}, and counts as soon as you save that file.',
        baseName(document.uri),
      );
      notify('info', message, [
        { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
      ]);
      return false;
    }
  }
}

function olderOption(period: BudgetPeriod): string | undefined {
  if (period === 'day') return 'daily_budget_usd';
  return period === 'request' ? 'max_cost_per_request_usd' : undefined;
}

async function tellOutcome(
  { configuration }: BudgetSetupParts,
  period: BudgetPeriod,
  wanted: number | undefined,
): Promise<void> {
  const now = budgetFor((await configuration.current()).budgets, period);
  if (now?.usd !== wanted) {
    notify(
      'warning',
      l10n.t(
        'The budget is in your conduit.yaml, but another one is in force: a variable, or an error in the file.',
      ),
      [openConfiguration()],
    );
    return;
  }
  const text = now === undefined ? l10n.t('no limit') : formatUsd(now.usd);
  vscode.window.setStatusBarMessage(l10n.t('Conduit: {0}: {1}', nameOf(period), text), 4_000);
}

function openConfiguration() {
  return {
    label: l10n.t('Open Configuration'),
    run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
  };
}
