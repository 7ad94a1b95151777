import type { StoredEntry } from '../terms/ledger-entry';
import { readList, readMap, readNumber, readShape, readText } from '../terms/saved';
import type { LastPrompt, PromptCaches } from './prompt-cache';
import { promptCacheLifetimeMs } from './prompt-cache';

/** Who was asked last in each conversation, and whose receipts speak of a prompt cache, as a fold over the ledger. */
export interface PromptCacheFold {
  apply(entry: StoredEntry): void;
  of(conversationId: string): PromptCaches;
  /** To go on from, as what can be cloned. */
  save(): SavedPromptCaches;
}

interface Asked {
  readonly conversationId: string;
  readonly inputTokens: number;
  readonly atMs: number;
}

interface SavedPromptCaches {
  readonly asked: ReadonlyMap<string, Asked>;
  readonly lastPrompts: ReadonlyMap<string, ReadonlyMap<string, LastPrompt>>;
  readonly seen: readonly string[];
}

const readPromptCaches = readShape<SavedPromptCaches>({
  asked: readMap(readShape<Asked>({ conversationId: readText, inputTokens: readNumber, atMs: readNumber })),
  lastPrompts: readMap(
    readMap(
      readShape<LastPrompt>({
        deploymentId: readText,
        atMs: readNumber,
        inputTokens: readNumber,
        keptTokens: readNumber,
      }),
    ),
  ),
  seen: readList(readText),
});

/** Throws a RangeError where `saved` is not what `save` gave. */
export function createPromptCacheFold(saved?: unknown): PromptCacheFold {
  const before = saved === undefined ? undefined : readPromptCaches(saved, 'prompt caches');
  /** By decision, oldest first: only these can still be in a cache when their answers end. */
  const asked = new Map(before?.asked);
  const lastPrompts = copyOf(before?.lastPrompts);
  const seen = new Set(before?.seen);

  /** Entries come in the order of time: what has grown cold is at the front. */
  function dropCold(nowMs: number): void {
    for (const [id, { atMs }] of asked) {
      if (nowMs - atMs < longestAnswerMs) break;
      asked.delete(id);
    }
    for (const [conversationId, prompts] of lastPrompts) {
      const latest = Math.max(...Array.from(prompts.values(), ({ atMs }) => atMs));
      if (nowMs - latest < promptCacheLifetimeMs) break;
      lastPrompts.delete(conversationId);
    }
  }

  function remember(conversationId: string, prompt: LastPrompt): void {
    const prompts = lastPrompts.get(conversationId) ?? new Map<string, LastPrompt>();
    prompts.set(prompt.deploymentId, prompt);
    lastPrompts.delete(conversationId);
    lastPrompts.set(conversationId, prompts);
  }

  return {
    apply: (entry) => {
      dropCold(entry.atMs);
      if (entry.kind === 'decision') {
        const { id, conversationId, inputTokens } = entry.decision;
        asked.set(id, { conversationId, inputTokens, atMs: entry.atMs });
      } else if (entry.kind === 'attempt') {
        const { decisionId, deploymentId, outcome, receipt } = entry.attempt;
        const { cachedInputTokens = 0, cacheWriteTokens = 0 } = receipt.usage ?? {};
        const named = cachedInputTokens + cacheWriteTokens;
        if (named > 0) seen.add(deploymentId);
        const decision = asked.get(decisionId);
        // A call that failed, or was stopped before its first token, may never have been read, or even sent.
        const begun = outcome === 'completed' || receipt.timeToFirstTokenMs !== undefined;
        if (decision === undefined || outcome === 'failed' || !begun) return;
        // A tool loop grows under its decision, which knows its first step alone.
        const inputTokens = Math.max(decision.inputTokens, receipt.usage?.inputTokens ?? 0);
        const { conversationId } = decision;
        // The receipt of a stopped answer is an estimate, which knows of no cache: what was kept before still is.
        const before = lastPrompts.get(conversationId)?.get(deploymentId)?.keptTokens ?? 0;
        const keptTokens = outcome === 'stopped' ? Math.max(named, before) : named;
        remember(conversationId, { deploymentId, atMs: entry.atMs, inputTokens, keptTokens });
      }
    },
    of: (conversationId) => ({
      lastPrompts: [...(lastPrompts.get(conversationId)?.values() ?? [])],
      seen: (deploymentId) => seen.has(deploymentId),
    }),
    save: () => ({ asked: new Map(asked), lastPrompts: copyOf(lastPrompts), seen: [...seen] }),
  };
}

function copyOf(prompts: SavedPromptCaches['lastPrompts'] = new Map()): Map<string, Map<string, LastPrompt>> {
  return new Map(Array.from(prompts, ([conversationId, each]) => [conversationId, new Map(each)]));
}

/** A tool loop may go on for long under one decision. */
const longestAnswerMs = 60 * 60_000;
