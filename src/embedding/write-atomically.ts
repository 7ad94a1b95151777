import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A name beside `file`, for what is not complete yet. */
export function temporaryName(file: string): string {
  return `${file}.${randomUUID().slice(0, 8)}.partial`;
}

/** Writes a file so that a reader finds the old one or the new one, never half of it. */
export async function writeAtomically(file: string, content: string): Promise<void> {
  const temporary = temporaryName(file);
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
