import * as l10n from '@vscode/l10n';
import type { Budget, BudgetSubject } from '../../core/terms/budgets';
import type { Pool } from '../../core/terms/deployment';
import { isJsonObject } from '../../core/terms/tools';
import { mappingNeeded } from '../mapping-needed';
import type { ConfigurationTier } from '../options';
import type { PathSegment, Problem } from '../problem';
import { shown } from '../shown-text';
import { nearWord } from './near-word';
import { numberIn } from './written-forms';
import type { YamlFile } from './yaml-file';
import { valueAt } from './yaml-value';

export const budgetSection = 'budgets';

/** The mappings of budgets by the name of a pool or of a model, with what a name is of. */
const mappings = { per_pool: 'pool', per_model: 'model' } as const;
export type BudgetMapping = keyof typeof mappings;
export const budgetMappings: readonly BudgetMapping[] = ['per_pool', 'per_model'];

/** The budgets that one pool or model may have. */
const fields = { day_usd: 'day', month_usd: 'month', request_usd: 'request' } as const;
export const budgetFields: readonly (keyof typeof fields)[] = ['day_usd', 'month_usd', 'request_usd'];

/** A budget of a file, and where it is written: "conduit.yaml:7". */
export interface WrittenBudget {
  readonly budget: Budget;
  readonly place: string;
}

/**
 * The budgets of single pools and models. One that can't be read is an error, for without it a limit would be gone; one
 * that nothing can count in is a warning. A workspace's file sets none.
 */
export function readBudgets(
  yaml: YamlFile,
  { name: file, tier }: { readonly name: string; readonly tier: ConfigurationTier },
  pools: readonly Pool[],
): { readonly budgets: readonly WrittenBudget[]; readonly problems: readonly Problem[] } {
  const budgets: WrittenBudget[] = [];
  const problems: Problem[] = [];
  const say = (
    severity: Problem['severity'],
    path: readonly PathSegment[],
    message: string,
    onKey = false,
  ): void => void problems.push(yaml.problemAt(severity, path, message, onKey));
  for (const mapping of budgetMappings) {
    const path = [budgetSection, mapping];
    const written = valueAt(yaml.value, path);
    if (written === undefined || written === null) continue;
    if (tier === 'workspace') {
      say('warning', path, l10n.t('only your own conduit.yaml can set budgets: it has no effect'));
      continue;
    }
    if (!isJsonObject(written)) {
      say('error', path, mappingNeeded(budgetSection));
      continue;
    }
    const names = namesOf(mapping, pools);
    for (const [name, own] of Object.entries(written)) {
      const problem =
        names.length > 0 && !names.includes(name) ? unknownName(mapping, name, names) : undefined;
      if (problem !== undefined) say('warning', [...path, name], problem, true);
      if (!isJsonObject(own)) {
        say('error', [...path, name], l10n.t('must be a mapping, for example { day_usd: 1.00 }'));
        continue;
      }
      budgets.push(...budgetsOf({ of: mappings[mapping], name }, own, [...path, name]));
    }
  }
  return { budgets, problems };

  function budgetsOf(
    subject: BudgetSubject,
    written: Readonly<Record<string, unknown>>,
    path: readonly string[],
  ): readonly WrittenBudget[] {
    return Object.entries(written).flatMap(([key, value]): readonly WrittenBudget[] => {
      const field = budgetFields.find((known) => known === key);
      if (field === undefined) {
        const near = nearWord(key, budgetFields);
        say(
          'warning',
          [...path, key],
          near === undefined
            ? l10n.t('is no budget of a pool or a model ({0}): it has no effect', budgetFields.join(', '))
            : l10n.t("is not known and has no effect; did you mean '{0}'?", near),
          true,
        );
        return [];
      }
      if (value === null || value === undefined) return [];
      const usd = numberIn(value);
      if (typeof usd !== 'number' || !Number.isFinite(usd) || usd < 0) {
        const negative = typeof usd === 'number' && usd < 0;
        say(
          'error',
          [...path, key],
          negative ? l10n.t('must not be negative') : l10n.t('must be an amount in USD, for example 2.00'),
        );
        return [];
      }
      const { line, fileName = file } = yaml.problemAt('warning', [...path, key], '', true);
      const budget = { period: fields[field], subject, usd, path: [...path, key].join('.') };
      return [{ budget, place: `${fileName}:${String(line)}` }];
    });
  }
}

function namesOf(mapping: BudgetMapping, pools: readonly Pool[]): readonly string[] {
  return mapping === 'per_pool'
    ? pools.map(({ name }) => name)
    : pools.flatMap(({ deployments }) => deployments.map(({ id }) => id));
}

function unknownName(mapping: BudgetMapping, name: string, names: readonly string[]): string {
  const near = nearWord(name, names);
  if (near !== undefined)
    return l10n.t("there is no '{0}': it has no effect; did you mean '{1}'?", shown(name), near);
  return mapping === 'per_pool'
    ? l10n.t("there is no pool '{0}': it has no effect", shown(name))
    : l10n.t("there is no model with the id '{0}': it has no effect", shown(name));
}

/** For the documentation and for completions: one line for each mapping and field. */
export function describeBudgetKey(key: BudgetMapping | keyof typeof fields): string {
  switch (key) {
    case 'per_pool':
      return l10n.t('Budgets of single pools, by `model_name`: `{ gpt: { day_usd: 1.00 } }`.');
    case 'per_model':
      return l10n.t('Budgets of single models, by `model_info.id`: `{ opus: { month_usd: 20.00 } }`.');
    case 'day_usd':
      return l10n.t('Most that it may cost a day, from midnight, in USD.');
    case 'month_usd':
      return l10n.t('Most that it may cost a month, from its first day, in USD.');
    case 'request_usd':
      return l10n.t('Most that one request to it may cost, in USD.');
  }
}
