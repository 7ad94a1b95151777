import { statSync, truncateSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessLock } from '../process-lock';
import { lockProcess } from '../process-lock';

/** How often one who waits looks again. */
const againMs = 50;

/**
 * Runs `work` while nobody else, in this process or another, runs under the lock of that file. Undefined where it was not
 * to be had within `patienceMs`. Rejects where the file can't be made, and as `work` does.
 */
export async function underLock<Result>(
  file: string,
  patienceMs: number,
  work: () => Promise<Result> | Result,
): Promise<{ readonly result: Result } | undefined> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const lock = await locked(file);
    if (lock !== undefined) {
      try {
        return { result: await work() };
      } finally {
        lock.release();
      }
    }
    if (performance.now() >= until) return undefined;
    await pause(againMs);
  }
}

async function locked(file: string): Promise<ProcessLock | undefined> {
  try {
    return await lockProcess(file);
  } catch (error) {
    const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes === 0) throw error;
    // Somebody wrote into it, who had no business there. Emptied it is the same file: locks on it hold.
    truncateSync(file);
    return undefined;
  }
}
