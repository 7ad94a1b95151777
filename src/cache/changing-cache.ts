import type { CacheConfiguration } from '../core/terms/configuration';
import type { CacheParts, OwnedCache } from './create-cache';
import { createCache } from './create-cache';

/** The cache of the configuration in force. */
export interface ChangingCache extends OwnedCache {
  /** Another cache from now on, where the settings are others; the one before is closed. */
  use(settings: CacheConfiguration): void;
}

export function createChangingCache(parts: CacheParts, first: CacheConfiguration): ChangingCache {
  let settings = first;
  let current = createCache({ ...parts, cache: first });
  return {
    get: (key) => current.get(key),
    set: (key, value, ttlMs) => current.set(key, value, ttlMs),
    delete: (key) => current.delete(key),
    status: () => current.status(),
    close: () => current.close(),
    use: (next) => {
      if (next.enabled === settings.enabled && next.redisUrl === settings.redisUrl) return;
      settings = next;
      void current.close();
      current = createCache({ ...parts, cache: next });
    },
  };
}
