import { readFile } from 'node:fs/promises';
import { codeOf, CorpusError } from './corpus-error';

const bytesPerHalf = 2;
/** Rounding to halves moves a unit vector's length by less than 0.001. */
const lengthTolerance = 0.01;

/**
 * The first `rows` vectors of a file of little-endian IEEE half floats, `dims` a row, each of about unit length.
 * The file may hold more whole rows than are asked for (the corpus was read up to a limit) unless `surplus` is
 * 'refused': then it is of exactly this size. Throws CorpusError, with expected and found bytes.
 */
export async function readVectors(
  path: string,
  rows: number,
  dims: number,
  surplus: 'allowed' | 'refused' = 'allowed',
): Promise<readonly Float32Array[]> {
  const bytes = await bytesOf(path);
  const rowBytes = dims * bytesPerHalf;
  const fits =
    surplus === 'allowed'
      ? bytes.length >= rows * rowBytes && bytes.length % rowBytes === 0
      : bytes.length === rows * rowBytes;
  if (fits) return decode(path, bytes, rows, dims);
  throw new CorpusError(
    path,
    `expected ${String(rows * rowBytes)} bytes (${String(rows)} rows of ${String(dims)} half floats), ` +
      `found ${String(bytes.length)}`,
  );
}

/** All vectors of such a file. Throws CorpusError where it is empty or ends within a row. */
export async function readAllVectors(path: string, dims: number): Promise<readonly Float32Array[]> {
  const bytes = await bytesOf(path);
  const rowBytes = dims * bytesPerHalf;
  const rows = bytes.length / rowBytes;
  if (rows >= 1 && Number.isInteger(rows)) return decode(path, bytes, rows, dims);
  throw new CorpusError(
    path,
    `expected a multiple of ${String(rowBytes)} bytes (${String(dims)} half floats a row), ` +
      `found ${String(bytes.length)}`,
  );
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (failure) {
    const problem = codeOf(failure) === 'ENOENT' ? 'there is no such file' : String(failure);
    throw new CorpusError(path, problem, { cause: failure });
  }
}

function decode(path: string, bytes: Uint8Array, rows: number, dims: number): readonly Float32Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: rows }, (_, row) => {
    const vector = new Float32Array(dims);
    let squares = 0;
    for (let index = 0; index < dims; index += 1) {
      const value = view.getFloat16((row * dims + index) * bytesPerHalf, true);
      vector[index] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    // Written so that NaN is refused too.
    if (Math.abs(length - 1) <= lengthTolerance) return vector;
    throw new CorpusError(
      path,
      `row ${String(row + 1)}: expected a vector of length 1, found ${String(length)}`,
    );
  });
}
