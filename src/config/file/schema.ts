import { z } from 'zod';
import { reasoningEfforts } from '../../core/pool/call-options';
import { baseProblem } from '../models/base-url';
import { environmentName } from '../models/environment-reference';

/** `model_list` of conduit.yaml, in LiteLLM's shape. Unknown keys are told, not fatal. */

/** A text that must be there; `what` says what it is for. */
function neededText(what: string): z.ZodString {
  return z
    .string({
      error: ({ input }) =>
        input === undefined || input === null ? `is needed: ${what}` : 'must be text: write it in quotes',
    })
    .min(1, 'must not be empty');
}

function neededMapping(what: string): { error: (issue: { input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined || input === null ? `is needed, with ${what}` : `must be a mapping with ${what}`,
  };
}

const apiBase = z.string('must be an http(s) address, or os.environ/NAME').superRefine((base, context) => {
  const message = environmentName(base) === undefined ? baseProblem(base) : undefined;
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

function usdPerToken(what: string): z.ZodOptional<z.ZodNullable<z.ZodNumber>> {
  return z
    .number('must be USD per token, for example 1.5e-07')
    .min(0, 'must not be negative')
    .nullish()
    .describe(`${what}, in USD per token. Without it: the price list, else what is learnt, else unknown.`);
}

function tokens(what: string): z.ZodOptional<z.ZodNullable<z.ZodInt>> {
  return z.int('must be a whole number of tokens').positive('must be above 0').nullish().describe(what);
}

function yesOrNo(what: string): z.ZodOptional<z.ZodNullable<z.ZodBoolean>> {
  return z.boolean('must be true or false').nullish().describe(what);
}

/** LiteLLM takes prices at either place. */
const prices = {
  input_cost_per_token: usdPerToken('Price of input'),
  output_cost_per_token: usdPerToken('Price of output'),
  cache_read_input_token_cost: usdPerToken('Price of input that the provider’s cache held'),
  cache_creation_input_token_cost: usdPerToken('Price of input that is written to the provider’s cache'),
};

export const litellmParams = z.looseObject(
  {
    model: neededText('provider/model, for example openai/gpt-4o-mini').describe(
      'Provider and model: `openai/gpt-5.4-mini`, `vscode/copilot/gpt-4o`. `openai/responses/…` uses the Responses API.',
    ),
    api_key: z
      .string('must be os.environ/NAME, or left out')
      .nullish()
      .describe('`os.environ/NAME`. Left out: the key that “Conduit: Set API Key” stored for the host.'),
    api_base: apiBase
      .nullish()
      .describe(
        'The server’s address with its version segment, or `os.environ/NAME`. Left out: the provider’s own.',
      ),
    api_version: z.string('must be text: write it in quotes').nullish().describe('Azure’s `api-version`.'),
    custom_llm_provider: z
      .string('must be the prefix of a provider')
      .nullish()
      .describe('The provider, where `model` doesn’t begin with it.'),
    max_tokens: tokens('Longest answer, in tokens.'),
    max_completion_tokens: tokens('Longest answer, in tokens.'),
    temperature: z
      .number('must be a number from 0 to 2')
      .min(0, 'must be from 0 to 2')
      .max(2, 'must be from 0 to 2')
      .nullish()
      .describe('From 0 to 2.'),
    reasoning_effort: z
      .unknown()
      .optional()
      .describe(
        `How hard a reasoning model thinks: ${reasoningEfforts.map((name) => `\`${name}\``).join(', ')}.`,
      ),
    extra_body: z
      .record(z.string(), z.unknown(), 'must be a mapping of further fields')
      .nullish()
      .describe('Further fields of the request’s body, as the provider documents them.'),
    ...prices,
  },
  neededMapping('model: provider/model'),
);

export const modelInfo = z.looseObject(
  {
    id: neededText('a short name of your own, unique in this file')
      .nullish()
      .describe('A name of your own, unique in the file. What is learnt of the model is kept under it.'),
    mode: z.string('must be text').nullish().describe('`chat`, or `responses` for OpenAI’s Responses API.'),
    quality: z
      .number('must be a number from 0 to 1')
      .min(0, 'must be from 0 to 1')
      .max(1, 'must be from 0 to 1')
      .nullish()
      .describe('How good you expect its answers to be, from 0 to 1, until there is evidence.'),
    max_input_tokens: tokens(
      'The longest conversation that fits, in tokens. A longer one goes to another model.',
    ),
    supports_function_calling: yesOrNo(
      'Whether the model can call tools. With `false` a request that offers some goes to another model.',
    ),
    supports_vision: yesOrNo(
      'Whether the model takes images. With `false` a conversation with images goes to another model; with `true` the editor’s model picker says that the pool takes some.',
    ),
    ...prices,
  },
  'must be a mapping, for example { id: gpt-4o-mini }',
);

export const fileModel = z.looseObject(
  {
    model_name: neededText('the pool that the model belongs to').describe(
      'The pool. Models with the same `model_name` are one pool: Conduit chooses among them.',
    ),
    litellm_params: litellmParams.describe('How the model is called.'),
    model_info: modelInfo.nullish().describe('What is known of the model.'),
  },
  neededMapping('model_name, litellm_params and model_info'),
);

export type FileModel = z.infer<typeof fileModel>;

const modelList = z.array(fileModel, {
  error: ({ input }) =>
    input === undefined ? 'is needed: the models to choose from' : 'must be a list of models',
});

const noMapping = 'must be a mapping with a model_list';

/** A null lists no models yet. */
const nullAsEmpty = (list: unknown): unknown => (list === null ? [] : list);

/** The user's file. The options' own schemas check the rest. */
export const userSchema = z.looseObject({ model_list: z.preprocess(nullAsEmpty, modelList) }, noMapping);

/** A workspace's: it may have no models. */
export const workspaceSchema = z.looseObject(
  { model_list: z.preprocess(nullAsEmpty, modelList.optional()) },
  noMapping,
);

/** Sections of the design that are not built yet. */
export const futureSections: readonly string[] = ['judge', 'team'];
