import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Log } from '../../core/terms/ports';
import { syncFolderOf } from '../../files/names-on-disk';
import { lockProcess } from '../process-lock';
import type { StoredLedger } from '../stored-ledger';
import { lockEnding, queueEnding } from './queue-file';
import type { WaitingAppend } from './queue-lines';
import { appendsIn } from './queue-lines';

export interface QueuesOfOthers {
  /** Writes what windows that are gone have left, once each. Resolves to how many appends there were. */
  takeLeft(): Promise<number>;
  /** What other windows than `writer` have in their queues and the ledger hasn't. Sequence numbers have no meaning. */
  waiting(writer: string): Promise<readonly StoredEntry[]>;
}

/** Appends of one transaction. */
const batch = 100;

/** The queues in `folder`, which need not be there. */
export function queuesOfOthers(
  folder: string,
  ledger: Pick<StoredLedger, 'take' | 'taken' | 'leave'>,
  log: Log,
): QueuesOfOthers {
  async function writers(): Promise<readonly string[]> {
    const names = await readdir(folder).catch(() => []);
    return names
      .filter((name) => name.endsWith(queueEnding))
      .map((name) => name.slice(0, -queueEnding.length));
  }

  const fileOf = (writer: string, ending: string): string => path.join(folder, `${writer}${ending}`);

  async function read(writer: string): Promise<readonly WaitingAppend[]> {
    const text = await readFile(fileOf(writer, queueEnding), 'utf8').catch(() => '');
    return appendsIn(text).appends;
  }

  /** Resolves to undefined where the window lives. */
  async function takenFrom(writer: string): Promise<number | undefined> {
    const lock = await lockProcess(fileOf(writer, lockEnding));
    if (lock === undefined) return undefined;
    try {
      const text = await readFile(fileOf(writer, queueEnding), 'utf8').catch(() => undefined);
      // Somebody else was first.
      if (text === undefined) return undefined;
      const { appends, damaged } = appendsIn(text);
      if (damaged > 0)
        log.warn(`The queue of a window that is gone had ${String(damaged)} lines that are not whole.`);
      for (let from = 0; from < appends.length; from += batch)
        await ledger.take(writer, appends.slice(from, from + batch));
      await rm(fileOf(writer, queueEnding), { force: true });
      // It must not come back once its numbers are forgotten.
      syncFolderOf(fileOf(writer, queueEnding));
      await ledger.leave(writer);
      await rm(fileOf(writer, lockEnding), { force: true });
      return appends.length;
    } finally {
      lock.release();
    }
  }

  return {
    takeLeft: async () => {
      let sum = 0;
      for (const writer of await writers()) {
        const count = await takenFrom(writer);
        if (count === undefined) continue;
        sum += count;
        log.info(`${String(count)} appends of a window that is gone were taken from its queue.`);
      }
      return sum;
    },
    waiting: async (own) => {
      const found: StoredEntry[] = [];
      for (const writer of await writers()) {
        if (writer === own) continue;
        const appends = await read(writer);
        const taken = appends.length === 0 ? 0 : await ledger.taken(writer);
        for (const { number, atMs, entries } of appends) {
          if (number <= taken) continue;
          found.push(...entries.map((entry): StoredEntry => ({ ...entry, atMs, sequence: number })));
        }
      }
      return found;
    },
  };
}
