import { stat } from 'node:fs/promises';
import type { Log } from '../core/terms/ports';
import { lockProcess } from './process-lock';

export interface CheckpointParts {
  /** The database; its log of writes is beside it. */
  readonly file: string;
  /** Moves the log into the database and empties it; false where somebody else read or wrote meanwhile. */
  readonly checkpoint: () => boolean;
  readonly log: Log;
  readonly monotonicMs: () => number;
  /** A log of so many bytes is moved at once. */
  readonly mostBytes?: number;
  /** So long after the last write it is moved in any case. */
  readonly idleMs?: number;
}

/** When the log of writes is moved into the database. SQLite itself never does it here. */
export interface Checkpoints {
  /** Called after each write. */
  wrote(): void;
  /** Looks at once, as after a write. Resolves to whether the log was emptied. */
  look(leastBytes: number): Promise<boolean>;
  /** Runs `close` so that no other window checkpoints meanwhile: the last one to close moves the log, too. */
  closing(close: () => void): Promise<void>;
}

/** Between two of them, so that none begins right behind another one that left nothing to do. */
const spacingMs = 1_000;

/**
 * One window at a time moves the log, under a lock of its own: in SQLite before 3.51.3 two that do, while a third one
 * writes, can lose the third one's write (https://sqlite.org/wal.html, "The WAL-Reset Bug"). For the same reason it is
 * never done where the log is empty, nor twice in a row, and the mode is TRUNCATE, which holds the writers' lock.
 */
export function createCheckpoints(parts: CheckpointParts): Checkpoints {
  const { file, checkpoint, log, monotonicMs, mostBytes = 4_000_000, idleMs = 20_000 } = parts;
  const lockFile = `${file}-checkpoint`;
  let idle: NodeJS.Timeout | undefined;
  let notBeforeMs = -Infinity;
  let looking = false;
  let closed = false;
  const isClosed = (): boolean => closed;

  async function look(leastBytes: number): Promise<boolean> {
    if (looking || isClosed() || monotonicMs() < notBeforeMs) return false;
    looking = true;
    try {
      if ((await bytesOf(`${file}-wal`)) < leastBytes) return false;
      const lock = await lockProcess(lockFile);
      if (lock === undefined) return false;
      try {
        // Another window may have had its turn in between.
        if (isClosed() || (await bytesOf(`${file}-wal`)) < leastBytes) return false;
        return checkpoint();
      } finally {
        lock.release();
        notBeforeMs = monotonicMs() + spacingMs;
      }
    } catch (error) {
      log.debug(`The ledger's log of writes was not moved: ${String(error)}`);
      return false;
    } finally {
      looking = false;
    }
  }

  return {
    wrote: () => {
      void look(mostBytes);
      idle ??= setTimeout(() => {
        idle = undefined;
        void look(1);
      }, idleMs).unref();
    },
    look,
    closing: async (close) => {
      closed = true;
      clearTimeout(idle);
      let lock = await lockProcess(lockFile).catch(() => undefined);
      for (let tries = 0; lock === undefined && tries < 10; tries += 1) {
        await new Promise((resolve) => void setTimeout(resolve, 50));
        lock = await lockProcess(lockFile).catch(() => undefined);
      }
      try {
        close();
      } finally {
        lock?.release();
      }
    },
  };
}

async function bytesOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
