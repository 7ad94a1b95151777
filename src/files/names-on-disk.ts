import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

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

/** As `syncFolderOf`, for who has others waiting for their turn. */
export async function syncFolder(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path.dirname(file), 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!withoutSync.has(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}

const withoutSync: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM']);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
