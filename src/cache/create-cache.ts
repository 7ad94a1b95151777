import type { CacheStatus } from './cache-status';
import type { CacheConfiguration } from '../core/terms/configuration';
import type { Cache, Log } from '../core/terms/ports';
import { createLayeredCache } from './layered-cache';
import { createMemoryCache } from './memory-cache';
import { createRedisCache } from './redis-cache';

export interface CacheParts {
  readonly log: Log;
  /** Unix time. */
  readonly nowMs: () => number;
  /** See `RedisCacheOptions`. */
  readonly answerMs?: number | undefined;
  /** See `RedisCacheOptions`. */
  readonly retryAfterMs?: number | undefined;
}

/** A cache with its state. After `close` it holds no connection, and makes none. */
export interface OwnedCache extends Cache {
  close(): Promise<void>;
  status(): CacheStatus;
}

/** The cache that the configuration asks for: none, this process's memory, or Redis with that memory before it. */
export function createCache(parts: CacheParts & { readonly cache: CacheConfiguration }): OwnedCache {
  const { cache, ...redisParts } = parts;
  if (!cache.enabled) return { ...nothing, close: () => Promise.resolve(), status: () => ({ kind: 'off' }) };
  const memory = createMemoryCache();
  if (cache.redisUrl === undefined) {
    const status = (): CacheStatus => ({ kind: 'memory', entries: memory.entries() });
    return { ...memory, close: () => Promise.resolve(), status };
  }
  const redis = createRedisCache({ ...redisParts, url: cache.redisUrl });
  const status = (): CacheStatus => {
    const { host } = redis;
    const entries = memory.entries();
    const state = redis.state();
    return state.kind === 'down'
      ? { host, entries, kind: 'redis-down', sinceMs: state.sinceMs, detail: state.detail }
      : { host, entries, kind: `redis-${state.kind}` };
  };
  return { ...createLayeredCache(memory, redis), close: () => redis.close(), status };
}

const nothing: Cache = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};
