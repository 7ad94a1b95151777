import { LRUCache } from 'lru-cache';
import type { Cache } from '../core/ports';

/** Enough for a day's prompts; a vector is below 1 kB. */
const mostEntries = 2_000;

/** A cache in this process's memory: the entries used last, each for its own time. */
export function createMemoryCache(): Cache {
  const entries = new LRUCache<string, string>({ max: mostEntries });
  return {
    get: (key) => Promise.resolve(entries.get(key)),
    set: (key, value, ttlMs) => {
      entries.set(key, value, { ttl: ttlMs });
      return Promise.resolve();
    },
    delete: (key) => {
      entries.delete(key);
      return Promise.resolve();
    },
  };
}
