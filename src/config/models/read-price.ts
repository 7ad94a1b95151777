import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../core/terms/deployment';
import type { JsonObject } from '../../core/terms/tools';
import { priceField, readTokenPrice } from '../../vendors/price-fields';
import { litellmParams } from '../file/schema';
import { numberIn, textIn } from '../file/written-forms';
import type { Note } from './note';
import type { Entry } from './read-entry';

/** What a file says of a model's price: the fields of model_info come before those of litellm_params. */
export function readPrice(
  { params, info, placeOf }: Pick<Entry, 'params' | 'info' | 'placeOf'>,
  note: (note: Note) => void,
): Pick<Deployment, 'price' | 'pricedAs'> {
  const ofParams = pricesIn(params, placeOf, note);
  const ofInfo = pricesIn(info, (name) => ({ path: ['model_info', name] }), note);
  const fields: JsonObject = { ...ofParams, ...ofInfo };
  const price = readTokenPrice(fields);
  const missing = ['input_cost_per_token', 'output_cost_per_token'].filter((name) => !(name in fields));
  // Caches' prices alone stand in files of people who never asked for more.
  const stated = Object.keys(fields).some((name) => !name.startsWith('cache_'));
  if (price === undefined && stated && missing[0] !== undefined) {
    const message = l10n.t(
      'one price is given without the other, so that neither is used: add {0}',
      missing.join(', '),
    );
    note({ severity: 'warning', path: ['model_info'], message });
  }
  const baseModel = textIn(info['base_model']) ?? textIn(params['base_model']);
  return { price, ...(typeof baseModel === 'string' && baseModel !== '' && { pricedAs: baseModel }) };
}

/**
 * The prices that are there. Names for any limit or service tier are in no schema: what those hold is looked at here,
 * and a wrong one is told; of the others the schema tells it.
 */
function pricesIn(
  fields: JsonObject,
  placeOf: (name: string) => Pick<Note, 'path' | 'absolute'>,
  note: (note: Note) => void,
): JsonObject {
  const prices = Object.entries(fields).flatMap(([name, written]) => {
    if (priceField(name) === undefined || written === null || written === undefined) return [];
    const value = numberIn(written);
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return [[name, value] as const];
    if (!inSchema.has(name)) {
      const message =
        typeof value === 'number' && value < 0
          ? l10n.t('must not be negative')
          : l10n.t('must be USD per token, for example 1.5e-07');
      note({ severity: 'warning', ...placeOf(name), message: l10n.t('{0}: it has no effect', message) });
    }
    return [];
  });
  return Object.fromEntries(prices);
}

const inSchema: ReadonlySet<string> = new Set(Object.keys(litellmParams.shape));
