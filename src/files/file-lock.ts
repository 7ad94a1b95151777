import { randomUUID } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { isMissing, makePrivateFolder, privateFile } from './private-files';

export interface LockOptions {
  /** So long a lock of a process that lives may stay the same before it is taken away, in ms: it was stopped. */
  readonly longestMs?: number;
  /** Between two looks at a lock that somebody else has, in ms. */
  readonly againMs?: number;
}

export interface HeldLock {
  /** Whether the lock is still one's own: a process that was stopped for long has lost it. */
  isMine(): Promise<boolean>;
}

/**
 * Runs `work` while no other process runs one under the same file. The file names its process: one that died, or that was
 * stopped for too long, holds nobody up for ever. Time is measured by waiting, and so a clock that jumps changes nothing.
 */
export async function withFileLock<Result>(
  file: string,
  work: (lock: HeldLock) => Promise<Result>,
  { longestMs = 10_000, againMs = 5 }: LockOptions = {},
): Promise<Result> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  await makePrivateFolder(path.dirname(file));
  let seen: string | undefined;
  let sameForMs = 0;
  while (!(await make(file, mine))) {
    const theirs = await contentOf(file);
    sameForMs = theirs === seen ? sameForMs + againMs : 0;
    seen = theirs;
    if (theirs !== undefined && (sameForMs >= longestMs || isDead(theirs))) {
      await takeAway(file, theirs);
      sameForMs = 0;
    } else await new Promise((resolve) => setTimeout(resolve, againMs));
  }
  try {
    return await work({ isMine: async () => (await contentOf(file)) === mine });
  } finally {
    if ((await contentOf(file)) === mine) await rm(file, { force: true });
  }
}

/** False where it is there already. The content comes a moment later: an empty lock is one that is being made. */
async function make(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', privateFile);
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    // Windows says EPERM of a file that is being removed.
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'EPERM'))
      return false;
    throw error;
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** One process at a time looks once more and removes it, so that nobody removes the lock of who came after. */
async function takeAway(file: string, content: string): Promise<void> {
  const breaking = `${file}.break`;
  if (!(await make(breaking, ''))) {
    // Whoever made it needs a moment; who died in that moment left it behind.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await rm(breaking, { force: true });
    return;
  }
  try {
    if ((await contentOf(file)) === content) await rm(file, { force: true });
  } finally {
    await rm(breaking, { force: true });
  }
}

function isDead(content: string): boolean {
  const [, pid, host] = /^\{"pid":(\d+),"host":("[^"]*")/.exec(content) ?? [];
  if (pid === undefined || host !== JSON.stringify(hostname())) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
