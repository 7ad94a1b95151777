import * as l10n from '@vscode/l10n';
import {
  bodyFields,
  isProxyInfo,
  isProxyParam,
  proxyModelKeys,
  proxySections,
  timeoutFields,
} from './litellm-keys';
import { priceField } from '../../vendors/price-fields';
import { signalNames } from '../../core/reward/signal-table';
import { nearWord } from './near-word';
import { budgetMappings, budgetSection } from './read-budgets';
import { signalSection } from './read-signals';
import { optionPaths } from '../options';
import type { PathSegment, Problem } from '../problem';
import { mostProblems } from '../problem';
import { litellmParams, modelInfo, modelKeys } from './schema';
import type { YamlFile } from './yaml-file';
import { keysOf, listAt, valueAt } from './yaml-value';

/** The sections that options stand in: "router", "cache". */
export const optionSections: readonly string[] = [
  ...new Set(optionPaths.flatMap((path) => (path.includes('.') ? path.split('.').slice(0, 1) : []))),
];

/** The keys of the options in a section; '' for those at the top. */
export function optionKeys(section: string): readonly string[] {
  const prefix = section === '' ? '' : `${section}.`;
  return optionPaths
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'))
    .map((path) => path.slice(prefix.length));
}

/** The mappings of options within sections, by their path: "router.measure". */
export const optionGroups: readonly string[] = [
  ...new Set(
    optionPaths.flatMap((path) => {
      const segments = path.split('.');
      return segments.length > 2 ? [segments.slice(0, -1).join('.')] : [];
    }),
  ),
];

/** The mappings of options that a section holds: "measure". */
export function groupKeys(section: string): readonly string[] {
  const prefix = `${section}.`;
  return optionGroups.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
}

/** All that may stand in a section: rows of the table of signals, and budgets by name, are no options of their own. */
function sectionKeys(section: string): readonly string[] {
  const rows = section === signalSection ? signalNames : section === budgetSection ? budgetMappings : [];
  return [...optionKeys(section), ...groupKeys(section), ...rows];
}

/** LiteLLM's sections that are read beside the list of models. */
const readSections = ['credential_list', 'environment_variables', 'include'];
const topKeys = ['model_list', ...optionSections, ...optionKeys(''), ...readSections];

/** Whether a key at the top is Conduit's or LiteLLM's. */
export function isKnownSection(key: string): boolean {
  return [...topKeys, ...proxySections].includes(key);
}

const ofProxy = l10n.t('belongs to the LiteLLM proxy and has no effect here');

/**
 * Warnings for the keys that have no effect, the first ones of many: nothing is accepted in silence. Of the models, those
 * that are used: of the others it is said why they aren't.
 */
export function unknownKeys(
  yaml: YamlFile,
  file: unknown,
  isUsed: (index: number) => boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  const check = (
    value: unknown,
    path: readonly PathSegment[],
    known: readonly string[],
    why: (key: string) => string | undefined,
  ): void => {
    if (problems.length >= mostProblems) return;
    for (const key of keysOf(value)) {
      if (known.includes(key) || (isModel(path) && priceField(key) !== undefined)) continue;
      if (problems.length >= mostProblems) return;
      const message = why(key) ?? unknownKey(key, known);
      problems.push(yaml.problemAt('warning', [...path, key], message, true));
    }
  };
  check(file, [], topKeys, (key) => (proxySections.includes(key) ? ofProxy : undefined));
  for (const section of optionSections)
    check(valueAt(file, [section]), [section], sectionKeys(section), () => undefined);
  for (const group of optionGroups) {
    const path = group.split('.');
    check(valueAt(file, path), path, optionKeys(group), () => undefined);
  }
  for (const [index, model] of listAt(file, ['model_list']).entries()) {
    if (!isUsed(index)) continue;
    const path = ['model_list', index];
    check(model, path, Object.keys(modelKeys), (key) => (proxyModelKeys.includes(key) ? ofProxy : undefined));
    const params = valueAt(model, ['litellm_params']);
    check(params, [...path, 'litellm_params'], Object.keys(litellmParams.shape), unusedParam);
    const info = valueAt(model, ['model_info']);
    check(info, [...path, 'model_info'], Object.keys(modelInfo.shape), (key) =>
      isProxyInfo(key) ? ofProxy : undefined,
    );
  }
  return problems;
}

/** Where prices may stand. */
function isModel(path: readonly PathSegment[]): boolean {
  return path.length === 3;
}

function unusedParam(key: string): string | undefined {
  if (bodyFields.includes(key))
    return l10n.t('has no effect here: put it under extra_body, which is sent as it is');
  if (timeoutFields.includes(key))
    return l10n.t(
      'has no effect for a single model: router.request_timeout_s, first_token_timeout_s, stall_timeout_s and retries hold for all',
    );
  return isProxyParam(key) ? ofProxy : undefined;
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearWord(key, known);
  return near === undefined
    ? l10n.t('is not known and has no effect')
    : l10n.t("is not known and has no effect; did you mean '{0}'?", near);
}
