/** The most recently used values, `most` of them. */
export interface Lru<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

export function createLru<T>(most: number): Lru<T> {
  // A Map keeps the order of insertion: the first key is the one that was used longest ago.
  const values = new Map<string, T>();
  const set = (key: string, value: T): void => {
    values.delete(key);
    values.set(key, value);
    const [oldest] = values.keys();
    if (values.size > most && oldest !== undefined) values.delete(oldest);
  };
  return {
    set,
    get: (key) => {
      const value = values.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
  };
}
