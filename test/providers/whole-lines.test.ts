import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeLines } from '../../src/providers/protocols/whole-lines';

async function through(pieces: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const passed: Uint8Array[] = [];
  for await (const piece of source.pipeThrough(wholeLines())) passed.push(piece);
  return passed;
}

test('every byte passes, in order, and every piece but the last ends a line', async () => {
  const byte = fc.constantFrom(0x0a, 0x0d, 0x61, 0xe2, 0x80);
  const piece = fc.array(byte, { maxLength: 8 }).map((bytes) => Uint8Array.from(bytes));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const passed = await through(pieces);
      expect(Buffer.concat(passed)).toEqual(Buffer.concat(pieces));
      for (const part of passed.slice(0, -1)) expect(part.at(-1)).toBe(0x0a);
    }),
  );
});

test('a line without an end is an error, not all the memory there is', async () => {
  const megabyte = new Uint8Array(1024 * 1024).fill(0x61);
  await expect(through(Array.from({ length: 70 }, () => megabyte))).rejects.toThrow('has no end');
});
