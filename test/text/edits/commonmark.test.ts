import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { fencedBlocks } from '../../../src/text/edits/fenced-blocks';
import { runs } from '../../runs';

const markdown = new MarkdownIt('commonmark');

/** The fenced blocks of a text as markdown-it reads them. */
function blocksOf(text: string): readonly string[] {
  return markdown
    .parse(text, {})
    .filter(({ type }) => type === 'fence')
    .map(({ content }) => content.replace(/\n$/, ''));
}

const ours = (text: string): readonly string[] =>
  fencedBlocks(text.split('\n'), 'typescript', false).blocks.map(({ lines }) => lines.join('\n'));

describe('where an answer is CommonMark, its blocks are those of markdown-it', () => {
  const word = fc.constantFrom(
    'a();',
    'if (b) {',
    '  c();',
    '}',
    '',
    '    # d',
    '- e',
    'Some words.',
    '> f',
    '``',
    '~~',
  );
  const body = fc.array(word, { minLength: 1, maxLength: 6 });
  const block = fc
    .record({
      mark: fc.constantFrom('`', '~'),
      length: fc.integer({ min: 3, max: 6 }),
      more: fc.nat(2),
      indent: fc.nat(3),
      info: fc.constantFrom('', 'ts', ' ts', 'typescript title="a.ts"', 'js {1,3}'),
      body,
    })
    .map(({ mark, length, more, indent, info, body: lines }) => {
      const blanks = ' '.repeat(indent);
      // A shorter fence within, of the same marks, is code.
      const within = length > 3 ? [mark.repeat(3)] : [];
      return [
        `${blanks}${mark.repeat(length)}${info}`,
        ...[...lines, ...within].map((each) => (each === '' ? '' : blanks + each)),
        `${blanks}${mark.repeat(length + more)}`,
      ].join('\n');
    });
  const said = fc.constantFrom('Here it is:', 'And then', 'That is all.', '', '1. One', '**Bold** words');

  test('whatever stands around and within them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(said, block), { minLength: 1, maxLength: 3 }), (parts) => {
        const text = parts.map(([before, code]) => `${before}\n\n${code}\n`).join('\n');
        expect(ours(text)).toEqual(blocksOf(text));
      }),
      { numRuns: runs(300) },
    );
  });

  test.each([
    ['closed by a longer fence', '```\na\n````\nb'],
    ['not closed by a shorter one', '````\na\n```\nb\n````'],
    ['not closed by another sign', '```\na\n~~~\nb\n```'],
    ['not closed further in than three columns', '```\na\n    ```\nb\n```'],
    ['not closed', '```\na\nb'],
    ['empty', '```\n```'],
    ['in an item', '- a\n\n  ```\n  b\n  ```'],
  ])('%s', (_name, text) => {
    expect(ours(text)).toEqual(blocksOf(text));
  });
});
