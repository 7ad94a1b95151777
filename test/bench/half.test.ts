import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { halfOf } from '../../bench/routing/half';
import { textHash } from '../../bench/routing/text-hash';

describe('the halves of a corpus', () => {
  test('stay what they are: figures of half b are measured once', () => {
    expect(['a', 'mbpp/17', 'é😀', ''].map(textHash)).toEqual([
      2_448_022_055, 4_288_565_980, 1_843_520_620, 2_872_998_923,
    ]);
    expect(['0', '1', '2', '3', '4', '5'].map(halfOf).join('')).toBe('baaaba');
  });

  test.each([
    ['numbers', (index: number) => String(index)],
    ['numbers in a row of the same end', (index: number) => `task-${String(index)}-python`],
    ['even numbers', (index: number) => String(2 * index)],
    ['letters', (index: number) => 'x'.repeat(index)],
  ])('are about as large, and mixed, for ids that are %s', (_, idOf) => {
    const halves = Array.from({ length: 2_000 }, (_each, index) => halfOf(idOf(index)));
    const inA = halves.filter((half) => half === 'a').length;
    expect(Math.abs(inA - 1_000)).toBeLessThan(100);
    const changes = halves.filter((half, index) => half !== halves[index - 1]).length;
    expect(Math.abs(changes - 1_000)).toBeLessThan(100);
  });

  test('go by the id alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const hash = textHash(id);
        expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
        expect(halfOf(id)).toBe(hash % 2 === 0 ? 'a' : 'b');
      }),
    );
  });
});
