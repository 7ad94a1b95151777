import * as l10n from '@vscode/l10n';
import type { z } from 'zod';
import type { CallOptions } from '../../core/terms/call-options';
import { reasoningEfforts } from '../../core/terms/call-options';
import type { Deployment, KeySource } from '../../core/terms/deployment';
import { hostOf, isLoopback } from '../../core/terms/host';
import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { promptCacheOf } from '../../vendors/lookup';
import type { Vendor } from '../../vendors/vendor';
import type { LitellmParams } from '../file/schema';
import { litellmParams, modelInfo } from '../file/schema';
import { textIn } from '../file/written-forms';
import type { ReadBase } from './base-url';
import { bareAddress, baseProblem, readBase } from './base-url';
import { environmentName } from './environment-reference';
import { protocolOf } from './model-kind';
import type { Note } from './note';
import type { Entry } from './read-entry';
import { readEntry } from './read-entry';
import { readPrice } from './read-price';
import { readQualityByTask } from './read-quality';
import type { SharedValues } from './shared-values';

/** A deployment whose id isn't known yet. */
export type Draft = Omit<Deployment, 'id'>;

/** A model of the file, as far as it can be used: without a draft it is left out, and a note says why. */
export interface ModelReading {
  readonly draft: Draft | undefined;
  /** `model_info.id`. */
  readonly id?: string | undefined;
  readonly notes: readonly Note[];
}

/** Reads one model. What it takes from the environment is looked up in `shared`; keys are only named. */
export function toDeployment(model: unknown, shared: SharedValues): ModelReading {
  const reading = readEntry(model, shared);
  if ('leftOut' in reading) return { draft: undefined, notes: [reading.leftOut] };
  const { entry } = reading;
  const notes: Note[] = [...entry.notes];
  const warn = (place: Pick<Note, 'path' | 'absolute'>, message: string): void => {
    notes.push({ severity: 'warning', ...place, message });
  };
  const address = addressOf(entry, shared);
  if ('leftOut' in address) return { draft: undefined, notes: [address.leftOut] };
  const { read, place, note } = address;
  if (note !== undefined) notes.push(note);
  const apiBase = read.base;
  if (place !== undefined && read.changed) {
    notes.push({ severity: 'note', ...place, message: l10n.t('is read as {0}', apiBase) });
  }
  const key = keyOf(entry, apiBase, shared, (message) => warn(entry.placeOf('api_key'), message));
  if ('leftOut' in key) return { draft: undefined, notes: [key.leftOut] };
  const { name, mode, pool } = entry;
  const { vendor } = name;
  const params = tolerant(litellmParams, entry.params, (field, message) =>
    warn(entry.placeOf(field), message),
  );
  const info = tolerant(modelInfo, entry.info, (field, message) =>
    warn({ path: ['model_info', field] }, message),
  );
  const inAddress = vendor.quirks?.includes('model-in-address') === true;
  const draft: Draft = {
    pool,
    ...servedBy(vendor, apiBase),
    protocol: protocolOf(name, apiBase, mode),
    model: wireName(vendor, name.model, apiBase),
    apiBase,
    key,
    ...readPrice(entry, (note) => notes.push(note)),
    qualityPrior01: info.quality ?? undefined,
    ...readQualityByTask(entry.info, (note) => notes.push(note)),
    contextWindowTokens: info.max_input_tokens ?? undefined,
    supportsTools: info.supports_function_calling ?? undefined,
    supportsImages: info.supports_vision ?? undefined,
    options: readOptions(params, (field, message) => warn(entry.placeOf(field), message)),
    apiVersion: inAddress ? params.api_version?.trim() || read.apiVersion : undefined,
  };
  return { draft, id: info.id ?? undefined, notes };
}

/** The fields that are right; each of the others is told, and left out by itself. */
function tolerant<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$loose>,
  fields: JsonObject,
  tell: (field: string, message: string) => void,
): z.output<z.ZodObject<Shape, z.core.$loose>> {
  const read = schema.safeParse(fields);
  if (read.success) return read.data;
  const wrong = new Map(
    read.error.issues.map(({ path: [field], message }) => [String(field), message] as const),
  );
  for (const [field, message] of wrong) tell(field, l10n.t('{0}: it has no effect', message));
  return schema.parse(Object.fromEntries(Object.entries(fields).filter(([field]) => !wrong.has(field))));
}

/** What the catalogue says of a deployment at that address. */
export function servedBy(
  { prefix, tellsPrices }: Vendor,
  apiBase: string,
): Pick<Deployment, 'provider' | 'promptCache' | 'serverTellsPrice'> {
  const promptCache = promptCacheOf({ provider: prefix, apiBase });
  return {
    provider: prefix,
    ...(promptCache && { promptCache }),
    ...(tellsPrices && { serverTellsPrice: true }),
  };
}

/** The model as its server knows it: another server than the vendor's own gets what the file writes. */
export function wireName(vendor: Vendor, written: string, apiBase: string): string {
  const own = vendor.base !== undefined && hostOf(vendor.base) === hostOf(apiBase);
  return own && vendor.wireName !== undefined ? vendor.wireName(written) : written;
}

interface Address {
  readonly read: ReadBase;
  /** Where it is written; undefined: it is the vendor's own. */
  readonly place: Pick<Note, 'path' | 'absolute'> | undefined;
  readonly note?: Note | undefined;
}

/** Where the model is reached, or why nobody can say so. */
function addressOf(entry: Entry, shared: SharedValues): Address | { readonly leftOut: Note } {
  const { name, params, placeOf } = entry;
  const { vendor } = name;
  const leftOut = (field: string, message: string): { readonly leftOut: Note } => ({
    leftOut: { severity: 'warning', ...placeOf(field), message },
  });
  const own = { base: vendor.base ?? '', changed: false };
  if (vendor.protocol === 'editor') return { read: own, place: undefined };
  const [field = 'api_base', other] = ['base_url', 'api_base'].filter((each) => isWritten(params[each]));
  const value = textIn(params[field]);
  if (other !== undefined && !isSameBase(vendor, value, textIn(params[other])))
    return leftOut(field, l10n.t('api_base says another address: the model is left out'));
  if (!isWritten(value)) {
    const variable = baseVariables(vendor).find(
      (each) => shared.written.has(each) || shared.renamed.has(each),
    );
    if (variable !== undefined) {
      const base = shared.environment[variable];
      if (base === undefined || baseProblem(bareAddress(base)) !== undefined)
        return leftOut('model', l10n.t('the address in {0} can’t be used: the model is left out', variable));
      return { read: readBase(vendor, bareAddress(base)), place: undefined };
    }
    return vendor.base === undefined
      ? leftOut(
          'api_base',
          l10n.t('is needed for {0}/…: the server’s address. The model is left out', vendor.prefix),
        )
      : { read: own, place: undefined, note: otherBase(vendor, shared) };
  }
  const text = typeof value === 'string' ? bareAddress(value) : '';
  const wrong = baseProblem(text);
  if (wrong !== undefined) return leftOut(field, l10n.t('{0}: the model is left out', wrong));
  const read = readBase(vendor, text);
  if (read.deployment !== undefined && read.deployment !== name.model)
    return leftOut(field, l10n.t('names another deployment than model does: the model is left out'));
  const written = textIn(params['api_version']);
  const version = typeof written === 'string' ? written.trim() : written;
  if (read.apiVersion !== undefined && isWritten(version) && version !== read.apiVersion)
    return leftOut(field, l10n.t('names another api-version than api_version does: the model is left out'));
  return { read, place: placeOf(field) };
}

/** Whether two texts name one base, however it is written. */
function isSameBase(vendor: Vendor, ...texts: readonly unknown[]): boolean {
  const bases = texts.map((text) => {
    const bare = typeof text === 'string' ? bareAddress(text) : '';
    return baseProblem(bare) === undefined
      ? JSON.stringify({ ...readBase(vendor, bare), changed: false })
      : text;
  });
  return new Set(bases).size === 1;
}

/** A variable that moves the vendor without a file, and that LiteLLM would follow: it isn't what the file says. */
function otherBase({ base, baseName }: Vendor, { environment }: SharedValues): Note | undefined {
  const value = baseName === undefined ? undefined : environment[baseName];
  if (!isWritten(value) || baseName === undefined || value === base) return undefined;
  const message = l10n.t(
    'goes to {0}: {1} counts only without a file. To have it count here, write api_base: os.environ/{1}',
    base ?? '',
    baseName,
  );
  return { severity: 'note', path: ['litellm_params', 'model'], message };
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Variables by which LiteLLM moves a vendor to another address. */
function baseVariables({ prefix, otherPrefixes = [], baseName }: Vendor): readonly string[] {
  const names = [prefix, ...otherPrefixes].map((name) => name.toUpperCase());
  return [
    ...(baseName === undefined ? [] : [baseName]),
    ...names.flatMap((name) => [`${name}_BASE_URL`, `${name}_API_BASE`]),
  ];
}

/** Says nothing of the key itself: a message may be logged. */
const literalKey = l10n.t(
  'keys are not read from files: write os.environ/NAME, or leave api_key out and run “Conduit: Set API Key”',
);

/** Where the key comes from. A server of this machine, or one that wants none, is asked without one. */
function keyOf(
  { name: { vendor }, params, placeOf }: Entry,
  apiBase: string,
  { written, renamed }: SharedValues,
  warn: (message: string) => void,
): KeySource | { readonly leftOut: Note } {
  const { protocol, local, keyNames } = vendor;
  const value = textIn(params['api_key']) ?? '';
  if (protocol === 'editor') {
    if (value !== '') warn(l10n.t('has no effect: the editor’s own models need no key'));
    return { kind: 'none' };
  }
  if (typeof value !== 'string') {
    const message = l10n.t('must be os.environ/NAME, or left out: the model is left out');
    return { leftOut: { severity: 'warning', ...placeOf('api_key'), message } };
  }
  const name = environmentName(value.trim());
  // A key that the file itself puts into a variable is one that stands in the file.
  const real = name === undefined ? undefined : (renamed.get(name) ?? name);
  if (name !== undefined && real !== undefined && !written.has(name) && !written.has(real))
    return { kind: 'environment', name: real };
  if (value !== '') warn(literalKey);
  const open = keyNames.length === 0 || local !== undefined || isLoopback(apiBase);
  return open ? { kind: 'none' } : { kind: 'secret', host: hostOf(apiBase) };
}

function readOptions(params: LitellmParams, warn: (field: string, message: string) => void): CallOptions {
  const { max_tokens, max_completion_tokens, temperature, reasoning_effort, extra_body } = params;
  const limits = [max_tokens, max_completion_tokens].filter((limit) => limit !== undefined && limit !== null);
  // LiteLLM takes a mapping too, which says the rest of what OpenAI calls reasoning.
  const asked = isJsonObject(reasoning_effort) ? reasoning_effort['effort'] : reasoning_effort;
  const effort = reasoningEfforts.find(
    (known) => typeof asked === 'string' && known === asked.trim().toLowerCase(),
  );
  if (effort === undefined && reasoning_effort !== undefined && reasoning_effort !== null)
    warn('reasoning_effort', l10n.t('must be one of {0}: it has no effect', reasoningEfforts.join(', ')));
  return {
    ...(limits.length > 0 && { maxOutputTokens: Math.min(...limits) }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(effort !== undefined && { reasoningEffort: effort }),
    ...(isJsonObject(extra_body) && { extraBody: extra_body }),
  };
}
