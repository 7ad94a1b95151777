import { z } from 'zod';
import { presetNames } from '../core/preset';
import { longestSwitchAfter } from './defaults';

/** `conduit.yaml`: LiteLLM's `model_list` shape, and a section of Conduit's own. Unknown keys are told, not fatal. */

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
      input === undefined ? `is needed, with ${what}` : `must be a mapping with ${what}`,
  };
}

/** What is wrong with the base URL of a provider, or undefined. */
export function baseProblem(base: string): string | undefined {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '')
    return 'must be an http(s) address, for example http://127.0.0.1:4000/v1';
  // fetch refuses such a URL, and repeats it in its error.
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password';
  return undefined;
}

const apiBase = z.string('must be an http(s) address').superRefine((base, context) => {
  const message = baseProblem(base);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const usdPerToken = z.number('must be USD per token, for example 1.5e-07').min(0, 'must not be negative');

const litellmParams = z.looseObject(
  {
    model: neededText('provider/model, for example openai/gpt-4o-mini'),
    api_key: z.string('must be os.environ/NAME, or left out').optional(),
    api_base: apiBase.optional(),
  },
  neededMapping('model: provider/model'),
);

const modelInfo = z.looseObject(
  {
    id: neededText('a short name of your own, unique in this file'),
    input_cost_per_token: usdPerToken.optional(),
    output_cost_per_token: usdPerToken.optional(),
    quality: z
      .number('must be a number from 0 to 1')
      .min(0, 'must be from 0 to 1')
      .max(1, 'must be from 0 to 1')
      .optional(),
    max_input_tokens: z.int('must be a whole number of tokens').positive('must be above 0').optional(),
  },
  neededMapping('id: a short name of your own, unique in this file'),
);

const model = z.looseObject(
  {
    model_name: neededText('the pool that the model belongs to'),
    litellm_params: litellmParams,
    model_info: modelInfo,
  },
  neededMapping('model_name, litellm_params and model_info'),
);

const routerSchema = z.looseObject(
  {
    preset: z.enum(presetNames, `must be one of ${presetNames.join(', ')}`).optional(),
    switch_after: z
      .int('must be a whole number')
      .min(0, 'must not be negative')
      .max(longestSwitchAfter, `must be at most ${String(longestSwitchAfter)}`)
      .optional(),
    keep_prompts: z.boolean('must be true or false').optional(),
    pool: z.string('must be the name of a pool').optional(),
  },
  'must be a mapping, for example { preset: balanced }',
);

/** 'none', or "owner/name" as the model hub writes it; neither part can be a way to another folder. */
export const embeddingModelPattern = /^(none|[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95})$/;
export const embeddingModelHint = 'must be none or a model on the hub, for example Xenova/all-MiniLM-L6-v2';

export const fileSchema = z.looseObject(
  {
    /** Empty: no models yet. */
    model_list: z.preprocess(
      (list) => (list === null ? [] : list),
      z.array(model, {
        error: ({ input }) =>
          input === undefined ? 'is needed: the models to choose from' : 'must be a list of models',
      }),
    ),
    router: routerSchema.nullish(),
    embedding_model: z.string(embeddingModelHint).regex(embeddingModelPattern, embeddingModelHint).nullish(),
  },
  'must be a mapping with a model_list',
);

/** What a workspace's file may say by itself. */
export const workspaceSchema = z.looseObject(
  {
    router: z
      .looseObject(
        routerSchema.pick({ pool: true, preset: true }).shape,
        'must be a mapping, for example { preset: balanced }',
      )
      .nullish(),
  },
  'must be a mapping with a router',
);

export type FileModel = z.infer<typeof model>;

/** The keys that have an effect, for each section. */
export const knownKeys = {
  file: Object.keys(fileSchema.shape),
  model: Object.keys(model.shape),
  litellm_params: Object.keys(litellmParams.shape),
  model_info: Object.keys(modelInfo.shape),
  router: Object.keys(routerSchema.shape),
} as const;

/** Options of the design that are not built yet. */
export const futureKeys = {
  file: ['cache', 'judge', 'team'],
  router: ['daily_budget_usd', 'max_cost_per_request_usd'],
} as const;
