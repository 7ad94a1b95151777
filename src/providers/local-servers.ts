import { z } from 'zod';
import type { LocalModel } from '../vendors/local-model';
import { isCloudModel } from '../vendors/local-model';
import { vendorNamed } from '../vendors/lookup';

/** Where the local servers listen, without the version segment; tests have their own. */
export interface LocalServerBases {
  readonly ollama: string;
  readonly lmStudio: string;
}

const usualBases: LocalServerBases = { ollama: usualOrigin('ollama'), lmStudio: usualOrigin('lm_studio') };
/** Longest wait for each server: one that is there answers in a few ms. */
const deadlineMs = 500;

function usualOrigin(prefix: string): string {
  return new URL(vendorNamed(prefix)?.base ?? '').origin;
}

/**
 * The models that Ollama and LM Studio have on this machine: the smallest and the largest of Ollama, which tells their
 * sizes, and all of LM Studio. Models that only embed texts, and those that Ollama passes on to its own servers, are
 * left out. Never rejects: a server that isn't there has none.
 */
export async function findLocalModels(
  fetch: typeof globalThis.fetch,
  signal?: AbortSignal,
  bases: LocalServerBases = usualBases,
): Promise<readonly LocalModel[]> {
  const found = await Promise.all([
    ollamaModels(fetch, bases.ollama, signal).catch(() => []),
    lmStudioModels(fetch, bases.lmStudio, signal).catch(() => []),
  ]);
  return found.flat();
}

const ollamaReply = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      size: z.number().catch(0),
      remote_host: z.string().nullish().catch(undefined),
      details: z
        .object({
          family: z.string().nullish().catch(undefined),
          families: z.array(z.string()).nullish().catch(undefined),
        })
        .nullish()
        .catch(undefined),
    }),
  ),
});

async function ollamaModels(
  fetch: typeof globalThis.fetch,
  base: string,
  signal: AbortSignal | undefined,
): Promise<LocalModel[]> {
  const { models } = ollamaReply.parse(await getJson(fetch, `${base}/api/tags`, signal));
  const bySize = models
    .filter(({ name, remote_host: host, details }) => {
      const families = [details?.family ?? '', ...(details?.families ?? [])];
      return !host && !isCloudModel(name) && !embeds(name) && !families.some((family) => /bert/.test(family));
    })
    .sort((a, b) => a.size - b.size);
  const ends = bySize.length <= 2 ? bySize : [...bySize.slice(0, 1), ...bySize.slice(-1)];
  return ends.map(({ name }) => ({ provider: 'ollama', apiBase: `${base}/v1`, model: name }));
}

const lmStudioReply = z.object({ data: z.array(z.object({ id: z.string() })) });

async function lmStudioModels(
  fetch: typeof globalThis.fetch,
  base: string,
  signal: AbortSignal | undefined,
): Promise<LocalModel[]> {
  const { data } = lmStudioReply.parse(await getJson(fetch, `${base}/v1/models`, signal));
  return data
    .filter(({ id }) => !embeds(id))
    .map(({ id }) => ({ provider: 'lm_studio', apiBase: `${base}/v1`, model: id }));
}

/** "nomic-embed-text", "text-embedding-nomic-embed-text-v1.5", "bge-m3", "all-minilm". */
function embeds(name: string): boolean {
  return /embed|(^|\/)(bge|all-minilm|paraphrase-multilingual|gte)-?/i.test(name);
}

/** What a local server says at an address; with a body it is sent that. Rejects where it says nothing in time. */
export async function getJson(
  fetch: typeof globalThis.fetch,
  url: string,
  signal: AbortSignal | undefined,
  body?: unknown,
): Promise<unknown> {
  const late = AbortSignal.timeout(deadlineMs);
  const response = await fetch(url, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    redirect: 'manual',
    signal: signal === undefined ? late : AbortSignal.any([signal, late]),
  });
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}.`);
  return response.json();
}
