import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import { reasoningEfforts } from '../../core/terms/call-options';
import { taskNames } from './task-names';
import { fromScalar, fromText, fromWord } from './written-forms';

/** The fields of a model of conduit.yaml, in LiteLLM's shape. Each is read by itself: a wrong one costs no other. */

/** A text that may be left out. What looks like a number is taken as it is written. */
function text(wrong: string) {
  return fromScalar(z.string(wrong).nullish());
}

function usdPerToken(description: string) {
  const price = z
    .number(l10n.t('must be USD per token, for example 1.5e-07'))
    .min(0, l10n.t('must not be negative'))
    .nullish();
  return fromText(price).describe(description);
}

function plainPrice(what: string) {
  return usdPerToken(
    l10n.t('{0}, in USD per token. Without it: the price list, else what is learnt, else unknown.', what),
  );
}

function cachePrice(what: string) {
  return usdPerToken(
    l10n.t(
      '{0}, in USD per token. Without it, where the prices of input and output are here: that of input; for Claude, the vendor’s usual share of it.',
      what,
    ),
  );
}

function longPrice(what: string) {
  return usdPerToken(
    l10n.t(
      '{0}, in USD per token, of a request with more input than that. Any other limit may be written so, with `_flex` or `_priority` behind it the price of a service tier, and the other prices alike.',
      what,
    ),
  );
}

function tokens(what: string) {
  const count = z
    .int(l10n.t('must be a whole number of tokens'))
    .positive(l10n.t('must be above 0'))
    .nullish();
  return fromText(count).describe(what);
}

function yesOrNo(what: string) {
  return fromWord(z.boolean(l10n.t('must be true or false')).nullish()).describe(what);
}

/** A number between two others, both included; `wrong` is what it must be. */
function numberBetween(least: number, most: number, wrong: string) {
  const range = l10n.t('must be from {0} to {1}', least, most);
  return fromText(z.number(wrong).min(least, range).max(most, range).nullish());
}

/** LiteLLM takes prices at either place. */
const prices = {
  input_cost_per_token: plainPrice(l10n.t('Price of input')),
  output_cost_per_token: plainPrice(l10n.t('Price of output')),
  cache_read_input_token_cost: cachePrice(l10n.t('Price of input that the provider’s cache held')),
  cache_creation_input_token_cost: cachePrice(
    l10n.t('Price of input that is written to the provider’s cache'),
  ),
  cache_creation_input_token_cost_above_1hr: cachePrice(
    l10n.t('Price of input that is written to the provider’s cache for an hour'),
  ),
  output_cost_per_reasoning_token: usdPerToken(
    l10n.t('Price of what the model thinks, in USD per token. Without it: that of output.'),
  ),
  input_cost_per_token_above_200k_tokens: longPrice(l10n.t('Price of input')),
  output_cost_per_token_above_200k_tokens: longPrice(l10n.t('Price of output')),
};

export const litellmParams = z.looseObject({
  model: text(l10n.t('must be text: write it in quotes')).describe(
    l10n.t(
      'Provider and model: `openai/gpt-5.4-mini`, `vscode/copilot/gpt-4o`. `openai/responses/…` uses the Responses API.',
    ),
  ),
  api_key: text(l10n.t('must be os.environ/NAME, or left out')).describe(
    l10n.t('`os.environ/NAME`. Left out: the key that “Conduit: Set API Key” stored for the host.'),
  ),
  api_base: text(l10n.t('must be an http(s) address, or os.environ/NAME')).describe(
    l10n.t(
      'The server’s address with its version segment, or `os.environ/NAME`. Left out: the provider’s own.',
    ),
  ),
  base_url: text(l10n.t('must be an http(s) address, or os.environ/NAME')).describe(
    l10n.t('Another name of `api_base`.'),
  ),
  litellm_credential_name: text(l10n.t('must be text: write it in quotes')).describe(
    l10n.t('The entry of `credential_list` that has the key and the address.'),
  ),
  api_version: text(l10n.t('must be text: write it in quotes')).describe(l10n.t('Azure’s `api-version`.')),
  custom_llm_provider: text(l10n.t('must be the prefix of a provider')).describe(
    l10n.t('The provider, where `model` doesn’t begin with it.'),
  ),
  max_tokens: tokens(l10n.t('Longest answer, in tokens.')),
  max_completion_tokens: tokens(l10n.t('Longest answer, in tokens.')),
  temperature: numberBetween(0, 2, l10n.t('must be a number from 0 to 2')).describe(l10n.t('From 0 to 2.')),
  reasoning_effort: z
    .unknown()
    .optional()
    .describe(
      l10n.t(
        'How hard a reasoning model thinks: {0}.',
        reasoningEfforts.map((name) => `\`${name}\``).join(', '),
      ),
    ),
  extra_body: z
    .record(z.string(), z.unknown(), l10n.t('must be a mapping of further fields'))
    .nullish()
    .describe(l10n.t('Further fields of the request’s body, as the provider documents them.')),
  ...prices,
});

export const modelInfo = z.looseObject({
  id: fromScalar(
    z.string(l10n.t('must be text: write it in quotes')).min(1, l10n.t('must not be empty')).nullish(),
  ).describe(l10n.t('A name of your own, unique in the file. What is learnt of the model is kept under it.')),
  mode: text(l10n.t('must be text')).describe(l10n.t('`chat`, or `responses` for OpenAI’s Responses API.')),
  base_model: text(l10n.t('must be text: write it in quotes')).describe(
    l10n.t(
      'The model that an Azure deployment or an alias stands for, for its price: `gpt-4o-mini`. Without it: as the reply names it.',
    ),
  ),
  quality: numberBetween(0, 1, l10n.t('must be a number from 0 to 1')).describe(
    l10n.t(
      'How good you expect its answers to be, from 0 to 1, until there is evidence. It goes before what is publicly known of the model.',
    ),
  ),
  quality_by_task: z
    .unknown()
    .optional()
    .describe(
      l10n.t(
        'The same by family or kind of task, which goes before it: `{ code: 0.8, fix-code: 0.7 }`. Names: {0}.',
        taskNames.map((name) => `\`${name}\``).join(', '),
      ),
    ),
  max_input_tokens: tokens(
    l10n.t('The longest conversation that fits, in tokens. A longer one goes to another model.'),
  ),
  supports_function_calling: yesOrNo(
    l10n.t(
      'Whether the model can call tools. With `false` a request that offers some goes to another model.',
    ),
  ),
  supports_vision: yesOrNo(
    l10n.t(
      'Whether the model takes images. With `false` a conversation with images goes to another model; with `true` the editor’s model picker says that the pool takes some.',
    ),
  ),
  ...prices,
});

/** The keys of a model of the list, each with what it means. */
export const modelKeys = {
  model_name: l10n.t('The pool. Models with the same `model_name` are one pool: Conduit chooses among them.'),
  litellm_params: l10n.t('How the model is called.'),
  model_info: l10n.t('What is known of the model.'),
} as const;

export type LitellmParams = z.infer<typeof litellmParams>;
