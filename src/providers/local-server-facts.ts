import { z } from 'zod';
import type { Deployment } from '../core/terms/deployment';
import { vendorOf } from '../vendors/lookup';
import type { ModelFacts } from '../vendors/model-facts';
import { getJson } from './local-servers';

/**
 * What a server of the user's own tells of a model: the context that it was started with, above all, which no table can
 * know. Undefined where it isn't such a server, isn't there, or says nothing. Never rejects; sends no key and no prompt.
 */
export async function localServerFacts(
  fetch: typeof globalThis.fetch,
  deployment: Deployment,
  signal?: AbortSignal,
): Promise<ModelFacts | undefined> {
  const { apiBase, model } = deployment;
  const { origin } = new URL(apiBase);
  const get = (url: string, body?: unknown): Promise<unknown> => getJson(fetch, url, signal, body);
  try {
    switch (vendorOf(deployment)?.prefix) {
      case 'ollama':
        return await ollamaFacts(get, origin, model);
      case 'lm_studio':
        return lmStudioFacts(await get(`${origin}/api/v0/models`), model);
      case 'hosted_vllm':
        return vllmFacts(await get(`${apiBase.replace(/\/+$/, '')}/models`), model);
      case 'llamafile':
        return llamaFacts(await get(`${origin}/props`));
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

const tokens = z.coerce.number().int().positive().optional().catch(undefined);
const words = z.array(z.string()).optional().catch(undefined);

const ollamaShown = z.object({
  parameters: z.string().optional().catch(undefined),
  model_info: z.record(z.string(), z.unknown()).optional().catch(undefined),
  capabilities: words,
});
const ollamaRunning = z.object({
  models: z.array(z.object({ name: z.string(), context_length: tokens })),
});

/**
 * Ollama loads a model with a context of its own choice, and cuts longer prompts in silence: what is loaded says how
 * long it is; before that the model's own file may; else only the longest that the model could have is known.
 */
async function ollamaFacts(
  get: (url: string, body?: unknown) => Promise<unknown>,
  origin: string,
  model: string,
): Promise<ModelFacts> {
  const [shown, running] = await Promise.all([
    get(`${origin}/api/show`, { model }).then((reply) => ollamaShown.parse(reply)),
    get(`${origin}/api/ps`).then(
      (reply) => ollamaRunning.safeParse(reply).data?.models ?? [],
      () => [],
    ),
  ]);
  const tagged = model.includes(':') ? model : `${model}:latest`;
  const loaded = running.find(({ name }) => name === tagged)?.context_length;
  const written = /^\s*num_ctx\s+(\d+)/m.exec(shown.parameters ?? '')?.[1];
  const longest = Object.entries(shown.model_info ?? {}).find(([key]) => key.endsWith('.context_length'));
  const can = (what: string): boolean | undefined => shown.capabilities?.includes(what);
  return {
    contextWindowTokens: loaded ?? tokens.parse(written ?? longest?.[1]),
    supportsTools: can('tools'),
    supportsImages: can('vision'),
    thinks: can('thinking'),
  };
}

const lmStudioReply = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      type: z.string().optional().catch(undefined),
      capabilities: words,
      loaded_context_length: tokens,
      max_context_length: tokens,
    }),
  ),
});

/** Absent from the list: another model answers in its place, or it is loaded later. */
function lmStudioFacts(reply: unknown, model: string): ModelFacts | undefined {
  const found = lmStudioReply.parse(reply).data.find(({ id }) => id === model);
  if (found === undefined) return undefined;
  const { type, capabilities, loaded_context_length: loaded, max_context_length: longest } = found;
  return {
    contextWindowTokens: loaded ?? longest,
    supportsTools: capabilities?.includes('tool_use'),
    supportsImages: type === undefined ? undefined : type === 'vlm',
  };
}

const vllmReply = z.object({ data: z.array(z.object({ id: z.string(), max_model_len: tokens })) });

function vllmFacts(reply: unknown, model: string): ModelFacts {
  return {
    contextWindowTokens: vllmReply.parse(reply).data.find(({ id }) => id === model)?.max_model_len,
  };
}

const llamaReply = z.object({
  default_generation_settings: z.object({ n_ctx: tokens }).optional().catch(undefined),
  modalities: z
    .object({ vision: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Of a server that has one model, whatever it is called. */
function llamaFacts(reply: unknown): ModelFacts {
  const { default_generation_settings: settings, modalities } = llamaReply.parse(reply);
  return { contextWindowTokens: settings?.n_ctx, supportsImages: modalities?.vision };
}
