import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { openFence } from '../../src/text/open-fence';
import { runs } from '../runs';

test.each([
  ['no code', 'Just text.', undefined],
  ['code that is closed', 'See:\n```ts\na\n```\nDone.', undefined],
  ['code that is not', 'See:\n```ts\na', '```'],
  ['waves', '~~~\na\n```', '~~~'],
  ['a longer fence with a shorter one', '````md\n```\na\n```', '````'],
  ['half of the end', '```\na\n``', '```'],
  ['an end with words', '```\na\n``` x', '```'],
  ['an end with more marks, and spaces', '```\na\n  ````  ', undefined],
  ['marks in the middle of a line', 'Use ``` for code.', undefined],
  ['code in a line of its own', '```a```', undefined],
  ['indented code', 'Text\n\n    ```\n    a', undefined],
  ['a fence after a list, at its margin', '1. See:\n```\na', '```'],
  ['code of a list item', '- See:\n\n  ```ts\n  a', undefined],
  ['code that begins a list item', '- ```ts\n  a', undefined],
  ['code of an item in an item', '1. a\n   - b\n     ```\n     c', undefined],
  ['code of a list item, closed by the next item', '- ```\n  a\n- b\n\n```\nc', '```'],
  ['code of a quotation', '> ```\n> a', undefined],
  ['code with a quotation in it', '```\n> a\n> ```', '```'],
  ['lines of Windows', '```\r\na\r\n```\r\n', undefined],
])('a text with %s', (_, text, fence) => {
  expect(openFence(text)).toBe(fence);
});

test('what follows the closed text is never code, by the rules of a Markdown parser', () => {
  const markdown = new MarkdownIt();
  const lines = fc.constantFrom(
    ...[
      '```',
      '```ts',
      '````',
      '~~~',
      '``',
      '',
      'a',
      '    a',
      '- a',
      '- ```',
      '1. a',
      '   ```',
      '  ```',
      '> ```',
      '> a',
    ],
    ...['  - b', '     ```', '``` x', '\t```', 'a ```'],
  );
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), (all) => {
      const text = all.join('\n');
      const fence = openFence(text);
      const whole = `${text}${fence === undefined ? '' : `\n${fence}`}\n\nAFTER\n`;
      const after = markdown.parse(whole, {}).find(({ content }) => content.includes('AFTER'));
      expect(after?.type).toBe('inline');
    }),
    { numRuns: runs(5_000) },
  );
});

test('a text of nothing but marks is read in no time', () => {
  for (const text of [
    '`'.repeat(300_000),
    `\`\`\`${'a`'.repeat(100_000)}`,
    '- '.repeat(50_000),
    '```\n'.repeat(100_000),
  ])
    expect(() => openFence(text)).not.toThrow();
});
