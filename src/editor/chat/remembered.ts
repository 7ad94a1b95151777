import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../../core/ports';
import { errorText } from '../shown/error-text';
import { soon } from '../soon';

/** A text that a workspace remembers over reloads and restarts. */
export interface Remembered {
  get(): string | undefined;
  /** Written a moment later: it changes with each key, and just before a question goes out. */
  set(text: string): void;
  /** Writes at once what waits for its moment. */
  flush(): void;
}

const momentMs = 100;

/**
 * Kept in a file of its own: the editor's own memory is written seconds later, and in a browser it goes with the
 * browser's profile.
 */
export function remembered(file: string, log: Log): Remembered {
  let unwritten: string | undefined;
  const writeSoon = soon(write, momentMs);

  function write(): void {
    if (unwritten === undefined) return;
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.tmp`, unwritten);
      renameSync(`${file}.tmp`, file);
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
      unwritten = text;
      writeSoon();
    },
    flush: write,
  };
}
