import { mkdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How often one who waits looks again. */
const againMs = 50;

/**
 * Runs `work` while nobody else, in this process or another, runs under the lock of that file. Undefined where it was not
 * to be had within `patienceMs`. It is SQLite's lock of an empty database, which the system takes from a process that
 * dies: nobody waits for the dead. Rejects where the file can't be made, and as `work` does.
 */
export async function underLock<Result>(
  file: string,
  patienceMs: number,
  work: () => Promise<Result> | Result,
): Promise<{ readonly result: Result } | undefined> {
  const { DatabaseSync } = await import('node:sqlite');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const until = performance.now() + patienceMs;
  const lock = new DatabaseSync(file);
  try {
    for (;;) {
      const taken = take(lock, file);
      if (taken) break;
      if (performance.now() >= until) return undefined;
      await pause(againMs);
    }
    return { result: await work() };
  } finally {
    lock.close();
  }
}

function take(lock: import('node:sqlite').DatabaseSync, file: string): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (/locked|busy/i.test(String(error))) return false;
    // Somebody wrote into it, who had no business there. Emptied it is the same file: locks on it hold.
    if (statSync(file).size > 0) {
      truncateSync(file);
      return false;
    }
    throw error;
  }
}
