import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncFolderOf } from './names-on-disk';

/**
 * Files that only the user may read, whatever the umask is. Both are numbers that a umask can only make smaller, and so a
 * file is private from the moment on that it is there. Windows has no such modes: there a user's profile is private.
 */
export const privateFile = 0o600;
const privateFolder = 0o700;

/** Makes a folder, and those above it that lack. What is there already keeps its mode: see `makePrivate`. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: privateFolder });
}

export function makePrivateFolderSync(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: privateFolder });
}

/** The same for a folder that nobody else has anything in: one that is there becomes private, too. */
export function makeOwnFolderSync(folder: string): void {
  makePrivateFolderSync(folder);
  chmodSync(folder, privateFolder);
}

/** A name beside `file` for what is not complete yet; no two are the same. */
export function draftName(file: string, ending = '.tmp'): string {
  return `${file}.${randomUUID().slice(0, 8)}${ending}`;
}

/**
 * Writes a file whole: a reader finds the old one or the new one, never half of it, also after a power cut. Makes its
 * folder where it lacks. Rejects where that can't be written; the old file stays then, and no draft is left.
 */
export async function writePrivately(file: string, content: string, draft = draftName(file)): Promise<void> {
  await makePrivateFolder(path.dirname(file));
  try {
    const handle = await open(draft, 'wx', privateFile);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The same for what can't wait, such as the last moment of a window. The file's name is on the disk, too, when it returns. */
export function writePrivatelySync(file: string, content: string): void {
  const draft = draftName(file);
  makePrivateFolderSync(path.dirname(file));
  try {
    const handle = openSync(draft, 'wx', privateFile);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolderOf(file);
}

/**
 * Makes an empty file that isn't there yet. Throws where it is: of many callers, one makes it. What SQLite keeps beside a
 * database gets the database's mode: so a database's file is made before SQLite opens it.
 */
export function makePrivateFileSync(file: string): void {
  closeSync(openSync(file, 'wx', privateFile));
}

/** Takes a file that another version made from everybody else; one that isn't there is no matter. */
export function keepPrivateSync(file: string): void {
  if (existsSync(file)) chmodSync(file, privateFile);
}

/**
 * Takes from others what they may do with a folder and with all in it: an earlier version, or the editor, made it with the
 * modes of their day. Links are left alone, for they may lead out of it. What can't be changed is told, and the rest goes on.
 */
export async function makePrivate(
  folder: string,
  onProblem: (file: string, error: unknown) => void,
): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await chmod(folder, privateFolder);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) await makePrivate(inside, onProblem);
      else if (entry.isFile()) await chmod(inside, privateFile).catch(tellOf(inside));
    }
  } catch (error) {
    tellOf(folder)(error);
  }

  function tellOf(file: string): (error: unknown) => void {
    return (error) => {
      // Files come and go meanwhile, and a folder need not be there.
      if (!isMissing(error)) onProblem(file, error);
    };
  }
}

/** Whether there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
