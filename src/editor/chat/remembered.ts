import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../../core/ports';
import { errorText } from '../shown/error-text';

/** A text that a workspace remembers over reloads and restarts. */
export interface Remembered {
  get(): string | undefined;
  set(text: string): void;
}

/**
 * Kept in a file of its own, written at once: the editor's own memory is written seconds later, and in a browser it
 * goes with the browser's profile.
 */
export function remembered(file: string, log: Log): Remembered {
  return {
    get: () => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        // There is none yet.
        return undefined;
      }
    },
    set: (text) => {
      try {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(`${file}.tmp`, text);
        renameSync(`${file}.tmp`, file);
      } catch (error) {
        log.warn(`${path.basename(file)} was not kept: ${errorText(error)}`);
      }
    },
  };
}
