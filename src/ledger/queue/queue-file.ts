import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { WaitingAppend } from './queue-lines';
import { lineOf } from './queue-lines';
import type { ProcessLock } from '../process-lock';
import { lockProcess } from '../process-lock';

/** What a window could not write into the ledger yet, in a file of its own. */
export interface QueueFile {
  /** Durable when resolved: in the file, and flushed. Rejects where it can't be written. */
  add(appends: readonly WaitingAppend[]): Promise<void>;
  /** All that was added is in the ledger. */
  clear(): Promise<void>;
  /** Lets others write what is left in it. */
  release(): void;
}

export const queueEnding = '.jsonl';
export const lockEnding = '.lock';

/** The queue of the window `writer` in `folder`. Nothing is made before the first append. */
export function queueFile(folder: string, writer: string): QueueFile {
  const file = path.join(folder, `${writer}${queueEnding}`);
  const lockFile = path.join(folder, `${writer}${lockEnding}`);
  let lock: ProcessLock | undefined;
  /** Bytes of whole lines; undefined: there is no file. */
  let length: number | undefined;

  async function made(): Promise<FileHandle> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Before there is anything that another window would take for a dead one's.
    lock ??= await lockProcess(lockFile);
    if (lock === undefined) throw new Error(`${lockFile} is held by another process`);
    return open(file, 'a', 0o600);
  }

  return {
    add: async (appends) => {
      const isNew = length === undefined;
      const handle = await made();
      const text = Buffer.from(appends.map(lineOf).join(''));
      const from = length ?? 0;
      try {
        await handle.appendFile(text);
        await handle.datasync();
        length = from + text.length;
      } catch (error) {
        // Half a line is no line, and the next one begins where it did.
        await handle.truncate(from).catch(() => undefined);
        throw error;
      } finally {
        await handle.close();
      }
      if (isNew) await flushFolder(folder);
    },
    clear: async () => {
      if (length === undefined) return;
      await rm(file, { force: true });
      length = undefined;
    },
    release: () => {
      if (lock === undefined) return;
      lock.release();
      lock = undefined;
      if (length === undefined) void rm(lockFile, { force: true }).catch(() => undefined);
    },
  };
}

/** A new file is there after a power cut only once its folder is flushed. Windows flushes no folders, and needs none. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
