import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitLines } from '../../../src/text/edits/fit-lines';
import { runs } from '../../runs';
import type { Lines } from './edited';
import { edited } from './edited';

/** What becomes of a document, of which nothing is doubtful. */
function sure(answer: string, document: string, languageId: string, selected?: Lines): string {
  const { text, doubts } = edited(answer, document, selected, languageId);
  expect(doubts).toEqual([]);
  return text;
}

const python = `class A:
    def f(self, xs):
        for x in xs:
            if x:
                yield x
        return
`;

describe('the margin', () => {
  const now = python.replace('if x:', 'if x > 1:');
  const body = '            if x > 1:\n                yield x';
  test.each([
    ['of all lines is kept', body],
    ['of all lines is left out', body.replaceAll(/^ {12}/gm, '')],
    ['of the first line is left out', body.trimStart()],
    ['is too wide', body.replaceAll(/^/gm, '        ')],
    ['is less than it should be', body.replaceAll(/^ {8}/gm, '')],
    ['is of tabs', 'if x > 1:\n\tyield x'],
    ['is of tabs, and whole', '\t\t\tif x > 1:\n\t\t\t\tyield x'],
    ['is left out, levels are of two blanks', 'if x > 1:\n  yield x'],
  ])('%s', (_name, code) => {
    expect(sure(`\`\`\`python\n${code}\n\`\`\``, python, 'python', [4, 5])).toBe(now);
  });

  test('of lines that are wrapped', () => {
    const wrapped = 'try:\n    if x:\n        yield x\nfinally:\n    pass';
    const margin = '            ';
    const right = python.replace(
      '            if x:\n                yield x',
      wrapped.replaceAll(/^/gm, margin),
    );
    expect(edited(`\`\`\`python\n${wrapped}\n\`\`\``, python, [4, 5], 'python').text).toBe(right);
    expect(
      edited(`\`\`\`python\n${wrapped.replaceAll(/^/gm, margin)}\n\`\`\``, python, [4, 5], 'python').text,
    ).toBe(right);
    const firstAlone = wrapped.replaceAll(/^/gm, margin).trimStart();
    expect(edited(`\`\`\`python\n${firstAlone}\n\`\`\``, python, [4, 5], 'python').text).toBe(right);
  });

  test('of lines that are taken out of a block', () => {
    const right = python.replace('            if x:\n                yield x', '            yield x');
    expect(sure('```python\nyield x\n```', python, 'python', [4, 5])).toBe(right);
    expect(sure('```python\n            yield x\n```', python, 'python', [4, 5])).toBe(right);
  });

  test('of a selection that ends further out than it begins', () => {
    const code = 'function f() {\n  if (a) {\n    b();\n  }\n}\n';
    const right = code.replace('b()', 'b(1)');
    expect(sure('```js\n    b(1);\n  }\n```', code, 'javascript', [3, 4])).toBe(right);
    expect(sure('```js\n  b(1);\n}\n```', code, 'javascript', [3, 4])).toBe(right);
    expect(sure('```js\nb(1);\n  }\n```', code, 'javascript', [3, 4])).toBe(right);
  });

  test('of a body that becomes empty', () => {
    const code = 'class A {\n    A(int b) {\n        c(b);\n    }\n}\n';
    const right = code.replace('        c(b);\n', '');
    for (const answer of ['A(int b) {\n    }', 'A(int b) {\n}', '    A(int b) {\n    }'])
      expect(edited(`\`\`\`java\n${answer}\n\`\`\``, code, [2, 4], 'java').text).toBe(right);
  });

  test('of a line that is deleted before others', () => {
    const code = 'if (a) {\n    b();\n  c();\n}\n';
    expect(sure('```js\n  c();\n```', code, 'javascript', [2, 3])).toBe('if (a) {\n  c();\n}\n');
  });
});

describe('lines that stand at the margin by nature', () => {
  test.each([
    [
      'a here-document',
      'shellscript',
      'f() {\n  echo a\n}\n',
      [2, 2],
      'cat <<EOF\none\n  two\nEOF',
      'f() {\n  cat <<EOF\none\n  two\nEOF\n}\n',
    ],
    [
      'one with a quoted end',
      'shellscript',
      'f() {\n  echo a\n}\n',
      [2, 2],
      "cat <<'END'\n$x\nEND",
      "f() {\n  cat <<'END'\n$x\nEND\n}\n",
    ],
    [
      'a string of Python',
      'python',
      'def f():\n    a = ""\n',
      [2, 2],
      'a = """\nSELECT\n"""\nb = 1',
      'def f():\n    a = """\nSELECT\n"""\n    b = 1\n',
    ],
    [
      'a template',
      'typescript',
      'function f() {\n  g();\n}\n',
      [2, 2],
      'g(`\none\n  two`);\nh();',
      'function f() {\n  g(`\none\n  two`);\n  h();\n}\n',
    ],
    [
      'a raw string of Go',
      'go',
      'func f() {\n\tg()\n}\n',
      [2, 2],
      'g(`\none`)\nh()',
      'func f() {\n\tg(`\none`)\n\th()\n}\n',
    ],
    [
      'a directive',
      'c',
      'void f() {\n  g();\n}\n',
      [2, 2],
      'g();\n#ifdef X\nh();\n#endif',
      'void f() {\n  g();\n#ifdef X\n  h();\n#endif\n}\n',
    ],
    [
      'a label that was there',
      'c',
      'void f() {\n  g();\nout:\n  h();\n}\n',
      [2, 4],
      'g(1);\nout:\nh();',
      'void f() {\n  g(1);\nout:\n  h();\n}\n',
    ],
  ] as const)('%s', (_name, languageId, document, selected, code, right) => {
    expect(sure(`\`\`\`\n${code}\n\`\`\``, document, languageId, selected)).toBe(right);
    const margin = /^[ \t]*/.exec(document.split('\n')[selected[0] - 1] ?? '')?.[0] ?? '';
    const inPlace = right.split('\n').slice(selected[0] - 1, selected[0] - 1 + code.split('\n').length);
    expect(inPlace[0]?.startsWith(margin)).toBe(true);
    expect(sure(`\`\`\`\n${inPlace.join('\n')}\n\`\`\``, document, languageId, selected)).toBe(right);
  });

  test('a docstring moves with its code', () => {
    const answer = '```python\ndef f(self):\n    """Yield.\n\n    All of them.\n    """\n    return 1\n```';
    expect(sure(answer, 'class A:\n    def f(self):\n        return 1\n', 'python', [2, 3])).toBe(
      'class A:\n    def f(self):\n        """Yield.\n\n        All of them.\n        """\n        return 1\n',
    );
  });
});

describe('tabs and blanks', () => {
  const go = 'package a\n\nfunc f() {\n\tif x {\n\t\tg()\n\t}\n}\n';
  test.each([
    ['blanks of four', 'if x {\n    g(1)\n}'],
    ['blanks of two', 'if x {\n  g(1)\n}'],
    ['blanks with the margin', '    if x {\n        g(1)\n    }'],
    ['tabs from the margin', 'if x {\n\tg(1)\n}'],
    ['tabs', '\tif x {\n\t\tg(1)\n\t}'],
  ])('%s become the file’s tabs', (_name, code) => {
    expect(sure(`\`\`\`go\n${code}\n\`\`\``, go, 'go', [4, 6])).toBe(go.replace('g()', 'g(1)'));
  });

  test('a recipe of a Makefile keeps its tab', () => {
    const make = 'all: a\n\techo a\n\na:\n\ttouch a\n';
    expect(sure('```make\nall: a b\n    echo a\n```', make, 'makefile', [1, 2])).toBe(
      make.replace('all: a', 'all: a b'),
    );
  });

  test('one line with no tab of its own is told by the rest of the file', () => {
    expect(
      sure(
        '```go\nif y {\n    g()\n}\n```',
        'package a\n\nvar a = 1\n\nfunc f() {\n\tg()\n}\n',
        'go',
        [3, 3],
      ),
    ).toBe('package a\n\nif y {\n\tg()\n}\n\nfunc f() {\n\tg()\n}\n');
  });

  test('levels of YAML stay as they are written', () => {
    const yaml = 'a:\n    b: 1\n    c:\n        - d\n';
    expect(sure('```yaml\nc:\n  - d\n  - e: 1\n    f: 2\n```', yaml, 'yaml', [3, 4])).toBe(
      'a:\n    b: 1\n    c:\n      - d\n      - e: 1\n        f: 2\n',
    );
  });

  test('the second line of a comment keeps its one blank', () => {
    const java = 'class A {\n\t/**\n\t * Old.\n\t */\n\tvoid f() {}\n}\n';
    expect(sure('```java\n    /**\n     * New.\n     */\n    void f() {}\n```', java, 'java', [2, 5])).toBe(
      java.replace('Old', 'New'),
    );
  });
});

describe('line ends, blank lines, marks', () => {
  test.each([
    [
      'Windows’ line ends',
      'a();\r\nb();\r\nc();\r\n',
      [2, 2],
      '```js\nb(1);\nb(2);\n```',
      'a();\r\nb(1);\r\nb(2);\r\nc();\r\n',
    ],
    [
      'mixed ones in the answer',
      'a();\nb();\n',
      [2, 2],
      '```js\r\nb(1);\nb(2);\r\n```',
      'a();\nb(1);\nb(2);\n',
    ],
    ['no line end at the end of the file', 'a();\nb();', [2, 2], '```js\nb(1);\n```\n', 'a();\nb(1);'],
    ['blank lines before', '\n\na();\nb();\n', [1, 3], '```js\na(1);\n```', '\n\na(1);\nb();\n'],
    [
      'blank lines behind, with blanks',
      'a();\n  \n\nb();\n',
      [1, 3],
      '```js\na(1);\n```',
      'a(1);\n  \n\nb();\n',
    ],
    ['blank lines that the answer adds', 'a();\nb();\n', [1, 1], '```js\n\na(1);\n\n\n```', 'a(1);\nb();\n'],
    ['a mark of the byte order', '\ufeffa();\nb();\n', [1, 1], '```js\na(1);\n```', '\ufeffa(1);\nb();\n'],
    ['the same in the answer', 'a();\nb();\n', [1, 1], '\ufeffa(1);', 'a(1);\nb();\n'],
    ['a blank line is filled', 'a();\n\nb();\n', [2, 2], '```js\nc();\n```', 'a();\nc();\nb();\n'],
    [
      'a blank line with its margin is filled',
      'if (x) {\n  \n}\n',
      [2, 2],
      '```js\nc();\n```',
      'if (x) {\n  c();\n}\n',
    ],
  ] as const)('%s', (_name, document, selected, answer, right) => {
    expect(sure(answer, document, 'javascript', selected)).toBe(right);
  });
});

describe('fitting any code', () => {
  /** Each line is at most one level further in than the one before. */
  const code = fc
    .array(fc.integer({ min: -3, max: 1 }), { minLength: 1, maxLength: 12 })
    .map((steps) =>
      steps.reduce<number[]>((all, step) => [...all, Math.max(0, (all.at(-1) ?? 0) + step)], []),
    );
  const write = (depths: readonly number[], unit: string, margin: string): string[] =>
    depths.map(
      (level, index) =>
        `${margin}${unit.repeat(level)}line${String(index)}()${(depths[index + 1] ?? 0) > level ? ' {' : ';'}`,
    );

  test('keeps the order of the margins of all lines', () => {
    const units = fc.constantFrom('  ', '    ', '\t');
    fc.assert(
      fc.property(code, code, units, units, units, (own, there, unit, unitThere, margin) => {
        const lines = write([0, ...own], unit, '');
        const original = write([0, ...there], unitThere, margin).map((line) => line.replace('line', 'other'));
        const fitted = fitLines(lines, { before: [], original, after: [] }, 'javascript').lines;
        const widths = (all: readonly string[]): readonly number[] =>
          all.map((line) => line.length - line.trimStart().length);
        const [before, after] = [widths(lines), widths(fitted)];
        expect(fitted.map((line) => line.trim())).toEqual(lines.map((line) => line.trim()));
        for (const [index, width] of before.entries())
          for (const [other, otherWidth] of before.entries())
            expect(Math.sign((after[index] ?? 0) - (after[other] ?? 0))).toBe(Math.sign(width - otherWidth));
      }),
      { numRuns: runs(300) },
    );
  });

  test('that was fitted changes nothing any more', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('  ', '    ', '\t'), (depths, margin) => {
        const original = write([0, ...depths], '  ', margin).map((line) => line.replace('line', 'other'));
        const place = { before: [], original, after: [] };
        const once = fitLines(write([0, ...depths], '  ', ''), place, 'javascript').lines;
        expect(fitLines(once, place, 'javascript').lines).toEqual(once);
      }),
      { numRuns: runs(300) },
    );
  });
});
