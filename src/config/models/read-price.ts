import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../core/terms/deployment';
import { priceField, readTokenPrice } from '../../vendors/price-fields';
import type { FileModel } from '../file/schema';
import type { Note } from './note';

type Fields = Readonly<Record<string, unknown>>;

/** What a file says of a model's price: the fields of model_info come before those of litellm_params. */
export function readPrice(
  params: FileModel['litellm_params'],
  info: NonNullable<FileModel['model_info']>,
  note: (note: Note) => void,
): Pick<Deployment, 'price' | 'pricedAs'> {
  const fields: Fields = {
    ...pricesIn('litellm_params', params, note),
    ...pricesIn('model_info', info, note),
  };
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
  return { price, ...(info.base_model && { pricedAs: info.base_model }) };
}

/** The prices that are there. Names for any limit or service tier are in no schema: what they hold is looked at here. */
function pricesIn(section: string, fields: Fields, note: (note: Note) => void): Fields {
  const prices = Object.entries(fields).filter(
    ([name, value]) => priceField(name) !== undefined && value !== null && value !== undefined,
  );
  for (const [name, value] of prices) {
    const message =
      typeof value !== 'number'
        ? l10n.t('must be USD per token, for example 1.5e-07')
        : value < 0
          ? l10n.t('must not be negative')
          : undefined;
    if (message !== undefined) note({ severity: 'error', path: [section, name], message });
  }
  return Object.fromEntries(prices);
}
