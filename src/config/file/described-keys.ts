import * as l10n from '@vscode/l10n';
import { signalNames } from '../../core/reward/signal-table';
import { aboutOption, optionPaths } from '../options';
import { budgetFields, budgetMappings, budgetSection, describeBudgetKey } from './read-budgets';
import { describeSignal, signalSection } from './read-signals';
import { litellmParams, modelInfo, modelKeys } from './schema';
import { describeTask, taskNames } from './task-names';
import { groupKeys, optionGroups, optionKeys, optionSections } from './unknown-keys';

/** A key that may be written, with what it means. */
export interface DescribedKey {
  readonly name: string;
  /** Markdown, one line. */
  readonly description: string;
  /** What follows the key: a value in the same line, or lines below it. */
  readonly holds: 'value' | 'mapping' | 'list';
}

const sectionTexts: Readonly<Record<string, string>> = {
  router: l10n.t('How Conduit chooses, and what a request may cost and take.'),
  cache: l10n.t('What is remembered for a while, and where.'),
  budgets: l10n.t('What a day, a month, a window, a conversation, a pool or a model may cost.'),
  judge: l10n.t('Another model that judges a part of the answers, and what that may cost.'),
  signals: l10n.t(
    'What each signal says of an answer: `off`, a weight, or `{ quality, weight, half_life }`.',
  ),
};

const groupTexts: Readonly<Record<string, string>> = {
  'router.measure': l10n.t(
    'A share of the requests that one model gets by chance, so that the others can be held against it: `{ against: opus, share: 0.03 }`.',
  ),
};

/** The keys of the mapping at a path, '[]' for the items of a list. None where nothing is known of it. */
export function keysAt(path: readonly string[]): readonly DescribedKey[] {
  switch (path.join('.')) {
    case '':
      return [
        {
          name: 'model_list',
          description: l10n.t(
            'The models. Those that share a `model_name` are one pool, as in LiteLLM. Left out: those of the keys and servers that are there.',
          ),
          holds: 'list',
        },
        ...optionSections.map(
          (name) => ({ name, description: sectionTexts[name] ?? '', holds: 'mapping' }) as const,
        ),
        ...ofOptions(''),
      ];
    case 'model_list.[]':
      return Object.entries(modelKeys).map(([name, description]) => ({
        name,
        description,
        holds: name === 'model_name' ? 'value' : 'mapping',
      }));
    case 'model_list.[].litellm_params':
      return fieldsOf(litellmParams.shape, ['extra_body']);
    case 'model_list.[].model_info':
      return fieldsOf(modelInfo.shape, ['quality_by_task']);
    case 'model_list.[].model_info.quality_by_task':
      return taskNames.map((name) => ({ name, description: describeTask(name) ?? '', holds: 'value' }));
    default:
      if (path.length === 3 && path[0] === budgetSection && budgetMappings.some((each) => each === path[1]))
        return budgetFields.map((name) => ({ name, description: describeBudgetKey(name), holds: 'value' }));
      if (optionGroups.includes(path.join('.'))) return ofOptions(path.join('.'));
      return path.length === 1 ? ofSection(path[0] ?? '') : [];
  }
}

function ofSection(name: string): readonly DescribedKey[] {
  const rows = name === signalSection ? signalNames : [];
  return [
    ...ofOptions(name),
    ...groupKeys(name).map(
      (group) =>
        ({ name: group, description: groupTexts[`${name}.${group}`] ?? '', holds: 'mapping' }) as const,
    ),
    ...rows.map((row) => ({ name: row, description: describeSignal(row), holds: 'value' }) as const),
    ...(name === budgetSection ? budgetMappings : []).map(
      (row) => ({ name: row, description: describeBudgetKey(row), holds: 'mapping' }) as const,
    ),
  ];
}

function fieldsOf(
  shape: Readonly<Record<string, { readonly description?: string | undefined }>>,
  mappings: readonly string[],
): readonly DescribedKey[] {
  return Object.entries(shape).map(([name, field]) => ({
    name,
    description: field.description ?? '',
    holds: mappings.includes(name) ? 'mapping' : 'value',
  }));
}

function ofOptions(section: string): readonly DescribedKey[] {
  return optionKeys(section).map((name) => {
    const path = optionPaths.find((known) => known === (section === '' ? name : `${section}.${name}`));
    return { name, description: path === undefined ? '' : describeOption(path), holds: 'value' };
  });
}

/** An option in a few lines: what it does, what may be written, what holds otherwise. */
function describeOption(path: (typeof optionPaths)[number]): string {
  const { description, type, fallback, variable } = aboutOption(path);
  const otherwise = fallback === undefined ? l10n.t('not set') : `\`${String(fallback)}\``;
  return `${description}\n\n${l10n.t('{0}. Default: {1}. Overridden by {2}.', type, otherwise, `\`${variable}\``)}`;
}
