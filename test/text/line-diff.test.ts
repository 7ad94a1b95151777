import { diffArrays } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompareLines } from '../../src/text/line-diff';
import { lineDiff } from '../../src/text/line-diff';
import { runs } from '../runs';

const compare: CompareLines = (before, after) => diffArrays([...before], [...after]);
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '  d'), { maxLength: 12 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

test('undoing every block gives the old text, and no block is empty', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const blocks = lineDiff(before, after, compare);
      let undone = after;
      for (const block of blocks.toReversed()) {
        expect(block.before).not.toBe(block.after);
        expect(after.startsWith(block.after, block.afterStart)).toBe(true);
        expect(before.startsWith(block.before, block.beforeStart)).toBe(true);
        undone =
          undone.slice(0, block.afterStart) +
          block.before +
          undone.slice(block.afterStart + block.after.length);
      }
      expect(undone).toBe(before);
    }),
    { numRuns: runs(1_000) },
  );
});

test('changed lines that are apart are blocks of their own', () => {
  expect(lineDiff('a\nb\nc\nd\n', 'A\nb\nc\nd\ne\n', compare)).toEqual([
    { beforeStart: 0, afterStart: 0, before: 'a\n', after: 'A\n' },
    { beforeStart: 8, afterStart: 8, before: '', after: 'e\n' },
  ]);
});

test('where comparing takes too long everything is one block', () => {
  expect(lineDiff('a\n', 'b\n', () => undefined)).toEqual([
    { beforeStart: 0, afterStart: 0, before: 'a\n', after: 'b\n' },
  ]);
});
