import { troubleOf } from './ledger-trouble';

/** SQLite itself waits this long, and holds its whole thread: longer waits are made between two tries. */
export const busyTimeoutMs = 50;

/**
 * Tries again while another process holds the lock, for `withinMs`, so that others of this thread have their turn in
 * between. `work` changes nothing where it throws.
 */
export async function patiently<T>(work: () => T | Promise<T>, withinMs: number): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (let waitMs = 5; ; waitMs = Math.min(100, 2 * waitMs)) {
    try {
      return await work();
    } catch (error) {
      if (troubleOf(error) !== 'locked' || performance.now() + waitMs > endMs) throw error;
    }
    await new Promise((resolve) => void setTimeout(resolve, waitMs));
  }
}
