import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writePrivatelySync } from '../../files/private-files';
import type { GenerationFiles } from '../store/generation-files';
import { filesOf, ledgerFolderOf } from '../store/generation-files';

/** All generations of which any file is left, ascending: one whose database is gone has been there all the same. */
export function tracesIn(storage: string): readonly GenerationFiles[] {
  const numbers = namesIn(ledgerFolderOf(storage)).flatMap((name) => {
    const number = /^ledger-(\d{1,9})\.(?:db|db-wal|last|damaged)$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return [...new Set(numbers)]
    .toSorted((one, other) => one - other)
    .map((generation) => filesOf(storage, generation));
}

export function isMarked(files: Pick<GenerationFiles, 'damaged'>): boolean {
  return existsSync(files.damaged);
}

/** What a marker says: from when on nobody writes to a generation's files, and why. */
export interface Marker {
  /** Unix ms. */
  readonly atMs: number;
  /** In English, for the log and the doctor. */
  readonly why: string;
}

/**
 * Marks a generation as damaged, so that no window writes to its files any more; on the disk when it returns. The first
 * marker stays. Throws where the folder can't be written.
 */
export function mark(files: Pick<GenerationFiles, 'damaged'>, marker: Marker): void {
  if (!isMarked(files)) writePrivatelySync(files.damaged, JSON.stringify(marker));
}

const stored = z.object({ atMs: z.number(), why: z.string() });

/** What the marker says; one that can't be read any more marks all the same. */
export function markerOf(files: Pick<GenerationFiles, 'damaged'>): Marker | undefined {
  if (!isMarked(files)) return undefined;
  try {
    return stored.parse(JSON.parse(readFileSync(files.damaged, 'utf8')));
  } catch {
    return { atMs: 0, why: 'its marker can’t be read' };
  }
}

export function copiesFolderOf(storage: string): string {
  return path.join(ledgerFolderOf(storage), 'copies');
}

/** Copies of a generation, or of all, the newest first. */
export function copiesIn(storage: string, generation?: number): readonly LedgerCopy[] {
  const folder = copiesFolderOf(storage);
  return namesIn(folder)
    .flatMap((name): LedgerCopy[] => {
      const [, of, atMs] = /^ledger-(\d{1,9})-(\d{1,15})\.db$/.exec(name) ?? [];
      if (of === undefined || atMs === undefined) return [];
      if (generation !== undefined && Number(of) !== generation) return [];
      return [{ file: path.join(folder, name), generation: Number(of), atMs: Number(atMs) }];
    })
    .toSorted((one, other) => other.generation - one.generation || other.atMs - one.atMs);
}

export interface LedgerCopy {
  readonly file: string;
  readonly generation: number;
  /** Unix ms of when it was made. */
  readonly atMs: number;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
