import type { Cache } from '../core/terms/ports';

/** The vectors of texts that were described before, perhaps by another process. */
export interface VectorCache {
  get(text: string): Promise<readonly number[] | undefined>;
  set(text: string, vector: readonly number[]): Promise<void>;
}

const keptForMs = 24 * 3_600_000;
const bytesPerNumber = 4;

/** The vectors of one feature space, of `dimensions` numbers each: base64 of little-endian float32. */
export function createVectorCache(cache: Cache, space: string, dimensions: number): VectorCache {
  const keyOf = (text: string): string => `vector\n${space}\n${text}`;
  return {
    get: async (text) => {
      const value = await cache.get(keyOf(text));
      return value === undefined ? undefined : decode(value, dimensions);
    },
    set: (text, vector) => cache.set(keyOf(text), encode(vector), keptForMs),
  };
}

function encode(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * bytesPerNumber);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * bytesPerNumber));
  return bytes.toString('base64');
}

/** Whatever else is under the key, another process's garbage say, is no vector. */
function decode(text: string, dimensions: number): readonly number[] | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== dimensions * bytesPerNumber || bytes.toString('base64') !== text) return undefined;
  const vector = Array.from({ length: dimensions }, (_, index) => bytes.readFloatLE(index * bytesPerNumber));
  return vector.every(Number.isFinite) ? vector : undefined;
}
