import * as l10n from '@vscode/l10n';
import type { Protocol } from '../../core/pool/deployment';
import type { ModelName } from './model-name';
import { knownProviders } from './providers';

/** Models that OpenAI serves over the Responses API only, as its model pages say. As of 2026-11. */
const responsesOnly = /(^|-)codex(-|$)|^o[13]-pro|^gpt-5(\.\d+)?-pro|-deep-research|^computer-use/;

/**
 * How a model is spoken to. OpenAI's Responses API is used where the file asks for it (`openai/responses/<model>` or
 * `model_info.mode: responses`), and for the models that api.openai.com and Azure have nowhere else. Everything else
 * speaks its provider's usual protocol: compatible servers rarely have the Responses API.
 */
export function protocolOf(
  { provider, model, responses }: ModelName,
  apiBase: string,
  mode: string | undefined,
): Protocol {
  if (provider !== 'openai' && provider !== 'azure') return knownProviders[provider].protocol;
  const asked = responses || mode === 'responses';
  const native = provider === 'azure' || new URL(apiBase).hostname === 'api.openai.com';
  return asked || (native && responsesOnly.test(model)) ? 'responses' : knownProviders[provider].protocol;
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
