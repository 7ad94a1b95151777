import type { StoredEntry } from '../terms/ledger-entry';
import type { LastPrompt, PromptCaches } from './prompt-cache';
import { promptCacheLifetimeMs } from './prompt-cache';

/** Who was asked last in each conversation, and whose receipts speak of a prompt cache, as a fold over the ledger. */
export interface PromptCacheFold {
  apply(entry: StoredEntry): void;
  of(conversationId: string): PromptCaches;
}

interface Asked {
  readonly conversationId: string;
  readonly inputTokens: number;
  readonly atMs: number;
}

export function createPromptCacheFold(): PromptCacheFold {
  /** By decision, oldest first: only these can still be in a cache when their answers end. */
  const asked = new Map<string, Asked>();
  const lastPrompts = new Map<string, Map<string, LastPrompt>>();
  const seen = new Set<string>();

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
  };
}

/** A tool loop may go on for long under one decision. */
const longestAnswerMs = 60 * 60_000;
