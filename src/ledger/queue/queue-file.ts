import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { WaitingAppend } from './queue-lines';
import { lineOf } from './queue-lines';
import { syncFolder } from '../../files/names-on-disk';
import { makeOwnFolderSync } from '../../files/private-files';
import type { ProcessLock } from '../process-lock';
import { lockProcess } from '../process-lock';

/** What a window could not write into the ledger yet, in a file of its own. */
export interface QueueFile {
  /**
   * In the file when resolved, and flushed: but for decisions alone, which the flush of their receipts takes along, as in the
   * ledger itself. Rejects where it can't be written.
   */
  add(appends: readonly WaitingAppend[]): Promise<void>;
  /** All that was added is in the ledger. */
  clear(): Promise<void>;
  /** Lets others write what is left in it. */
  release(): void;
}

/** Of the queues of all windows, in the extension's storage. */
export function queueFolderOf(storage: string): string {
  return path.join(storage, 'ledger', 'queue');
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
  /** Its name outlives a power cut. */
  let isNamed = false;

  async function made(): Promise<FileHandle> {
    makeOwnFolderSync(folder);
    // Before there is anything that another window would take for a dead one's.
    lock ??= await lockProcess(lockFile);
    if (lock === undefined) throw new Error(`${lockFile} is held by another process`);
    return open(file, 'a', 0o600);
  }

  return {
    add: async (appends) => {
      const flushed = appends.some(({ entries }) => entries.some(({ kind }) => kind !== 'decision'));
      const handle = await made();
      const text = Buffer.from(appends.map(lineOf).join(''));
      const from = length ?? 0;
      try {
        await handle.appendFile(text);
        if (flushed) await handle.datasync();
        length = from + text.length;
      } catch (error) {
        // Half a line is no line, and the next one begins where it did.
        await handle.truncate(from).catch(() => undefined);
        throw error;
      } finally {
        await handle.close();
      }
      if (!flushed || isNamed) return;
      await syncFolder(file);
      isNamed = true;
    },
    clear: async () => {
      if (length === undefined) return;
      await rm(file, { force: true });
      length = undefined;
      isNamed = false;
      // It must not come back once the ledger has forgotten its numbers.
      await syncFolder(file);
    },
    release: () => {
      if (lock === undefined) return;
      lock.release();
      lock = undefined;
      if (length === undefined) void rm(lockFile, { force: true }).catch(() => undefined);
    },
  };
}
