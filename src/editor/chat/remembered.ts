import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../../core/terms/ports';
import { writePrivatelySync } from '../../files/private-files';
import { errorText } from '../shown/error-text';

/** A text that a workspace remembers over reloads and restarts. */
export interface Remembered {
  get(): string | undefined;
  /** Written a moment later, for it changes with each key. */
  set(text: string): void;
  /** Writes at once what waits for its moment. */
  flush(): void;
}

const momentMs = 100;
/** An editor that is killed meanwhile has the text twice rather than nowhere: what it was sent to writes it, too. */
const clearedMs = 1_000;

/**
 * Kept in a file of its own: the editor's own memory is written seconds later, and in a browser it goes with the
 * browser's profile.
 */
export function remembered(file: string, log: Log): Remembered {
  let unwritten: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stopTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function write(): void {
    stopTimer();
    if (unwritten === undefined) return;
    try {
      writePrivatelySync(file, unwritten);
      unwritten = undefined;
    } catch (error) {
      log.warn(`${path.basename(file)} was not kept: ${errorText(error)}`);
    }
  }

  return {
    get: () => {
      if (unwritten !== undefined) return unwritten;
      try {
        return readFileSync(file, 'utf8');
      } catch {
        // There is none yet.
        return undefined;
      }
    },
    set: (text) => {
      const clears = text === '';
      // The moment of what is typed is not put off by the next key.
      if (clears || unwritten === '') stopTimer();
      timer ??= setTimeout(write, clears ? clearedMs : momentMs);
      unwritten = text;
    },
    flush: write,
  };
}
