import { describe, expect, test } from 'vitest';
import { edited } from './edited';

const document = `import { log } from './log';

export function open(name: string): File {
  log(name);
  return new File(name);
}

export function close(file: File): void {
  file.close();
}

export const version = 1;
`;
const now = document.replace('new File(name)', 'new File(name.trim())');
const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

/** The lines of `open` get another return; nothing is doubtful. */
function trims(code: string, selected: readonly [number, number] = [3, 6]): void {
  expect(edited(fence(code), document, selected, 'typescript', 'files.ts')).toEqual({
    text: now,
    doubts: [],
    proposed: true,
  });
}

const lines = now.split('\n');
const from = (first: number, last: number): string => lines.slice(first - 1, last).join('\n');

describe('what is around the lines in question', () => {
  test.each([
    ['the whole file', 1, 12, [3, 6]],
    ['all that is before', 1, 6, [3, 6]],
    ['all that is behind', 3, 12, [3, 6]],
    ['the line before', 3, 5, [4, 5]],
    ['the lines behind', 3, 8, [3, 6]],
    ['the bracket behind', 5, 6, [5, 5]],
    ['a line before and the bracket behind', 4, 6, [5, 5]],
    ['the function around', 3, 6, [5, 5]],
    ['nothing', 5, 5, [5, 5]],
    ['the file, of which one line was asked about', 1, 12, [5, 5]],
    ['the beginning of the file, of which a part was asked about', 1, 6, [1, 6]],
  ] as const)('is no part of the proposal: %s', (_name, first, last, selected) => {
    trims(from(first, last), selected);
  });

  test('the function around, from the margin, in a class', () => {
    const inClass = 'class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n';
    const answer = '```python\ndef f(self):\n    return 3\n```';
    expect(edited(answer, inClass, [3, 3], 'python').text).toBe(inClass.replace('return 1', 'return 3'));
  });

  test('blank lines between are the document’s', () => {
    trims(from(1, 12).replaceAll('\n\n', '\n'));
    trims(from(1, 12).replaceAll('\n\n', '\n\n\n'));
  });

  test('a whole file in which other lines were changed too says so', () => {
    const more = now
      .replace('version = 1', 'version = 2')
      .replace('import { log }', "import { trim } from './trim';\nimport { log }");
    expect(edited(fence(more.trimEnd()), document, [3, 6], 'typescript')).toEqual({
      text: now,
      doubts: ['outside'],
      proposed: true,
    });
  });

  test('a whole file without the lines deletes them', () => {
    const { text, doubts } = edited(
      fence(document.replace('  log(name);\n', '')),
      document,
      [4, 4],
      'typescript',
    );
    expect(doubts).toEqual([]);
    expect(text.split('\n').filter((line) => line.includes('log(name)'))).toEqual([]);
  });

  test('as many lines as before, of which one reads like its neighbour, are the new lines', () => {
    const list = 'a:\n  - "4"\n  - "5"\n  - "6"\n';
    const { text, doubts } = edited('```yaml\na:\n  - "5"\n```', list, [1, 2], 'yaml');
    expect({ text, doubts }).toEqual({ text: 'a:\n  - "5"\n  - "5"\n  - "6"\n', doubts: [] });
  });

  test('a neighbour in the place of another line is perhaps repeated, and that is said', () => {
    const code = 'first(a);\nsecond(b);\nthird(c);\n';
    expect(edited('```js\nfirst(a + 1);\nthird(c);\n```', code, [1, 2], 'javascript').doubts).toEqual([
      'repeated',
    ]);
  });

  test.each([
    ['a line like the one before', 'a();\nb();\n', [2, 2], 'b();\na();', 'a();\nb();\na();\n'],
    [
      'a line that is there twice',
      'x += 1;\nx += 1;\ny();\n',
      [2, 2],
      'x += 1;\nx += 2;',
      'x += 1;\nx += 1;\nx += 2;\ny();\n',
    ],
    [
      'brackets of its own',
      'if (a) {\n  b();\n}\n',
      [2, 2],
      '  if (b) {\n    b();\n  }',
      'if (a) {\n  if (b) {\n    b();\n  }\n}\n',
    ],
    [
      'a return further in',
      'def f(a):\n    b = a\n    return b\n',
      [2, 2],
      '    if not a:\n        return b',
      'def f(a):\n    if not a:\n        return b\n    return b\n',
    ],
  ] as const)('code that only resembles it stays: %s', (_name, text, selected, code, right) => {
    expect(edited(fence(code), text, selected, 'javascript').text).toBe(right);
  });
});
