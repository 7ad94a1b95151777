import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import { reasoningEfforts } from '../../core/terms/call-options';
import { baseProblem } from '../models/base-url';
import { environmentName } from '../models/environment-reference';

/** `model_list` of conduit.yaml, in LiteLLM's shape. Unknown keys are told, not fatal. */

/** A text that must be there; `what` says what it is for. */
function neededText(what: string): z.ZodString {
  return z
    .string({
      error: ({ input }) =>
        input === undefined || input === null
          ? l10n.t('is needed: {0}', what)
          : l10n.t('must be text: write it in quotes'),
    })
    .min(1, l10n.t('must not be empty'));
}

function neededMapping(what: string): { error: (issue: { input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined || input === null
        ? l10n.t('is needed, with {0}', what)
        : l10n.t('must be a mapping with {0}', what),
  };
}

const apiBase = z
  .string(l10n.t('must be an http(s) address, or os.environ/NAME'))
  .superRefine((base, context) => {
    const message = environmentName(base) === undefined ? baseProblem(base) : undefined;
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

type OptionalNumber = z.ZodOptional<z.ZodNullable<z.ZodNumber>>;

function usdPerToken(description: string): OptionalNumber {
  return z
    .number(l10n.t('must be USD per token, for example 1.5e-07'))
    .min(0, l10n.t('must not be negative'))
    .nullish()
    .describe(description);
}

function plainPrice(what: string): OptionalNumber {
  return usdPerToken(
    l10n.t('{0}, in USD per token. Without it: the price list, else what is learnt, else unknown.', what),
  );
}

function cachePrice(what: string): OptionalNumber {
  return usdPerToken(
    l10n.t(
      '{0}, in USD per token. Without it, where the prices of input and output are here: that of input; for Claude, the vendor’s usual share of it.',
      what,
    ),
  );
}

function longPrice(what: string): OptionalNumber {
  return usdPerToken(
    l10n.t(
      '{0}, in USD per token, of a request with more input than that. Any other limit may be written so, with `_flex` or `_priority` behind it the price of a service tier, and the other prices alike.',
      what,
    ),
  );
}

function tokens(what: string): z.ZodOptional<z.ZodNullable<z.ZodInt>> {
  return z
    .int(l10n.t('must be a whole number of tokens'))
    .positive(l10n.t('must be above 0'))
    .nullish()
    .describe(what);
}

function yesOrNo(what: string): z.ZodOptional<z.ZodNullable<z.ZodBoolean>> {
  return z.boolean(l10n.t('must be true or false')).nullish().describe(what);
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

export const litellmParams = z.looseObject(
  {
    model: neededText(l10n.t('provider/model, for example openai/gpt-4o-mini')).describe(
      l10n.t(
        'Provider and model: `openai/gpt-5.4-mini`, `vscode/copilot/gpt-4o`. `openai/responses/…` uses the Responses API.',
      ),
    ),
    api_key: z
      .string(l10n.t('must be os.environ/NAME, or left out'))
      .nullish()
      .describe(
        l10n.t('`os.environ/NAME`. Left out: the key that “Conduit: Set API Key” stored for the host.'),
      ),
    api_base: apiBase
      .nullish()
      .describe(
        l10n.t(
          'The server’s address with its version segment, or `os.environ/NAME`. Left out: the provider’s own.',
        ),
      ),
    api_version: z
      .string(l10n.t('must be text: write it in quotes'))
      .nullish()
      .describe(l10n.t('Azure’s `api-version`.')),
    custom_llm_provider: z
      .string(l10n.t('must be the prefix of a provider'))
      .nullish()
      .describe(l10n.t('The provider, where `model` doesn’t begin with it.')),
    max_tokens: tokens(l10n.t('Longest answer, in tokens.')),
    max_completion_tokens: tokens(l10n.t('Longest answer, in tokens.')),
    temperature: z
      .number(l10n.t('must be a number from 0 to 2'))
      .min(0, l10n.t('must be from 0 to 2'))
      .max(2, l10n.t('must be from 0 to 2'))
      .nullish()
      .describe(l10n.t('From 0 to 2.')),
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
  },
  neededMapping(l10n.t('model: provider/model')),
);

export const modelInfo = z.looseObject(
  {
    id: neededText(l10n.t('a short name of your own, unique in this file'))
      .nullish()
      .describe(
        l10n.t('A name of your own, unique in the file. What is learnt of the model is kept under it.'),
      ),
    mode: z
      .string(l10n.t('must be text'))
      .nullish()
      .describe(l10n.t('`chat`, or `responses` for OpenAI’s Responses API.')),
    base_model: z
      .string(l10n.t('must be text: write it in quotes'))
      .nullish()
      .describe(
        l10n.t(
          'The model that an Azure deployment or an alias stands for, for its price: `gpt-4o-mini`. Without it: as the reply names it.',
        ),
      ),
    quality: z
      .number(l10n.t('must be a number from 0 to 1'))
      .min(0, l10n.t('must be from 0 to 1'))
      .max(1, l10n.t('must be from 0 to 1'))
      .nullish()
      .describe(l10n.t('How good you expect its answers to be, from 0 to 1, until there is evidence.')),
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
  },
  l10n.t('must be a mapping, for example { id: gpt-4o-mini }'),
);

export const fileModel = z.looseObject(
  {
    model_name: neededText(l10n.t('the pool that the model belongs to')).describe(
      l10n.t('The pool. Models with the same `model_name` are one pool: Conduit chooses among them.'),
    ),
    litellm_params: litellmParams.describe(l10n.t('How the model is called.')),
    model_info: modelInfo.nullish().describe(l10n.t('What is known of the model.')),
  },
  neededMapping(l10n.t('model_name, litellm_params and model_info')),
);

export type FileModel = z.infer<typeof fileModel>;

const modelList = z.array(fileModel, {
  error: ({ input }) =>
    input === undefined ? l10n.t('is needed: the models to choose from') : l10n.t('must be a list of models'),
});

const noMapping = l10n.t('must be a mapping, for example with a model_list');

/** A null lists no models yet. */
const nullAsEmpty = (list: unknown): unknown => (list === null ? [] : list);

/** A file, which may leave the models out. The options' own schemas check the rest. */
export const fileSchema = z.looseObject(
  { model_list: z.preprocess(nullAsEmpty, modelList.optional()) },
  noMapping,
);

/** One that must say which models. */
export const schemaWithModels = z.looseObject(
  { model_list: z.preprocess(nullAsEmpty, modelList) },
  noMapping,
);

/** Sections of the design that are not built yet. */
export const futureSections: readonly string[] = ['judge', 'team'];
