import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/core/terms/attempt';
import type { StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { LastPrompt } from '../../../src/core/routing/prompt-cache';
import {
  asksForCache,
  cachedTokens,
  promptCacheLifetimeMs,
  writtenTokens,
} from '../../../src/core/routing/prompt-cache';
import { createPromptCacheFold } from '../../../src/core/routing/prompt-cache-fold';
import type { RouteRequest } from '../../../src/core/terms/request';
import { tokensOf } from '../../../src/core/terms/tokens';
import { attemptWith, decisionWith } from '../samples';
import { deploymentWith, poolWith, requestFor } from '../simulation';

const question = 'word '.repeat(4_000);
const history = [
  { role: 'user', text: question },
  { role: 'assistant', text: 'answer '.repeat(1_000) },
] as const;
const followUp: RouteRequest = {
  ...requestFor(''),
  messages: [...history, { role: 'user', text: 'And then?' }],
};
const sent = tokensOf([history[0]]);
const claude = {
  provider: 'anthropic',
  protocol: 'anthropic-messages',
  model: 'claude-sonnet-4-5',
} as const;

function lastOf(deploymentId: string, change: Partial<LastPrompt> = {}): LastPrompt {
  return { deploymentId, atMs: 1_000, inputTokens: sent, keptTokens: 0, ...change };
}

function tokensAt(id: string, change: Parameters<typeof deploymentWith>[1], last: LastPrompt, nowMs = 2_000) {
  const caches = { lastPrompts: [last], seen: (each: string) => each === 'seen' };
  return cachedTokens(followUp, poolWith([deploymentWith(id, change)]), caches, nowMs).get(id);
}

describe('tokens in a prompt cache', () => {
  it('are those that the same model was sent in the conversation', () => {
    expect(tokensAt('a', {}, lastOf('a'))).toBe(sent);
  });

  it('are never those of the newest turn, whatever was sent before', () => {
    expect(tokensAt('a', {}, lastOf('a', { inputTokens: 1_000_000 }))).toBe(tokensOf(history));
  });

  it('are none at another model, after a while, or of a short prompt', () => {
    expect(tokensAt('a', {}, lastOf('b'))).toBeUndefined();
    expect(tokensAt('a', {}, lastOf('a'), 1_000 + promptCacheLifetimeMs)).toBeUndefined();
    expect(tokensAt('a', {}, lastOf('a', { inputTokens: 1_000 }))).toBeUndefined();
  });

  it('are none in the first turn of a conversation', () => {
    const first = {
      ...followUp,
      messages: [{ role: 'system', text: question } as const, { role: 'user', text: question } as const],
    };
    const caches = { lastPrompts: [lastOf('a')], seen: () => true };
    expect(cachedTokens(first, poolWith([deploymentWith('a')]), caches, 2_000).size).toBe(0);
  });

  it('are expected of vendors that cache unasked, and of models whose receipts have shown it', () => {
    for (const promptCache of [undefined, { kind: 'on-request' }] as const) {
      expect(tokensAt('a', { promptCache }, lastOf('a'))).toBeUndefined();
      expect(tokensAt('seen', { promptCache }, lastOf('seen'))).toBe(sent);
    }
    for (const [leastTokens, tokens] of [
      [sent, sent],
      [sent + 1, undefined],
    ] as const) {
      expect(tokensAt('a', { promptCache: { kind: 'unasked', leastTokens } }, lastOf('a'))).toBe(tokens);
    }
  });

  it('are all of them at another model that its vendor’s protocol serves, and that has shown that it caches', () => {
    const other = { ...claude, model: 'deepseek-chat' };
    expect(tokensAt('seen', other, lastOf('seen', { keptTokens: 100 }))).toBe(sent);
  });

  it('are at Claude those alone that its receipt says it has kept', () => {
    expect(tokensAt('seen', claude, lastOf('seen'))).toBeUndefined();
    expect(tokensAt('seen', claude, lastOf('seen', { keptTokens: 2_000 }))).toBe(2_000);
    expect(tokensAt('seen', claude, lastOf('seen', { keptTokens: 1_000_000 }))).toBe(tokensOf(history));
  });
});

describe('Claude is asked to keep', () => {
  const [asked, answered] = history;
  const tools = [{ name: 'read', description: 'Reads a file.', inputSchema: undefined }];

  it.each([
    ['a conversation that goes on', { messages: followUp.messages }, true],
    ['what a tool loop begins with', { messages: [asked], tools }, true],
    ['not a single question', { messages: [asked] }, false],
    ['nor one that must be answered with a tool', { messages: [asked], tools, toolUse: 'required' }, false],
    ['but its next step', { messages: [asked, answered], tools, toolUse: 'required' }, true],
  ] as const)('%s', (_what, request, asks) => {
    expect(asksForCache(deploymentWith('a', claude), request)).toBe(asks);
  });

  it('nothing where the user said so, and no other model is asked', () => {
    const own = { ...claude, options: { extraBody: { cache_control: { type: 'ephemeral', ttl: '1h' } } } };
    expect(asksForCache(deploymentWith('a', own), followUp)).toBe(false);
    expect(asksForCache(deploymentWith('a', { ...claude, model: 'deepseek-chat' }), followUp)).toBe(false);
    expect(asksForCache(deploymentWith('a', { model: 'claude-sonnet-4-5' }), followUp)).toBe(false);
  });

  it('what is long enough, and that is billed as written', () => {
    const whole = { inputTokens: 5_000, cachedInputTokens: 0 };
    expect(writtenTokens(deploymentWith('a', claude), followUp, whole)).toBe(5_000);
    expect(writtenTokens(deploymentWith('a', claude), followUp, { ...whole, cachedInputTokens: 4_990 })).toBe(
      10,
    );
    expect(writtenTokens(deploymentWith('a', claude), followUp, { ...whole, inputTokens: 1_000 })).toBe(0);
    expect(writtenTokens(deploymentWith('a'), followUp, whole)).toBe(0);
  });
});

describe('what the ledger says of prompt caches', () => {
  function foldOf(entries: readonly StoredEntry[]): ReturnType<typeof createPromptCacheFold> {
    const fold = createPromptCacheFold();
    entries.forEach((entry) => {
      fold.apply(entry);
    });
    return fold;
  }

  function decided(id: string, conversationId: string, atMs: number): StoredEntry {
    const decision = decisionWith({ id, conversationId, inputTokens: 5_000 });
    return { kind: 'decision', decision, sequence: 1, atMs };
  }

  function tried(decisionId: string, atMs: number, change: Partial<Attempt> = {}): StoredEntry {
    return { kind: 'attempt', attempt: { ...attemptWith(), decisionId, ...change }, sequence: 1, atMs };
  }

  it('is who was asked, when its answer ended', () => {
    const fold = foldOf([
      decided('1', 'c', 10),
      tried('1', 20, { deploymentId: 'a' }),
      decided('2', 'c', 30),
      tried('2', 40, { deploymentId: 'b' }),
      decided('3', 'other', 50),
      tried('3', 60, { deploymentId: 'a' }),
    ]);
    expect(fold.of('c').lastPrompts).toEqual([
      { deploymentId: 'a', atMs: 20, inputTokens: 5_000, keptTokens: 0 },
      { deploymentId: 'b', atMs: 40, inputTokens: 5_000, keptTokens: 0 },
    ]);
    expect(fold.of('other').lastPrompts).toMatchObject([{ deploymentId: 'a', atMs: 60, inputTokens: 5_000 }]);
  });

  it.each([
    ['failed', { outcome: 'failed' }],
    [
      'were stopped before anything came, or before they were sent',
      {
        outcome: 'stopped',
        receipt: { ...attemptWith().receipt, usage: undefined, timeToFirstTokenMs: undefined },
      },
    ],
  ] as const)('is nothing of calls that %s', (_name, change) => {
    const fold = foldOf([decided('1', 'c', 10), tried('1', 20, change)]);
    expect(fold.of('c').lastPrompts).toEqual([]);
  });

  it('is what the last step of a tool loop was sent, as its receipt has it, within what is history', () => {
    const { receipt } = attemptWith();
    const step = (inputTokens: number, atMs: number): StoredEntry =>
      tried('1', atMs, {
        deploymentId: 'a',
        receipt: { ...receipt, usage: { inputTokens, outputTokens: 1, cachedInputTokens: 0 } },
      });
    const caches = foldOf([decided('1', 'c', 10), step(5_100, 20), step(60_000, 30)]).of('c');
    expect(caches.lastPrompts).toMatchObject([{ deploymentId: 'a', atMs: 30, inputTokens: 60_000 }]);
    const cached = cachedTokens(followUp, poolWith([deploymentWith('a')]), caches, 40).get('a');
    expect(cached).toBe(tokensOf(history));
  });

  it('is of a stopped answer that had begun', () => {
    const fold = foldOf([decided('1', 'c', 10), tried('1', 20, { deploymentId: 'a', outcome: 'stopped' })]);
    expect(fold.of('c').lastPrompts).toHaveLength(1);
  });

  it('knows the models whose receipts named cached or written tokens', () => {
    const receipt = (cachedInputTokens: number, cacheWriteTokens: number): Attempt['receipt'] => ({
      ...attemptWith().receipt,
      usage: { inputTokens: 9_000, outputTokens: 1, cachedInputTokens, cacheWriteTokens },
    });
    const { seen } = foldOf([
      tried('1', 20, { deploymentId: 'reads', receipt: receipt(1, 0) }),
      tried('2', 20, { deploymentId: 'writes', receipt: receipt(0, 1) }),
      tried('3', 20, { deploymentId: 'neither', receipt: receipt(0, 0) }),
    ]).of('c');
    expect(['reads', 'writes', 'neither'].map(seen)).toEqual([true, true, false]);
  });

  it('is how much of the prompt the vendor has kept, read and written together', () => {
    const usage = { inputTokens: 9_000, outputTokens: 1, cachedInputTokens: 6_000, cacheWriteTokens: 2_900 };
    const receipt = { ...attemptWith().receipt, usage };
    const fold = foldOf([decided('1', 'c', 10), tried('1', 20, { deploymentId: 'a', receipt })]);
    expect(fold.of('c').lastPrompts).toMatchObject([{ inputTokens: 9_000, keptTokens: 8_900 }]);
    // The receipt of a stopped answer is an estimate without any.
    fold.apply(decided('2', 'c', 30));
    fold.apply(tried('2', 40, { deploymentId: 'a', outcome: 'stopped' }));
    expect(fold.of('c').lastPrompts).toMatchObject([{ atMs: 40, keptTokens: 8_900 }]);
    // That of a whole one is the vendor's own word.
    fold.apply(decided('3', 'c', 50));
    fold.apply(tried('3', 60, { deploymentId: 'a' }));
    expect(fold.of('c').lastPrompts).toMatchObject([{ atMs: 60, keptTokens: 0 }]);
  });

  it('forgets what is cold, and never what is warm', () => {
    const step = fc.record({ conversation: fc.integer({ min: 0, max: 5 }), passedMs: fc.nat(400_000) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (steps) => {
        const fold = createPromptCacheFold();
        const endedMs = new Map<string, number>();
        let nowMs = 0;
        steps.forEach(({ conversation, passedMs }, index) => {
          nowMs += passedMs;
          const name = String(conversation);
          fold.apply(decided(String(index), name, nowMs));
          fold.apply(tried(String(index), nowMs, { deploymentId: 'a' }));
          endedMs.set(name, nowMs);
        });
        for (const [name, atMs] of endedMs) {
          const warm = nowMs - atMs < promptCacheLifetimeMs;
          if (warm)
            expect(fold.of(name).lastPrompts).toMatchObject([
              { deploymentId: 'a', atMs, inputTokens: 5_000 },
            ]);
        }
        const kept = [...endedMs.keys()].filter((name) => fold.of(name).lastPrompts.length > 0);
        const latest = [...endedMs.values()].filter((atMs) => nowMs - atMs < promptCacheLifetimeMs);
        expect(kept.length).toBe(latest.length);
      }),
    );
  });
});
