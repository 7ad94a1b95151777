import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Files that only the user may read, and that are whole or not there at all. Modes are set by hand where they matter:
 * what is asked for at creation is cut by the umask, and never widened. Windows has no such modes: there the user's
 * profile keeps others out, and the calls do nothing.
 */
const privateFile = 0o600;
const privateFolder = 0o700;

/** Makes a folder, and those above it where they are missing, for the user alone; one that is there becomes so. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: privateFolder });
  chmodSync(folder, privateFolder);
}

/**
 * Makes an empty file for the user alone. What SQLite keeps beside a database gets the database's mode: so it is made
 * before SQLite opens it. Throws where there is a file already.
 */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'wx', privateFile));
}

/** Takes a file that another version made from everybody else; one that isn't there is no matter. */
export function keepPrivate(file: string): void {
  if (existsSync(file)) chmodSync(file, privateFile);
}

/** A name beside a file, for what becomes that file once it is whole. */
export function temporaryBeside(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}.tmp`;
}

/** Writes a file as a whole, over one that is there: after a power cut it is the old one or the new one. */
export function writePrivateFile(file: string, content: string | Uint8Array): void {
  const temporary = temporaryBeside(file);
  try {
    const handle = openSync(temporary, 'wx', privateFile);
    try {
      writeWhole(handle, typeof content === 'string' ? Buffer.from(content) : content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolderOf(file);
}

function writeWhole(handle: number, content: Uint8Array): void {
  for (let at = 0; at < content.length;) at += writeSync(handle, content, at);
}

/**
 * Gives a whole, closed file its name, where nobody else has given that name to another one first: then `temporary` goes,
 * and the result is false. Both are in one folder.
 */
export function claimName(temporary: string, file: string): boolean {
  syncFile(temporary);
  try {
    linkSync(temporary, file);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' || !withoutLinks.has(code)) {
      rmSync(temporary, { force: true });
      if (code === 'EEXIST') return false;
      throw error;
    }
    // A file system that has no links: two that rename in the same moment are left to chance there.
    if (existsSync(file)) {
      rmSync(temporary, { force: true });
      return false;
    }
    renameSync(temporary, file);
  }
  rmSync(temporary, { force: true });
  syncFolderOf(file);
  return true;
}

const withoutLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP']);

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new name outlives a power cut once its folder is on the disk. Where folders can't be synced, there is no need. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    if (!withoutSync.has(codeOf(error))) throw error;
  } finally {
    closeSync(handle);
  }
}

const withoutSync: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM']);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
