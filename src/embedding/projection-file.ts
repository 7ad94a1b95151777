import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { anchors } from './anchors';
import type { Projection } from './projection';
import { writePrivately } from '../files/private-files';

/** Raised when the same anchors and vectors would give another projection. */
const method = 1;

/** Six hexadecimal digits that name a projection: the model's files, the anchors, the number of components. */
export function projectionFingerprint(modelFingerprint: string, components: number): string {
  const parts = [method, modelFingerprint, components, ...anchors];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 6);
}

/** The stored projection, or undefined where there is none with this fingerprint, or it is damaged. */
export async function readProjection(
  file: string,
  fingerprint: string,
  components: number,
): Promise<Projection | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const stored = value as Readonly<Record<string, unknown>>;
    if (stored['fingerprint'] !== fingerprint) return undefined;
    const mean = numbers(stored['mean']);
    const matrix = numbers(stored['matrix']);
    if (mean === undefined || matrix?.length !== mean.length * components) return undefined;
    return { mean, matrix };
  } catch {
    return undefined;
  }
}

/** Rejects where the file system refuses. */
export async function writeProjection(
  file: string,
  fingerprint: string,
  { mean, matrix }: Projection,
): Promise<void> {
  await writePrivately(file, JSON.stringify({ fingerprint, mean: text(mean), matrix: text(matrix) }));
}

function text(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}

function numbers(value: unknown): Float32Array | undefined {
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
  const values = Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
  return values.every(Number.isFinite) ? values : undefined;
}
