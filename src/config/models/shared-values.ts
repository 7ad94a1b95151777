import * as l10n from '@vscode/l10n';
import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { textIn } from '../file/written-forms';
import { keysOf, listAt, valueAt } from '../file/yaml-value';
import type { PathSegment } from '../problem';
import { mostProblems } from '../problem';
import type { Environment } from './environment-reference';
import { environmentName, resolved } from './environment-reference';

/** An entry of `credential_list`. */
export interface Credential {
  readonly index: number;
  readonly values: JsonObject;
}

/** What a file says for several of its models at once. */
export interface SharedValues {
  /** The environment, with the `environment_variables` of the file over it, as the LiteLLM proxy sets them. */
  readonly environment: Environment;
  /** Variables that the file itself sets to something else than another variable. */
  readonly written: ReadonlySet<string>;
  /** Variables of the file that stand for another one. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly credentials: ReadonlyMap<string, Credential>;
  /** Fields of all models that the proxy's own settings set, by the section: none of them is read. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads them from the whole of a file. */
export function readShared(file: unknown, environment: Environment): SharedValues {
  const section = valueAt(file, ['environment_variables']);
  const own = new Map<string, string | undefined>();
  const written = new Set<string>();
  const renamed = new Map<string, string>();
  for (const name of keysOf(section)) {
    const value = valueAt(section, [name]);
    if (value === null) continue;
    if (!isScalar(value)) {
      // The file says something of it, but not what: no other variable of that name is meant.
      written.add(name);
      own.set(name, undefined);
      continue;
    }
    const other = environmentName(String(value));
    if (other !== undefined && other !== name) renamed.set(name, other);
    else if (other === undefined && value !== '') written.add(name);
    const text = resolved(String(value), environment);
    if (text !== undefined) own.set(name, text);
  }
  const credentials = new Map<string, Credential>();
  for (const [index, entry] of listAt(file, ['credential_list']).entries()) {
    const name = textIn(valueAt(entry, ['credential_name']));
    const values = valueAt(entry, ['credential_values']);
    // LiteLLM takes the first one of a name.
    if (typeof name === 'string' && isJsonObject(values) && !credentials.has(name))
      credentials.set(name, { index, values });
  }
  return {
    environment: { ...environment, ...Object.fromEntries(own) },
    written,
    renamed,
    credentials,
    settings: settingsOfAll(file),
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What of these sections can't be read. */
export function sharedProblems(
  file: unknown,
): readonly { readonly path: readonly PathSegment[]; readonly message: string }[] {
  const variables = valueAt(file, ['environment_variables']);
  const credentials = valueAt(file, ['credential_list']);
  const isThere = (value: unknown): boolean => value !== undefined && value !== null;
  const wrongVariables = isJsonObject(variables)
    ? keysOf(variables).filter((name) => {
        const value = valueAt(variables, [name]);
        return value !== null && !isScalar(value);
      })
    : [];
  return [
    ...(isThere(variables) && !isJsonObject(variables)
      ? [{ path: ['environment_variables'], message: l10n.t('must be a mapping: it has no effect') }]
      : []),
    ...wrongVariables.map((name) => ({
      path: ['environment_variables', name],
      message: l10n.t('must be text: it has no effect'),
    })),
    ...(isThere(credentials) && !Array.isArray(credentials)
      ? [
          {
            path: ['credential_list'],
            message: l10n.t(
              'must be a list of entries with credential_name and credential_values: it has no effect',
            ),
          },
        ]
      : []),
  ].slice(0, mostProblems);
}

/** Fields that decide where a prompt goes, and that the proxy takes for every model that doesn't have its own. */
const decidingSettings = [
  'api_base',
  'base_url',
  'api_key',
  'api_version',
  'organization',
  'use_litellm_proxy',
];
const places = [
  ['litellm_settings'],
  ['litellm_settings', 'default_litellm_params'],
  ['router_settings', 'default_litellm_params'],
  [],
] as const;

function settingsOfAll(file: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const place of places)
    for (const field of decidingSettings) {
      const value = valueAt(file, [...place, field]);
      if (value !== undefined && value !== null && value !== '' && value !== false)
        found.set(field, [...place, field].join('.'));
    }
  return found;
}

/** Why a model that lacks a field of its own can't be used, where the proxy would take it from its settings. */
export function settingProblem(
  { settings }: SharedValues,
  has: { readonly base: boolean; readonly key: boolean; readonly version: boolean },
): string | undefined {
  const open = [...settings].find(([field]) => {
    if (field === 'api_base' || field === 'base_url') return !has.base;
    if (field === 'api_key') return !has.key;
    if (field === 'api_version') return !has.version;
    return true;
  });
  return open === undefined
    ? undefined
    : l10n.t(
        'LiteLLM would take {0} for it, which Conduit doesn’t read: write what holds into its litellm_params. The model is left out',
        open[1],
      );
}
