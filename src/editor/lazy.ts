/** A value made on first use. A failed creation is forgotten, so that the next use tries again. */
export interface Lazy<T> {
  get(): Promise<T>;
  /** The value if it was ever made, without making it. */
  peek(): Promise<T> | undefined;
}

export function lazy<T>(create: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  return {
    peek: () => made,
    get: () => {
      made ??= create().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
  };
}
