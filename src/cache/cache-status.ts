/** What the cache is, and whether it works. `entries` are those in this process's memory. */
export type CacheStatus =
  | { readonly kind: 'off' }
  | { readonly kind: 'memory'; readonly entries: number }
  /** Not connected now; the next request connects. */
  | { readonly kind: 'redis-idle'; readonly host: string; readonly entries: number }
  | { readonly kind: 'redis-connected'; readonly host: string; readonly entries: number }
  | {
      readonly kind: 'redis-down';
      readonly host: string;
      readonly entries: number;
      /** Unix time. */
      readonly sinceMs: number;
      /** Why, without anything that the server or the address says in words of its own. */
      readonly detail: string;
    };
