import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { makePrivateFileSync } from '../files/private-files';

/**
 * Says that a process lives, or has its turn, by what a dead one can't hold: an exclusive transaction on an empty
 * database. One that is stopped and not dead still holds it. Nothing is ever written into the file, so that a full disk is
 * no matter.
 */
export interface ProcessLock {
  release(): void;
}

/** Takes the lock of a file, which is made where it isn't there. Undefined: somebody else has it. Throws where it can't be made. */
export async function lockProcess(file: string): Promise<ProcessLock | undefined> {
  const { DatabaseSync } = await import('node:sqlite');
  // Never one that is there: closing it would take away the lock that another thread of this process has on it.
  if (!existsSync(file)) makeOnce(file);
  const database: DatabaseSync = new DatabaseSync(file, { timeout: 0 });
  try {
    // Without a journal there is no second file.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

function makeOnce(file: string): void {
  try {
    makePrivateFileSync(file);
  } catch (error) {
    // Another process has made it in the same moment.
    if (!existsSync(file)) throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
