import { describe, expect, test } from 'vitest';
import { edited } from './edited';

/** An answer's code comes back as it was written, in the place of a document of this text. */
function comesBack(answer: string, code: string, languageId: string, document: string): void {
  const { text, doubts } = edited(answer, document, undefined, languageId);
  expect(text).toBe(`${code}\n`);
  expect(doubts).toEqual([]);
}

const readme = '# Title\n\nRun:\n\n```sh\nnpm i\n```\n\nThen look:\n\n```\nout/\n  a\n```\n\nThe end.';

describe('fences within the code', () => {
  test.each([
    ['a longer fence around', `\`\`\`\`md\n${readme}\n\`\`\`\``],
    ['one as long, with words around', `Here:\n\n\`\`\`markdown\n${readme}\n\`\`\`\nDone.`],
    ['no fence around', readme],
    ['no fence, announced', `Here is the new text:\n\n${readme}`],
    ['one that doesn’t end', `\`\`\`markdown\n${readme}`],
    ['waves around', `~~~md\n${readme}\n~~~`],
  ])('a document of Markdown with blocks of its own: %s', (_name, answer) => {
    comesBack(answer, readme, 'markdown', '# Title\n\nRun:\n\n```sh\nnpm install\n```\n\nThe end.\n');
  });

  test('a document that a block without a language ends in', () => {
    const tree = '# Tree\n\n```\nsrc/\n  a.ts\n```';
    comesBack(`\`\`\`md\n${tree}\n\`\`\``, tree, 'markdown', '# Tree\n\n```\nsrc/\n```\n');
  });

  test.each([
    ['three marks, eight blanks in', '        ```\n        area(2, 3)\n        ```'],
    ['four blanks in', '    ```\n    area(2, 3)\n    ```'],
    ['with a language', '    ```python\n    area(2, 3)\n    ```'],
    ['waves', '    ~~~\n    area(2, 3)\n    ~~~'],
    ['one that stays open', '    ```python\n    area(2, 3)'],
  ])('a docstring: %s', (_name, fence) => {
    const code = `def area(w, h):\n    """Area.\n\n${fence}\n    """\n    return w * h`;
    comesBack(
      `Sure:\n\`\`\`python\n${code}\n\`\`\`\nDone.`,
      code,
      'python',
      'def area(w, h):\n    return w * h\n',
    );
  });

  test.each([
    [
      'of TypeScript',
      'typescript',
      '/**\n * Adds.\n *\n * ```ts\n * add(1, 2);\n * ```\n */\nfunction add(a: number, b: number) {}',
    ],
    ['of Rust', 'rust', '/// Adds.\n///\n/// ```\n/// add(1, 2);\n/// ```\nfn add(a: u8, b: u8) {}'],
    ['of Go', 'go', '// Add adds.\n//\n//\t```\n//\tadd(1, 2)\n//\t```\nfunc Add(a, b int) {}'],
  ])('a comment %s', (_name, languageId, code) => {
    const document = `${code.split('\n').at(-1) ?? ''}\n`;
    comesBack(`\`\`\`\n${code}\n\`\`\``, code, languageId, document);
    comesBack(code, code, languageId, document);
  });

  test('a template that has a fence at its margin, as the original does', () => {
    const document = 'const help = `\nUse:\n```\nnpx a\n```\n`;\n';
    const code = 'const help = `\nUse it:\n```\nnpx a --b\n```\n`;';
    comesBack(`\`\`\`ts\n${code}\n\`\`\``, code, 'typescript', document);
  });

  test('a part of a document of Markdown between two of its blocks', () => {
    const document = '# A\n\n```sh\na\n```\n\nOld words.\n\n```sh\nb\n```\n';
    const { text } = edited('New words, *two* of them.', document, [7, 7], 'markdown');
    expect(text).toBe(document.replace('Old words.', 'New words, *two* of them.'));
    expect(edited('```sh\nc\n```', document, [3, 5], 'markdown').proposed).toBe(true);
  });
});
