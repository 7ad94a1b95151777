import * as l10n from '@vscode/l10n';
import type { Protocol } from '../../core/terms/deployment';
import { hasQuirk } from '../../vendors/lookup';
import type { OtherKind } from '../../vendors/model-kinds';
import { isKnownChat, kindOfGivenName, otherKindOf } from '../../vendors/model-kinds';
import type { Vendor } from '../../vendors/vendor';
import type { ModelName } from './model-name';

/** Models that are served over the Responses API only, as their vendor's model pages say. As of 2026-11. */
const responsesOnly = /(^|-)codex(-|$)|^o[13]-pro|^gpt-5(\.\d+)?-pro|-deep-research|^computer-use/;

/**
 * How a model is spoken to. OpenAI's Responses API is used where the file asks for it (`openai/responses/<model>` or
 * `model_info.mode: responses`), and for the models that its own vendors have nowhere else. Everything else speaks its
 * vendor's usual protocol: compatible servers rarely have the Responses API.
 */
export function protocolOf(
  { vendor, model, responses }: ModelName,
  apiBase: string,
  mode: string | undefined,
): Protocol {
  if (vendor.quirks?.includes('responses-api') !== true) return vendor.protocol;
  const asked = responses || mode === 'responses';
  const native = hasQuirk({ provider: vendor.prefix, apiBase }, 'responses-api');
  return asked || (native && responsesOnly.test(model)) ? 'responses' : vendor.protocol;
}

const modesThatChat: readonly string[] = ['chat', 'responses'];

/** What is known of a model before it is asked. */
export interface NamedModel {
  readonly vendor: Vendor;
  readonly model: string;
  /** What an Azure deployment or an alias stands for. */
  readonly baseModel?: string | undefined;
  /** Its `model_name`, which is often the model's own. */
  readonly pool?: string | undefined;
  readonly mode?: string | undefined;
}

/** Why a model can't answer a chat, and by which field that is known. */
export interface NoChat {
  readonly field: 'model' | 'base_model' | 'model_name' | 'mode';
  readonly message: string;
}

/**
 * Why a model can't answer a chat: by its `mode`, else by what it stands for, its own name or, where that says nothing,
 * its pool's. Undefined where it can.
 */
export function notForChat({ vendor, model, baseModel, pool, mode }: NamedModel): NoChat | undefined {
  if (mode !== undefined) {
    const message = l10n.t('is not the mode of a chat model: it is left out');
    return modesThatChat.includes(mode) ? undefined : { field: 'mode', message };
  }
  const ofBase = baseModel === undefined ? undefined : otherKindOf(vendor, baseModel);
  if (ofBase !== undefined) return { field: 'base_model', message: leftOut(ofBase) };
  if (baseModel !== undefined && isKnownChat(vendor, baseModel)) return undefined;
  const own = otherKindOf(vendor, model);
  if (own !== undefined) return { field: 'model', message: leftOut(own) };
  if (pool === undefined || isKnownChat(vendor, model)) return undefined;
  const given = kindOfGivenName(pool);
  return given === undefined ? undefined : { field: 'model_name', message: leftOut(given) };
}

const kindNames: Readonly<Record<OtherKind, string>> = {
  embedding: l10n.t('it embeds texts'),
  rerank: l10n.t('it ranks texts'),
  image: l10n.t('it makes or reads images'),
  video: l10n.t('it makes videos'),
  audio: l10n.t('it speaks or listens'),
  music: l10n.t('it makes music'),
  moderation: l10n.t('it judges texts'),
  completion: l10n.t('it continues plain text'),
};

function leftOut(kind: OtherKind): string {
  return l10n.t(
    'is not a chat model, by its name ({0}): it is left out. If it does chat, write mode: chat into its model_info',
    kindNames[kind],
  );
}
