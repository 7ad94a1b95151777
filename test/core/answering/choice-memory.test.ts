import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCache } from '../../../src/cache/memory-cache';
import type { ChoiceMemory } from '../../../src/core/answering/choice-memory';
import { createChoiceMemory } from '../../../src/core/answering/choice-memory';
import type { Configuration } from '../../../src/core/terms/configuration';
import type { Cache } from '../../../src/core/terms/ports';
import type { RouteRequest } from '../../../src/core/terms/request';
import { decided, inputWith } from '../route-input';
import { route } from '../../../src/core/routing/router';
import { configurationWith } from '../samples';
import { seededRandom } from '../seeded-random';
import { deploymentWith, poolWith } from '../simulation';

const asked: RouteRequest = {
  pool: 'default',
  messages: [
    { role: 'user', text: 'What is a monad?' },
    { role: 'assistant', text: 'A monoid.' },
    { role: 'user', text: 'In what category?' },
  ],
  origin: 'chat',
  conversationId: 'c',
};
const choice = { decisionId: 'd1', deploymentId: 'b' };
const deployments = [deploymentWith('a'), deploymentWith('b'), deploymentWith('c')];
const usual = configurationWith([poolWith(deployments), { ...poolWith(deployments), name: 'other' }]);

let cache: Cache;
let configuration: Configuration;
let nowMs: number;

function open(): ChoiceMemory {
  return createChoiceMemory(
    cache,
    () => Promise.resolve(configuration),
    () => nowMs,
  );
}

beforeEach(() => {
  cache = createMemoryCache();
  configuration = usual;
  nowMs = 0;
});

describe('a choice that was kept', () => {
  test('is recalled for the identical request, by another process with the same cache too', async () => {
    await open().keep(asked, 'space', choice);
    expect(await open().recall(structuredClone(asked), 'space')).toEqual(choice);
  });

  test.each<readonly [string, Partial<RouteRequest>]>([
    ['another conversation', { conversationId: 'd' }],
    ['another pool', { pool: 'other' }],
    [
      'another text',
      { messages: [...asked.messages.slice(0, 2), { role: 'user', text: 'In what category' }] },
    ],
    ['another history', { messages: asked.messages.slice(1) }],
    ['another role', { messages: asked.messages.map(({ text }) => ({ role: 'user', text })) }],
    ['other options', { options: { temperature: 0 } }],
  ])('is none for %s', async (_, change) => {
    const memory = open();
    await memory.keep(asked, 'space', choice);
    expect(await memory.recall({ ...asked, ...change }, 'space')).toBeUndefined();
  });

  test.each<readonly [string, Configuration]>([
    ['preset', { ...usual, preset: 'quality' }],
    ['set of models in its pool', configurationWith([poolWith(deployments.slice(1))])],
  ])('is none for another %s', async (_, changed) => {
    const memory = open();
    await memory.keep(asked, 'space', choice);
    configuration = changed;
    expect(await memory.recall(asked, 'space')).toBeUndefined();
    configuration = usual;
    expect(await memory.recall(asked, 'space')).toEqual(choice);
  });

  test('is none in another feature space', async () => {
    const memory = open();
    await memory.keep(asked, 'space', choice);
    expect(await memory.recall(asked, 'other space')).toBeUndefined();
  });

  test('is forgotten by its decision, once or twice, and another decision’s stays', async () => {
    const memory = open();
    await memory.keep(asked, 'space', choice);
    await memory.keep({ ...asked, conversationId: 'd' }, 'space', { ...choice, decisionId: 'd2' });
    await memory.forget('d1');
    await memory.forget('d1');
    await memory.forget('never heard of');
    expect(await memory.recall(asked, 'space')).toBeUndefined();
    expect(await memory.recall({ ...asked, conversationId: 'd' }, 'space')).toBeDefined();
  });

  test('is forgotten by the decision that it was made in, and by one that repeated it', async () => {
    for (const decisionId of ['d1', 'd2']) {
      const memory = open();
      await memory.keep(asked, 'space', choice);
      await memory.keep(asked, 'space', { ...choice, decisionId: 'd2' });
      await memory.forget(decisionId);
      expect(await memory.recall(asked, 'space')).toBeUndefined();
    }
  });

  test.each([
    ...['', 'garbage', '{', 'null', '7', '{}', '[]', '["d1"]', '["d1", 7]', '[7, "b"]', '[["d1"], ["b"]]'],
    '{"decisionId":"d1","deploymentId":"b"}',
  ])('is not believed where another process left %s', async (garbage) => {
    await open().keep(asked, 'space', choice);
    const get = (): Promise<string> => Promise.resolve(garbage);
    cache = { ...cache, get };
    expect(await open().recall(asked, 'space')).toBeUndefined();
  });
});

test('a choice is kept for 60 s, and no longer', async () => {
  const values = new Map<string, { readonly value: string; readonly untilMs: number }>();
  cache = {
    get: (key) => {
      const found = values.get(key);
      return Promise.resolve(found !== undefined && nowMs < found.untilMs ? found.value : undefined);
    },
    set: (key, value, ttlMs) => Promise.resolve(void values.set(key, { value, untilMs: nowMs + ttlMs })),
    delete: (key) => Promise.resolve(void values.delete(key)),
  };
  const memory = open();
  await memory.keep(asked, 'space', choice);
  nowMs = 59_999;
  expect(await memory.recall(asked, 'space')).toEqual(choice);
  nowMs = 60_000;
  expect(await memory.recall(asked, 'space')).toBeUndefined();
});

describe('the conversations that choices were kept for', () => {
  /** Which of the decisions can still be forgotten: the cache is told to delete something. */
  async function held(memory: ChoiceMemory, count: number): Promise<number> {
    let deleted = 0;
    cache.delete = () => Promise.resolve(void (deleted += 1));
    for (let index = 0; index < count; index += 1) await memory.forget(`d${String(index)}`);
    return deleted;
  }

  async function keepMany(memory: ChoiceMemory, count: number, everyMs: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      nowMs += everyMs;
      await memory.keep(asked, 'space', { ...choice, decisionId: `d${String(index)}` });
    }
  }

  test('are held for 60 s, not longer', async () => {
    const memory = open();
    await keepMany(memory, 100, 1_000);
    expect(await held(memory, 100)).toBe(60);
  });

  test('are 200 at most', async () => {
    const memory = open();
    await keepMany(memory, 500, 1);
    expect(await held(memory, 500)).toBe(200);
  });
});

describe('a route with a kept choice', () => {
  test('takes it with probability 1 and says what it repeats, whatever the draw', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { decision, order } = decided(
        route(inputWith(deployments, { keep: choice, random: seededRandom(seed) })),
      );
      expect(decision).toMatchObject({ deploymentId: 'b', probability: 1, repeats: 'd1', explored: false });
      expect(decision.candidates.map(({ probability }) => probability).toSorted()).toEqual([0, 0, 1]);
      expect(order.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c']);
      expect(order[0]?.id).toBe('b');
    }
  });

  test('draws anew where its model can’t be asked, or is no longer there', () => {
    const gone = inputWith(deployments.slice(0, 1), { keep: choice });
    const excluded = inputWith(deployments, {
      keep: choice,
      unavailable: ({ id }) => (id === 'b' ? 'breaker-open' : undefined),
    });
    for (const input of [gone, excluded]) {
      const { decision } = decided(route(input));
      expect(decision.deploymentId).not.toBe('b');
      expect(decision.repeats).toBeUndefined();
    }
  });
});
