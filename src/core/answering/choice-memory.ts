import type { Configuration } from '../terms/configuration';
import type { AnswerOfModel } from '../terms/observation';
import type { Cache } from '../terms/ports';
import type { RouteRequest } from '../terms/request';

/** Which deployment was chosen for a request, for a short time: asked the same again, the same one answers. */
export interface ChoiceMemory {
  /** `space` is the feature space that the request is described in. */
  recall(request: RouteRequest, space: string): Promise<AnswerOfModel | undefined>;
  keep(request: RouteRequest, space: string, choice: AnswerOfModel): Promise<void>;
  /** The choice wasn't good: the next identical request chooses anew. */
  forget(decisionId: string): Promise<void>;
  forgetAll(): Promise<void>;
}

/** An agent that asks the same twice, or two clicks, come within seconds. */
const keptForMs = 60_000;
const mostRemembered = 200;

/** `nowMs` is any clock that doesn't go back. */
export function createChoiceMemory(
  cache: Cache,
  configuration: () => Promise<Configuration>,
  nowMs: () => number,
): ChoiceMemory {
  const kept = new Map<string, { readonly key: string; readonly atMs: number }>();

  /** A key holds a whole conversation: none is held longer than its choice. */
  function dropOld(): void {
    for (const [id, { atMs }] of kept) {
      if (kept.size <= mostRemembered && nowMs() - atMs < keptForMs) return;
      kept.delete(id);
    }
  }

  async function keyOf(
    { pool, messages, conversationId, options, tools, toolUse }: RouteRequest,
    space: string,
  ): Promise<string> {
    const { preset, pools } = await configuration();
    const ids = pools.find(({ name }) => name === pool)?.deployments.map(({ id }) => id);
    return `choice\n${space}\n${JSON.stringify([pool, ids, preset, conversationId, options, messages, tools, toolUse])}`;
  }

  async function forget(decisionId: string): Promise<void> {
    const known = kept.get(decisionId);
    if (known === undefined) return;
    kept.delete(decisionId);
    await cache.delete(known.key);
  }

  return {
    recall: async (request, space) => parseChoice(await cache.get(await keyOf(request, space))),
    keep: async (request, space, choice) => {
      const key = await keyOf(request, space);
      kept.set(choice.decisionId, { key, atMs: nowMs() });
      dropOld();
      await cache.set(key, JSON.stringify([choice.decisionId, choice.deploymentId]), keptForMs);
    },
    forget,
    forgetAll: async () => {
      await Promise.all([...kept.keys()].map(forget));
    },
  };
}

/** Whatever another process or version left under the key is not trusted. */
function parseChoice(text: string | undefined): AnswerOfModel | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    if (!Array.isArray(value)) return undefined;
    const [decisionId, deploymentId] = value as unknown[];
    if (typeof decisionId !== 'string' || typeof deploymentId !== 'string') return undefined;
    return { decisionId, deploymentId };
  } catch {
    return undefined;
  }
}
