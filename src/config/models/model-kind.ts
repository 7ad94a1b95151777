import * as l10n from '@vscode/l10n';
import type { Protocol } from '../../core/terms/deployment';
import { hasQuirk } from '../../vendors/lookup';
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

/** Names of models that don't chat, where the file doesn't say it by `mode`. */
const notChat =
  /embed|(^|[-/])(bge|e5|gte)-|rerank|whisper|transcribe|(^|-)tts(-|$)|dall-e|(^|-)image(-|$)|realtime|moderation|stable-diffusion/i;

/** Why a model can't answer a chat, by its `mode` or else by its name; undefined where it can. */
export function notForChat(model: string, mode: string | undefined): string | undefined {
  if (mode === undefined)
    return notChat.test(model) ? l10n.t('is not a chat model: it is left out') : undefined;
  return modesThatChat.includes(mode) ? undefined : l10n.t('is not the mode of a chat model: it is left out');
}
