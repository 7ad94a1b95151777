import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import path from 'node:path';
import type { Log } from '../core/terms/ports';

export interface ChangeWatchParts {
  /** The database's file; the log of its writes is beside it. */
  readonly file: string;
  /** Another number after somebody else wrote: `PRAGMA data_version`, which reads a few bytes of shared memory. */
  readonly version: () => number;
  readonly onChange: () => void;
  readonly log: Log;
  /** How often to look while the user is there, for file systems that tell of no changes. */
  readonly everyMs?: number;
}

/** Notices what other windows write. */
export interface ChangeWatch {
  /** Whether the user looks at this window. */
  attend(attentive: boolean): void;
  close(): void;
}

/** Other windows write several times in a row: a decision, then its receipt with what it tells. */
const settleMs = 40;

/** The system tells that the log of writes changed, so that a window in which nothing happens does nothing. */
export function watchChanges(parts: ChangeWatchParts): ChangeWatch {
  const { file, version, onChange, log, everyMs = 900 } = parts;
  const names = [path.basename(file), `${path.basename(file)}-wal`];
  let seen = version();
  let soon: NodeJS.Timeout | undefined;
  let regular: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;

  function look(): void {
    soon = undefined;
    try {
      const now = version();
      if (now === seen) return;
      seen = now;
    } catch (error) {
      log.debug(`Whether the ledger changed can't be told: ${String(error)}`);
      return;
    }
    onChange();
  }

  try {
    watcher = watch(path.dirname(file), { persistent: false }, (_, name) => {
      if (name !== null && !names.includes(name)) return;
      soon ??= setTimeout(look, settleMs).unref();
    });
    watcher.on('error', (error) =>
      log.debug(`The ledger's folder is not watched any more: ${String(error)}`),
    );
  } catch (error) {
    log.debug(`The ledger's folder can't be watched: ${String(error)}`);
  }

  return {
    attend: (attentive) => {
      clearInterval(regular);
      regular = attentive ? setInterval(look, everyMs).unref() : undefined;
      if (attentive) look();
    },
    close: () => {
      clearTimeout(soon);
      clearInterval(regular);
      watcher?.close();
    },
  };
}
