import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createChangingCache } from '../../src/cache/changing-cache';
import { createCache } from '../../src/cache/create-cache';
import type { CacheConfiguration } from '../../src/core/terms/configuration';
import { recordingLog } from './log';
import type { RedisServer } from './redis-server';
import { startRedis } from './redis-server';

const hourMs = 3_600_000;
const { log, lines } = recordingLog();
const parts = { log, nowMs: () => 77, answerMs: 2_000 };
const off: CacheConfiguration = { enabled: false, redisUrl: undefined };
const memory: CacheConfiguration = { enabled: true, redisUrl: undefined };

let server: RedisServer;
let redis: CacheConfiguration;

beforeAll(async () => {
  server = await startRedis();
  redis = { enabled: true, redisUrl: server.url };
});
afterAll(() => server.remove());
beforeEach(() => void (lines.length = 0));

describe('the cache that the configuration asks for', () => {
  test('remembers nothing where it is off, whatever Redis there is', async () => {
    for (const cache of [
      createCache({ ...parts, cache: off }),
      createCache({ ...parts, cache: { ...redis, enabled: false } }),
    ]) {
      await cache.set('key', 'value', hourMs);
      expect(await cache.get('key')).toBeUndefined();
      await cache.delete('key');
      expect(cache.status()).toEqual({ kind: 'off' });
      await cache.close();
    }
  });

  test('is this process’s memory where no Redis is named', async () => {
    const cache = createCache({ ...parts, cache: memory });
    await cache.set('key', 'value', hourMs);
    expect(await cache.get('key')).toBe('value');
    expect(cache.status()).toEqual({ kind: 'memory', entries: 1 });
    expect(await createCache({ ...parts, cache: memory }).get('key')).toBeUndefined();
  });

  test('is Redis, which is asked only when the first call comes, with that memory before it', async () => {
    const cache = createCache({ ...parts, cache: redis });
    const host = new URL(server.url).host;
    expect(cache.status()).toEqual({ kind: 'redis-idle', host, entries: 0 });
    await cache.set('key', 'value', hourMs);
    expect(cache.status()).toEqual({ kind: 'redis-connected', host, entries: 1 });
    const other = createCache({ ...parts, cache: redis });
    expect(await other.get('key')).toBe('value');
    expect(other.status()).toEqual({ kind: 'redis-connected', host, entries: 1 });
    await Promise.all([cache.close(), other.close()]);
    expect(lines).toEqual([]);
  });

  test('goes on with its memory where Redis is down, and says since when and why', async () => {
    const url = 'redis://user:planted-secret-8c1f@127.0.0.1:1';
    const cache = createCache({ ...parts, cache: { enabled: true, redisUrl: url } });
    await cache.set('key', 'value', hourMs);
    expect(await cache.get('key')).toBe('value');
    const status = {
      kind: 'redis-down',
      host: '127.0.0.1:1',
      entries: 1,
      sinceMs: 77,
      detail: 'ECONNREFUSED',
    };
    expect(cache.status()).toEqual(status);
    expect(lines).toEqual([
      "warn: Redis at 127.0.0.1:1 can't be used (ECONNREFUSED). Conduit goes on with what it remembers itself, " +
        'and tries again every 10 s while there are requests.',
    ]);
    await cache.close();
  });
});

describe('when the settings change, the cache', () => {
  test('is another one, and the connection of the one before is closed', async () => {
    const cache = createChangingCache(parts, redis);
    await cache.set('key', 'value', hourMs);
    await expect.poll(() => server.clients()).toBe(1);
    cache.use(memory);
    await expect.poll(() => server.clients()).toBe(0);
    expect(cache.status()).toEqual({ kind: 'memory', entries: 0 });
    await cache.set('key', 'in memory', hourMs);
    cache.use(redis);
    expect(await cache.get('key')).toBe('value');
    cache.use(off);
    expect(await cache.get('key')).toBeUndefined();
    await cache.close();
  });

  test('stays the same one where they are the same', async () => {
    const cache = createChangingCache(parts, memory);
    await cache.set('key', 'value', hourMs);
    cache.use({ ...memory });
    expect(await cache.get('key')).toBe('value');
  });

  test('rejects no call that is under way', async () => {
    const cache = createChangingCache(parts, redis);
    await cache.get('key');
    const calls = Array.from({ length: 100 }, (_, index) => cache.set(String(index), 'value', hourMs));
    cache.use(memory);
    await Promise.all([...calls, cache.get('key')]);
    expect(lines).toEqual([]);
  });
});
