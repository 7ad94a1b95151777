import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isModelId } from './model-files';
import { writePrivately } from '../files/private-files';

/** A file as it was fetched. */
export interface InstalledFile {
  readonly path: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Who vouches for the checksum: our own list, the hub, or nobody but the first download. */
  readonly trust: 'pinned' | 'hub' | 'first-use';
}

export interface InstalledModel {
  readonly files: readonly InstalledFile[];
  /** Twelve hexadecimal digits that name exactly these files. */
  readonly fingerprint: string;
}

const recordName = 'installed.json';

/** Where a model's files are. Throws a RangeError for what isn't "owner/name". */
export function modelFolder(folder: string, model: string): string {
  if (!isModelId(model)) throw new RangeError(`'${model}' is not the name of a model.`);
  return path.join(folder, ...model.split('/'));
}

/** The model in `folder`, or undefined where it isn't there or a file is missing or of another size. */
export async function installedModel(folder: string, model: string): Promise<InstalledModel | undefined> {
  const files = await recordedFiles(folder, model);
  if (files.length === 0) return undefined;
  const there = await Promise.all(files.map((file) => isThere(modelFolder(folder, model), file)));
  return there.every(Boolean) ? { files, fingerprint: fingerprintOf(files) } : undefined;
}

export async function isThere(folder: string, file: InstalledFile): Promise<boolean> {
  const found = await stat(path.join(folder, file.path)).catch(() => undefined);
  return found?.isFile() === true && found.size === file.bytes;
}

/** What the last complete download recorded; empty where there was none or its record can't be read. */
export async function recordedFiles(folder: string, model: string): Promise<readonly InstalledFile[]> {
  try {
    const text = await readFile(path.join(modelFolder(folder, model), recordName), 'utf8');
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isInstalledFile) ? value : [];
  } catch {
    return [];
  }
}

/** Written last: a model without it is not installed. */
export async function recordFiles(
  folder: string,
  model: string,
  files: readonly InstalledFile[],
): Promise<void> {
  await writePrivately(
    path.join(modelFolder(folder, model), recordName),
    JSON.stringify(files, undefined, 2),
  );
}

function fingerprintOf(files: readonly InstalledFile[]): string {
  const lines = files.map((file) => `${file.path} ${file.sha256}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 12);
}

function isInstalledFile(value: unknown): value is InstalledFile {
  if (typeof value !== 'object' || value === null) return false;
  const file = value as Partial<Record<keyof InstalledFile, unknown>>;
  return (
    typeof file.path === 'string' &&
    typeof file.sha256 === 'string' &&
    /^[\da-f]{64}$/.test(file.sha256) &&
    typeof file.bytes === 'number' &&
    (file.trust === 'pinned' || file.trust === 'hub' || file.trust === 'first-use')
  );
}
