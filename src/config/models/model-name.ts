import * as l10n from '@vscode/l10n';
import { vendors } from '../../vendors/catalogue';
import { endedVendor, prefixes as vendorPrefixes, vendorNamed } from '../../vendors/lookup';
import type { EndedVendor, Vendor } from '../../vendors/vendor';
import { nearWord } from '../file/near-word';

/** `litellm_params.model`, read. */
export interface ModelName {
  readonly vendor: Vendor;
  /** As the file writes it, behind the prefix. */
  readonly model: string;
  /** True where the name asks for OpenAI's Responses API: `openai/responses/<model>`. */
  readonly responses: boolean;
}

/** Why a model can't be used. */
export interface Unusable {
  readonly message: string;
}

/** Longest prefix that a message repeats: a longer word is no provider's name, but might be a key in a wrong line. */
const longestPrefix = 24;

/**
 * Reads `provider/model` as LiteLLM does; `custom` is `custom_llm_provider`, which says the provider apart. No message
 * repeats what is longer than the name of a provider.
 */
export function readModelName(written: string, custom: string | undefined): ModelName | Unusable {
  const [first = '', ...rest] = written.split('/');
  const customVendor = custom === undefined ? undefined : vendorNamed(custom);
  if (custom !== undefined && customVendor === undefined) return unknownProvider(custom);
  const prefixed = vendorNamed(first);
  if (customVendor !== undefined && prefixed !== customVendor) return named(customVendor, written);
  if (rest.length > 0)
    return prefixed === undefined ? unknownProvider(first) : named(prefixed, rest.join('/'));
  const inferred = vendors.find(({ unprefixed }) => unprefixed?.test(written));
  if (inferred !== undefined) return named(inferred, written);
  return {
    message: isLong(first)
      ? l10n.t('names no provider: write provider/model ({0}). The model is left out', prefixes)
      : l10n.t("'{0}' names no provider: write provider/model ({1}). The model is left out", first, prefixes),
  };
}

function named(vendor: Vendor, written: string): ModelName | Unusable {
  const bridged = vendor.quirks?.includes('responses-api') === true && written.startsWith('responses/');
  const model = (bridged ? written.slice('responses/'.length) : written).trim();
  if (model === '') return { message: l10n.t("'{0}/' names no model: it is left out", vendor.prefix) };
  if (vendor.protocol === 'editor') {
    const [editorVendor = '', ...family] = model.split('/');
    if (editorVendor.trim() === '' || family.join('/').trim() === '')
      return {
        message: l10n.t('must be vscode/<vendor>/<family>, for example vscode/copilot/gpt-4o'),
      };
    if (editorVendor.trim().toLowerCase() === 'conduit')
      return {
        message: l10n.t('Conduit never routes to itself: name the models that it is to choose from'),
      };
  }
  return { vendor, model, responses: bridged };
}

const prefixes = vendorPrefixes.map((prefix) => `${prefix}/`).join(', ');

function unknownProvider(prefix: string): Unusable {
  const ended = endedVendor(prefix);
  if (ended !== undefined) return { message: endedText(ended) };
  const lower = prefix.toLowerCase();
  const near = vendorPrefixes.find((known) => known === lower) ?? nearWord(lower, vendorPrefixes);
  const what =
    near === undefined ? l10n.t('Conduit speaks to {0}', prefixes) : l10n.t("did you mean '{0}/'?", near);
  return {
    message: isLong(prefix)
      ? l10n.t('unknown provider, the model is left out: {0}', what)
      : l10n.t("unknown provider '{0}', the model is left out: {1}", prefix, what),
  };
}

function isLong(prefix: string): boolean {
  return prefix.length > longestPrefix;
}

/** Why a vendor's models are left out for good. */
function endedText({ title, ended, instead }: EndedVendor): string {
  const why = l10n.t('{0} ended on {1}: the model is left out', title, ended);
  return instead === undefined ? why : `${why}. ${instead}`;
}
