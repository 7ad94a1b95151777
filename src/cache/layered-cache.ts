import type { Cache } from '../core/terms/ports';
import type { RedisCache } from './redis-cache';

/**
 * Redis with this process's memory before it: what is asked twice is fetched once, and what was known stays known while
 * Redis is down. What another process deletes or replaces may be found here until its time is over: vectors never
 * change, and a kept choice is of one conversation, which lives in one window.
 */
export function createLayeredCache(memory: Cache, redis: RedisCache): Cache {
  return {
    get: async (key) => {
      const known = await memory.get(key);
      if (known !== undefined) return known;
      const found = await redis.find(key);
      if (found?.remainingMs !== undefined) await memory.set(key, found.value, found.remainingMs);
      return found?.value;
    },
    set: async (key, value, ttlMs) => {
      await memory.set(key, value, ttlMs);
      await redis.set(key, value, ttlMs);
    },
    delete: async (key) => {
      await memory.delete(key);
      await redis.delete(key);
    },
  };
}
