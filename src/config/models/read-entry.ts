import * as l10n from '@vscode/l10n';
import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { textIn } from '../file/written-forms';
import { misplacedField, undecidedField } from './deciding-fields';
import type { Unset } from './environment-reference';
import { resolveAll } from './environment-reference';
import type { NoChat } from './model-kind';
import { notForChat } from './model-kind';
import type { ModelName } from './model-name';
import { readModelName } from './model-name';
import type { Note } from './note';
import type { SharedValues } from './shared-values';
import { settingProblem } from './shared-values';

/** An entry of `model_list` that names a chat model, with its references resolved. */
export interface Entry {
  readonly pool: string;
  readonly name: ModelName;
  readonly mode: string | undefined;
  /** With what its credential adds; `api_key` is as it is written. */
  readonly params: JsonObject;
  readonly info: JsonObject;
  /** Fields that have no effect because their variables aren't set. */
  readonly notes: readonly Note[];
  /** Where a field of `params` is written. */
  readonly placeOf: (field: string) => Pick<Note, 'path' | 'absolute'>;
}

/** An entry as far as it can be used: without an entry it is left out, and one note says why. */
export type EntryReading = { readonly entry: Entry } | { readonly leftOut: Note };

/**
 * Reads who an entry means and whether Conduit can ask it, before anything else of it counts: nothing that is wrong in an
 * entry that isn't used is any matter.
 */
export function readEntry(model: unknown, shared: SharedValues): EntryReading {
  if (!isJsonObject(model))
    return leftOut([], l10n.t('must be a mapping with model_name and litellm_params: it is left out'));
  const { model_name, litellm_params, model_info } = model;
  if (!isJsonObject(litellm_params))
    return leftOut(
      ['litellm_params'],
      litellm_params === undefined || litellm_params === null
        ? l10n.t('is needed, with model: provider/model. The model is left out')
        : l10n.t('must be a mapping with model: provider/model. The model is left out'),
    );
  const pool = textIn(model_name);
  if (typeof pool !== 'string' || pool.trim() === '')
    return leftOut(
      ['model_name'],
      l10n.t('is needed: the pool that the model belongs to. The model is left out'),
    );

  const credential = withCredential(litellm_params, shared);
  if ('message' in credential)
    return leftOut(['litellm_params', 'litellm_credential_name'], credential.message);
  const { params, placeOf } = credential;
  const written = resolveAll(params, shared.environment, ['api_key']);
  // An id is a name, which is shown everywhere: what a variable holds may be a secret.
  const info = resolveAll(isJsonObject(model_info) ? model_info : {}, shared.environment, ['id']);
  const values = isJsonObject(written.value) ? written.value : {};
  const infoValues = isJsonObject(info.value) ? info.value : {};
  const at = (field: string, message: string): EntryReading => leftOutAt(placeOf(field), message);

  const unset = written.unset.find(({ path: [field = ''] }) => decides(field));
  if (unset !== undefined) return at(unset.path[0] ?? '', unsetMessage(unset));
  if (pool.includes('*') || String(values['model']).includes('*'))
    return leftOut(
      String(values['model']).includes('*') ? ['litellm_params', 'model'] : ['model_name'],
      l10n.t('a wildcard names no model: it is left out. List the models that you want'),
    );
  const name = nameIn(values, params);
  if ('message' in name) return at(name.field, name.message);
  const mode = textOf(infoValues['mode'])?.trim().toLowerCase();
  const baseModel = textOf(infoValues['base_model']) ?? textOf(values['base_model']);
  const unfit = notForChat({ vendor: name.vendor, model: name.model, baseModel, pool, mode });
  if (unfit !== undefined) return leftOut(placeOfKind(unfit, infoValues), unfit.message);
  if (name.vendor.protocol !== 'editor') {
    const problem = wayProblem(model, params, values, shared);
    if (problem !== undefined)
      return problem.field === '' ? leftOut([], problem.message) : at(problem.field, problem.message);
  }
  const noMapping: Note = {
    severity: 'warning',
    path: ['model_info'],
    message: l10n.t('must be a mapping, for example { id: gpt-4o-mini }: it has no effect'),
  };
  const notes = [
    ...(isJsonObject(model_info) || model_info === undefined || model_info === null ? [] : [noMapping]),
    ...notesOf(written.unset, (path) => placeOf(path[0] ?? '')),
    ...notesOf(info.unset, (path) => ({ path: ['model_info', ...path] })),
  ];
  return { entry: { pool, name, mode, params: values, info: infoValues, notes, placeOf } };
}

function leftOut(path: Note['path'], message: string): { readonly leftOut: Note } {
  return leftOutAt({ path }, message);
}

function leftOutAt(place: Pick<Note, 'path' | 'absolute'>, message: string): { readonly leftOut: Note } {
  return { leftOut: { severity: 'warning', ...place, message } };
}

/** Fields without which nobody could say where the prompt goes. */
function decides(field: string): boolean {
  return [
    'model',
    'custom_llm_provider',
    'api_base',
    'base_url',
    'api_version',
    'litellm_credential_name',
  ].includes(field);
}

function unsetMessage({ name }: Unset): string {
  return l10n.t('the environment variable {0} is not set: the model is left out', name);
}

function notesOf(
  unset: readonly Unset[],
  place: (path: readonly string[]) => Pick<Note, 'path' | 'absolute'>,
): readonly Note[] {
  return unset.map(({ path, name }) => ({
    severity: 'warning',
    ...place(path),
    message: l10n.t('the environment variable {0} is not set: this has no effect', name),
  }));
}

interface WithCredential {
  readonly params: JsonObject;
  readonly placeOf: Entry['placeOf'];
}

/** The params with what the credential adds that they name: their own come first, as in LiteLLM. */
function withCredential(
  params: JsonObject,
  { credentials, environment }: SharedValues,
): WithCredential | { readonly message: string } {
  const named = resolveAll(textIn(params['litellm_credential_name']) ?? '', environment);
  if (named.unset[0] !== undefined) return { message: unsetMessage(named.unset[0]) };
  if (named.value === '') return { params, placeOf: (field) => ({ path: ['litellm_params', field] }) };
  const credential = typeof named.value === 'string' ? credentials.get(named.value) : undefined;
  if (credential === undefined)
    return {
      message: l10n.t('credential_list has no such entry with credential_values: the model is left out'),
    };
  const { index, values } = credential;
  // A null or an empty text is as if it weren't there.
  const own = Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
  const added = Object.keys(values).filter((field) => !Object.hasOwn(own, field));
  return {
    params: { ...values, ...own },
    placeOf: (field) =>
      added.includes(field)
        ? { path: ['credential_list', index, 'credential_values', field], absolute: true }
        : { path: ['litellm_params', field] },
  };
}

/** Who is meant. What a variable holds is not repeated. */
function nameIn(
  values: JsonObject,
  written: JsonObject,
): ModelName | { readonly field: string; readonly message: string } {
  const model = textIn(values['model']);
  const custom = textIn(values['custom_llm_provider']) ?? undefined;
  if (typeof model !== 'string' || model.trim() === '')
    return {
      field: 'model',
      message: l10n.t('is needed: provider/model, for example openai/gpt-4o-mini. The model is left out'),
    };
  if (custom !== undefined && typeof custom !== 'string')
    return {
      field: 'custom_llm_provider',
      message: l10n.t('must be the prefix of a provider: the model is left out'),
    };
  const name = readModelName(
    model.trim(),
    custom === undefined || custom.trim() === '' ? undefined : custom.trim(),
  );
  if (!('message' in name)) return name;
  const field = custom === undefined ? 'model' : 'custom_llm_provider';
  const fromVariable = ['model', 'custom_llm_provider'].some((each) => values[each] !== written[each]);
  return {
    field: values[field] !== written[field] ? field : 'model',
    message: fromVariable
      ? l10n.t(
          'what the environment variable holds names no model that Conduit can ask: the model is left out',
        )
      : name.message,
  };
}

function textOf(value: unknown): string | undefined {
  const text = textIn(value);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function placeOfKind({ field }: NoChat, info: JsonObject): Note['path'] {
  switch (field) {
    case 'mode':
      return ['model_info', 'mode'];
    case 'base_model':
      return [info['base_model'] === undefined ? 'litellm_params' : 'model_info', 'base_model'];
    case 'model':
      return ['litellm_params', 'model'];
    case 'model_name':
      return ['model_name'];
  }
}

/** What leaves open where the prompt would go; '' as its field: the entry as a whole. */
function wayProblem(
  model: JsonObject,
  written: JsonObject,
  values: JsonObject,
  shared: SharedValues,
): { readonly field: string; readonly message: string } | undefined {
  const has = (field: string): boolean => textOf(values[field]) !== undefined;
  const hasBase = has('api_base') || has('base_url');
  const misplaced = misplacedField(model) ?? misplacedIn(model['model_info']);
  if (misplaced !== undefined) return { field: '', message: `${misplaced.field}: ${misplaced.message}` };
  // As it is written: a header whose variable isn't set is meant to be sent all the same.
  const undecided = undecidedField(written, values, hasBase);
  if (undecided !== undefined) return undecided;
  const message = settingProblem(shared, { base: hasBase, key: has('api_key'), version: has('api_version') });
  return message === undefined ? undefined : { field: '', message };
}

function misplacedIn(info: unknown): ReturnType<typeof misplacedField> {
  return isJsonObject(info) ? misplacedField(info) : undefined;
}
