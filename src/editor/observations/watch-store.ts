import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { Log } from '../../core/terms/ports';
import { draftName, makePrivateFileSync, writePrivatelySync } from '../../files/private-files';
import type { Look, WatchedEdit } from '../edits/edit-watch';
import { looks } from '../edits/edit-watch';
import { errorText } from '../shown/error-text';

/** An accepted edit as its file keeps it: numbers made of its lines, and where it is. */
export interface KeptWatch extends WatchedEdit, AnswerOfModel {
  readonly id: string;
  readonly uri: string;
}

/** The accepted edits of a workspace that something may still be told of, for the time after their window was closed. */
export interface WatchStore {
  keep(watch: KeptWatch): void;
  all(): readonly KeptWatch[];
  /** True for one caller only, of all windows, and for none after `forget`. */
  claim(id: string, look: Look): boolean;
  /** What some window has told of an edit. */
  told(id: string): readonly Look[];
  forget(id: string): void;
}

const schema: z.ZodType<KeptWatch> = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  uri: z.string(),
  decisionId: z.string(),
  deploymentId: z.string(),
  sinceMs: z.number(),
  inserted: z.array(z.number()),
  textBefore: z.number(),
  problemsBefore: z.number(),
});

/** What is told so late is no more about the edit. */
const longestMs = 7 * 24 * 3_600_000;

/** One file for each edit, and an empty one for each thing that was told: files are made by one window only. */
export function createWatchStore(folder: string, nowMs: () => number, log: Log): WatchStore {
  /** Those whose file couldn't be written: only this window knows them. */
  const unkept = new Set<string>();
  const fileOf = (id: string): string => path.join(folder, `${id}.json`);

  function read(file: string): KeptWatch | undefined {
    try {
      const watch = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
      if (fileOf(watch.id) !== file) throw new Error('it has the id of another one');
      return watch;
    } catch (error) {
      // Another window may have done with it meanwhile.
      if (!existsSync(file)) return undefined;
      log.warn(`${file} can’t be read and was set aside: ${errorText(error)}`);
      setAside(file);
      return undefined;
    }
  }

  function forget(id: string): void {
    if (unkept.delete(id)) return;
    try {
      rmSync(fileOf(id), { force: true });
      for (const name of namesIn(folder))
        if (name.startsWith(`${id}.`)) rmSync(path.join(folder, name), { force: true });
    } catch (error) {
      log.warn(`What is kept of an edit could not be removed: ${errorText(error)}`);
    }
  }

  return {
    keep: (watch) => {
      try {
        writePrivatelySync(fileOf(watch.id), JSON.stringify(watch));
      } catch (error) {
        unkept.add(watch.id);
        log.warn(`What becomes of an edit is not told after this window closes: ${errorText(error)}`);
      }
    },
    all: () => {
      const found = namesIn(folder).filter((name) => name.endsWith('.json'));
      const watches = found.flatMap((name) => read(path.join(folder, name)) ?? []);
      const [old, current] = [watches.filter(isOld), watches.filter((watch) => !isOld(watch))];
      for (const { id } of old) forget(id);
      return current;
    },
    claim: (id, look) => {
      if (unkept.has(id)) return true;
      if (!existsSync(fileOf(id))) return false;
      try {
        makePrivateFileSync(path.join(folder, `${id}.${look}`));
        return true;
      } catch {
        // Another window was first.
        return false;
      }
    },
    told: (id) => looks.filter((look) => existsSync(path.join(folder, `${id}.${look}`))),
    forget,
  };

  function isOld({ sinceMs }: KeptWatch): boolean {
    return nowMs() - sinceMs > longestMs;
  }
}

/**
 * For a window without a folder, which has no storage of its own: another such window would read its edits as its own.
 * What it watches ends with it.
 */
export function createWindowStore(): WatchStore {
  return { keep: () => undefined, all: () => [], claim: () => true, told: () => [], forget: () => undefined };
}

function setAside(file: string): void {
  try {
    renameSync(file, draftName(file, '.unreadable'));
  } catch {
    // Another window did it, or nothing can be written there: it is left out all the same.
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is none yet.
    return [];
  }
}
