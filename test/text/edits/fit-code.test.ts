import { expect, test } from 'vitest';
import type { LineEnd } from '../../../src/text/edits/edit-place';
import { emptyPlace } from '../../../src/text/edits/edit-place';
import { readBlock } from '../../../src/text/edits/read-edit';

/** Code in the place of some lines that are a whole document. */
function fitCode(code: string, original: string, lineEnd: LineEnd): string | undefined {
  return readBlock(code, { ...emptyPlace('typescript'), original, lineEnd }).text;
}

test('line ends are those of the document, and no final one is added', () => {
  expect(fitCode('a\nb\n\n', 'x', '\r\n')).toBe('a\r\nb');
  expect(fitCode('a\r\nb', 'x', '\n')).toBe('a\nb');
});

test('code that was written from the margin moves under the indentation that it replaces', () => {
  expect(fitCode('if (a) {\n  b();\n}', '    if (b) a();', '\n')).toBe('    if (a) {\n      b();\n    }');
  expect(fitCode('    a();', '    b();', '\n')).toBe('    a();');
  expect(fitCode('a();\n\nb();', '  x();', '\n')).toBe('  a();\n\n  b();');
});

test('tabs stay tabs', () => {
  expect(fitCode('if (a) {\n  b();\n    c();\n}', '\tif (b) {\n\t\ta();\n\t}', '\n')).toBe(
    '\tif (a) {\n\t\tb();\n\t\t\tc();\n\t}',
  );
});

test('blanks that go on and on are read in one go', () => {
  const many = 200_000;
  const gap = `a${'\n'.repeat(many)}b`;
  expect(fitCode(gap, 'x', '\n') === gap).toBe(true);
  const [spaces, tabs] = [' '.repeat(many * 2), '\t'.repeat(many)];
  const code = `${spaces}a\n${' '.repeat(many)}${tabs}b`;
  expect(fitCode(code, 'x', '\n')).toBe('a\nb');
});

test('as many lines as a model likes to write keep their tabs', () => {
  expect(fitCode('  a\n'.repeat(150_000), '\tb', '\n')?.startsWith('\ta\n\ta\n')).toBe(true);
});
