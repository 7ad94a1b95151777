import type { DatabaseSync } from 'node:sqlite';

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
  const database: DatabaseSync = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
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

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
