import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CorpusError, readVectors } from '../../bench/routing/corpus';
import { readAllVectors } from '../../bench/routing/vectors';
import { temporaryFolder, unitVectorBytes } from './files';
import { runs } from '../runs';

/** The number of 16 bits as IEEE 754 defines it: sign, five bits of exponent, ten of fraction. */
function halfByDefinition(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(bits / 1_024) % 32;
  const fraction = (bits % 1_024) / 1_024;
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction);
}

/** The bits whose number is nearest: found by looking through all that are finite, so as to owe nothing to a codec. */
function nearestHalf(number: number): number {
  let nearest = 0;
  for (let bits = 0; bits < 0x7c00; bits += 1) {
    const better = Math.abs(halfByDefinition(bits) - Math.abs(number));
    if (better < Math.abs(halfByDefinition(nearest) - Math.abs(number))) nearest = bits;
  }
  return number < 0 ? nearest + 0x8000 : nearest;
}

describe('a file of vectors', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  test('is read by row', async () => {
    const path = folder.write('a.f16', unitVectorBytes(3, 4));
    const expected = [Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0), Float32Array.of(0, 0, 1, 0)];
    expect(await readVectors(path, 3, 4, 'refused')).toEqual(expected);
    expect(await readAllVectors(path, 4)).toEqual(expected);
    expect(await readVectors(path, 2, 4)).toEqual(expected.slice(0, 2));
  });

  test('is decoded as IEEE 754 says, whatever the direction', async () => {
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    const direction = fc
      .array(component, { minLength: 3, maxLength: 9 })
      .filter((all) => Math.hypot(...all) > 0.1);
    await fc.assert(
      fc.asyncProperty(direction, async (all) => {
        const length = Math.hypot(...all);
        const halves = all.map((value) => nearestHalf(value / length));
        const bytes = Uint8Array.from(halves.flatMap((bits) => [bits & 0xff, bits >>> 8]));
        const [vector] = await readVectors(folder.write('a.f16', bytes), 1, all.length, 'refused');
        expect(vector).toEqual(Float32Array.from(halves, halfByDefinition));
        vector?.forEach((value, index) => {
          // Half of the largest step below 1, which is 2^-11.
          expect(Math.abs(value - (all[index] ?? Number.NaN) / length)).toBeLessThanOrEqual(2 ** -12);
        });
      }),
      { numRuns: runs(50) },
    );
  });

  test.each([
    { bytes: unitVectorBytes(2, 4), surplus: 'allowed', found: 16 },
    { bytes: unitVectorBytes(4, 4), surplus: 'refused', found: 32 },
    { bytes: new Uint8Array(25), surplus: 'allowed', found: 25 },
    { bytes: new Uint8Array(0), surplus: 'allowed', found: 0 },
  ] as const)(
    'of $found bytes is not one of 3 rows (surplus $surplus)',
    async ({ bytes, surplus, found }) => {
      const path = folder.write('a.f16', bytes);
      await expect(readVectors(path, 3, 4, surplus)).rejects.toThrow(
        new CorpusError(path, `expected 24 bytes (3 rows of 4 half floats), found ${String(found)}`),
      );
    },
  );

  test('that ends within a row has no whole number of them', async () => {
    const path = folder.write('a.f16', unitVectorBytes(2, 4).subarray(0, 14));
    await expect(readAllVectors(path, 4)).rejects.toThrow('expected a multiple of 8 bytes');
    await expect(readAllVectors(folder.write('empty.f16', ''), 4)).rejects.toThrow(CorpusError);
  });

  test.each([
    [0x3800, 0.5],
    [0x7e00, Number.NaN],
  ])('of another length than 1 is refused by row (%#)', async (half, length) => {
    const bytes = unitVectorBytes(3, 4);
    new DataView(bytes.buffer).setUint16((1 * 4 + 1) * 2, half, true);
    const path = folder.write('a.f16', bytes);
    await expect(readVectors(path, 3, 4)).rejects.toThrow(
      new CorpusError(path, `row 2: expected a vector of length 1, found ${String(length)}`),
    );
  });

  test('that is missing', async () => {
    await expect(readVectors('none.f16', 1, 4)).rejects.toThrow(
      new CorpusError('none.f16', 'there is no such file'),
    );
  });
});
