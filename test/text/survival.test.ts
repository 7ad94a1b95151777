import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineHashes, survivingShare01 } from '../../src/text/survival';

test('formatting loses no line, and a line counts as often as it was put in', () => {
  const put = lineHashes('a();\n\n  b();\r\n  b();\n');
  expect(put).toHaveLength(3);
  expect(survivingShare01(put, 'x\n\ta();\n\tb();\n\tb();')).toBe(1);
  expect(survivingShare01(put, 'b();\n')).toBeCloseTo(1 / 3);
  expect(survivingShare01(put, '')).toBe(0);
});

test('where no line was put in there is no share', () => {
  expect(survivingShare01(lineHashes(' \n\n'), 'a')).toBeUndefined();
});

test('a share never rises when lines go', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ' d'), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lines, fc.nat(), (all, gone) => {
      const put = lineHashes(all.join('\n'));
      const left = all.toSpliced(gone % all.length, 1);
      expect(survivingShare01(put, all.join('\n'))).toBe(1);
      expect(survivingShare01(put, left.join('\n'))).toBeCloseTo((all.length - 1) / all.length);
    }),
  );
});
