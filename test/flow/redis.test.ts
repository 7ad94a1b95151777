import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnedCache } from '../../src/cache/create-cache';
import { createCache } from '../../src/cache/create-cache';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Conduit } from '../../src/core/conduit';
import type { Embedder } from '../../src/core/terms/ports';
import { createVectorCache } from '../../src/embedding/vector-cache';
import { recordingLog } from '../cache/log';
import type { RedisServer } from '../cache/redis-server';
import { startRedis } from '../cache/redis-server';
import { deploymentWith } from '../core/simulation';
import type { Windows } from './windows';
import { ask, createWindows, request, says } from './windows';

/** Two windows over one ledger and one real Redis, which is killed and started again while they answer. */

let server: RedisServer;
let windows: Windows;

beforeEach(async () => {
  server = await startRedis();
  windows = createWindows();
});

afterEach(async () => {
  await windows.remove();
  await server.remove();
});

interface CachedWindow {
  readonly conduit: Conduit;
  readonly cache: OwnedCache;
  readonly lines: readonly string[];
  /** Vectors that came from the cache, and such as had to be made. */
  readonly vectors: { found: number; made: number };
}

async function openWindow(): Promise<CachedWindow> {
  const { log, lines } = recordingLog();
  const cache = createCache({
    cache: { enabled: true, redisUrl: server.url },
    ...{ log, nowMs: Date.now, answerMs: 5_000, retryAfterMs: 500 },
  });
  const vectors = { found: 0, made: 0 };
  const conduit = await windows.open({
    deployments: [deploymentWith('a'), deploymentWith('b'), deploymentWith('c')],
    answer: () => says('answer'),
    embedder: countingEmbedder(cache, vectors),
    cache,
  });
  return { conduit, cache, lines, vectors };
}

function countingEmbedder(cache: OwnedCache, vectors: CachedWindow['vectors']): Embedder {
  const known = createVectorCache(cache, 'test4', 4);
  return {
    space: () => 'test4',
    dimensions: 4,
    embed: async (text) => {
      const before = await known.get(text);
      vectors[before === undefined ? 'made' : 'found'] += 1;
      if (before !== undefined) return before;
      const vector = [text.length, 1, 2, 3].map((value) => Math.fround(value / 100));
      await known.set(text, vector);
      return vector;
    },
  };
}

interface Tally {
  asked: number;
  answered: number;
  repeated: number;
}

/** Asks one question in each of `conversations`, eight at a time. */
async function askAll(
  { conduit }: CachedWindow,
  conversations: readonly string[],
  tally: Tally,
  onAnswered: () => void = () => undefined,
): Promise<void> {
  const waiting = [...conversations];
  async function askNext(): Promise<void> {
    const conversationId = waiting.shift();
    if (conversationId === undefined) return;
    const messages = [{ role: 'user', text: `A question in ${conversationId}` }] as const;
    tally.asked += 1;
    const events = await ask(conduit, undefined, { ...request, conversationId, messages });
    if (events.at(-1)?.type === 'finished' && textOf(events) === 'answer') tally.answered += 1;
    const decided = events.find((event) => event.type === 'decided');
    if (decided?.decision.repeats !== undefined) tally.repeated += 1;
    onAnswered();
    await askNext();
  }
  await Promise.all(Array.from({ length: 8 }, askNext));
}

function textOf(events: readonly AnswerEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

const tallyOf = (): Tally => ({ asked: 0, answered: 0, repeated: 0 });
const named = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${String(index)}`);

test('a Redis that is killed in mid-run and comes back costs no answer', async () => {
  const [one, other] = [await openWindow(), await openWindow()];
  const count = 40;

  const [first, shared] = [tallyOf(), tallyOf()];
  await askAll(one, named('before', count), first);
  await askAll(other, named('before', count), shared);
  expect([first, shared]).toEqual([
    { asked: count, answered: count, repeated: 0 },
    { asked: count, answered: count, repeated: count },
  ]);
  expect([one.vectors, other.vectors]).toEqual([
    { found: 0, made: count },
    { found: count, made: 0 },
  ]);

  const [during, known] = [tallyOf(), tallyOf()];
  let killed: Promise<void> | undefined;
  const killAfterAThird = (): void => {
    if (during.answered === 160) killed = server.kill();
  };
  await Promise.all([
    askAll(one, named('during', 240), during, killAfterAThird),
    askAll(other, named('during, too,', 240), during, killAfterAThird),
  ]);
  await killed;
  // What a window knows itself it still knows.
  await askAll(one, named('before', count), known);
  expect(during).toEqual({ asked: 480, answered: 480, repeated: 0 });
  expect(known).toEqual({ asked: count, answered: count, repeated: count });
  expect([one.cache.status().kind, other.cache.status().kind]).toEqual(['redis-down', 'redis-down']);

  await server.start();
  const until = async (window: CachedWindow): Promise<string> => {
    await window.cache.get('is it back?');
    return window.cache.status().kind;
  };
  await expect.poll(() => until(one), { timeout: 20_000 }).toBe('redis-connected');
  await expect.poll(() => until(other), { timeout: 20_000 }).toBe('redis-connected');
  const [after, sharedAgain] = [tallyOf(), tallyOf()];
  await askAll(one, named('after', count), after);
  await askAll(other, named('after', count), sharedAgain);
  expect(after).toEqual({ asked: count, answered: count, repeated: 0 });
  expect(sharedAgain).toEqual({ asked: count, answered: count, repeated: count });

  const lines = [one, other].map((window) =>
    window.lines.filter((line) => /^(warn|error)|used again/.test(line)).map((line) => line.split(' ')[0]),
  );
  expect(lines).toEqual([
    ['warn:', 'info:'],
    ['warn:', 'info:'],
  ]);
  const all = [first, shared, during, known, after, sharedAgain];
  const sum = (key: keyof Tally): string => String(all.reduce((total, tally) => total + tally[key], 0));
  console.log(
    `Redis killed and started again: ${sum('answered')} of ${sum('asked')} requests answered ` +
      `(killed after ${String(2 * count + 160)}), ` +
      `${sum('repeated')} with a kept choice (${String(shared.repeated + sharedAgain.repeated)} of another window’s), ` +
      `${String(other.vectors.found)} vectors of another window’s, 1 warning in each window’s log`,
  );
  await Promise.all([one.cache.close(), other.cache.close()]);
}, 60_000);
