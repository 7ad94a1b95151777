import { LRUCache } from 'lru-cache';
import type { Cache } from '../core/terms/ports';
import { digestOf } from './digest';

/** Enough for a day's prompts; a value is a vector or a choice, below 1 kB. */
const mostEntries = 2_000;

export interface MemoryCache extends Cache {
  /** How many it remembers now. */
  entries(): number;
}

/** A cache in this process's memory: the entries used last, each for its own time. */
export function createMemoryCache(): MemoryCache {
  // By digest: a key may be a whole conversation, and would take far more room than its value.
  const entries = new LRUCache<string, string>({ max: mostEntries });
  return {
    get: (key) => Promise.resolve(entries.get(digestOf(key))),
    set: (key, value, ttlMs) => {
      entries.set(digestOf(key), value, { ttl: wholeMs(ttlMs) });
      return Promise.resolve();
    },
    delete: (key) => {
      entries.delete(digestOf(key));
      return Promise.resolve();
    },
    entries: () => {
      entries.purgeStale();
      return entries.size;
    },
  };
}

/** What both stores take for a time to live: whole milliseconds, at least one. */
export function wholeMs(ms: number): number {
  return Math.max(1, Math.ceil(ms));
}
