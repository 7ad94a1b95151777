import { z } from 'zod';
import { presetNames } from '../core/preset';

/** `conduit.yaml`: LiteLLM's `model_list` shape, and a section of Conduit's own. Unknown keys are told, not fatal. */

const usdPerToken = z.number('must be USD per token, for example 1.5e-07').min(0, 'must not be negative');

const litellmParams = z.looseObject({
  model: z.string('is needed, as provider/model, for example openai/gpt-4o-mini').min(1, 'must not be empty'),
  api_key: z.string('must be os.environ/NAME').optional(),
  api_base: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address, for example http://127.0.0.1:4000/v1' })
    .optional(),
});

const modelInfo = z.looseObject({
  id: z.string('is needed: a short name of your own, unique in this file').min(1, 'must not be empty'),
  input_cost_per_token: usdPerToken.optional(),
  output_cost_per_token: usdPerToken.optional(),
  quality: z
    .number('must be a number from 0 to 1')
    .min(0, 'must be from 0 to 1')
    .max(1, 'must be from 0 to 1')
    .optional(),
  max_input_tokens: z.int('must be a whole number of tokens').positive('must be above 0').optional(),
});

const model = z.looseObject({
  model_name: z.string('is needed: the pool that the model belongs to').min(1, 'must not be empty'),
  litellm_params: litellmParams,
  model_info: modelInfo,
});

export const routerSchema = z.looseObject({
  preset: z.enum(presetNames, `must be one of ${presetNames.join(', ')}`).optional(),
  switch_after: z
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(100_000, 'must be at most 100000')
    .optional(),
  pool: z.string('must be the name of a pool').optional(),
});

export const fileSchema = z.looseObject({
  model_list: z.array(model, 'must be a list of models').optional(),
  router: routerSchema.optional(),
});

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
  file: ['cache', 'embedding_model', 'judge', 'team'],
  router: ['daily_budget_usd', 'max_cost_per_request_usd'],
} as const;
