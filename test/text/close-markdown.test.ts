import { describe, expect, test } from 'vitest';
import { closingOf } from '../../src/text/close-markdown';

describe('what Conduit writes behind an answer', () => {
  test.each([
    ['no code', 'Just text.', ''],
    ['code that is closed', 'See:\n```ts\na\n```\nDone.', ''],
    ['code that is not', 'See:\n```ts\na', '\n```'],
    ['code that is not, at the end of its line', 'See:\n```ts\na\n', '```'],
    ['waves', '~~~\na\n```', '\n~~~'],
    ['a longer fence with a shorter one', '````md\n```\na\n```', '\n````'],
    ['half of the end', '```\na\n``', '\n```'],
    ['an end with words', '```\na\n``` x', '\n```'],
    ['an end with more marks, and spaces', '```\na\n  ````  ', ''],
    ['marks in the middle of a line', 'Use ``` for code.', ''],
    ['code in a line of its own', '```a```', ''],
    ['indented code', 'Text\n\n    ```\n    a', ''],
    ['a fence after a list, at its margin', '1. See:\n```\na', '\n```'],
    ['a fence after a rule of stars', '* * *\n   ```', '\n```'],
    ['a fence after a heading that is underlined', 'a\n===\n```', '\n```'],
    ['a fence after a table', '| a |\n|---|\n| b |\n```', '\n```'],
    ['code of a list item', '- See:\n\n  ```ts\n  a', ''],
    ['code that begins a list item', '- ```ts\n  a', ''],
    ['code of an item in an item', '1. a\n   - b\n     ```\n     c', ''],
    ['code of a list item, closed by the next item', '- ```\n  a\n- b\n\n```\nc', '\n```'],
    ['code of a quotation', '> ```\n> a', ''],
    ['code with a quotation in it', '```\n> a\n> ```', '\n```'],
    ['lines of Windows', '```\r\na\r\n```\r\n', ''],
    ['code in lines of Windows', '```\r\na', '\n```'],
    ['a comment', 'a\n\n<!-- b\n\n```\n', '-->'],
    ['a comment that is closed', '<!-- b\n\n-->\n', ''],
    ['preformatted HTML', '<pre>\na\n\nb', '\n</pre>'],
    ['a script', '<SCRIPT>\nlet a;\n', '</SCRIPT>'],
    ['a script of which only one parser knows the end', '<script>\n</pre>', '\n</script>'],
    ['a processing instruction', '<?php\n\n```', '\n?>'],
    ['character data', '<![CDATA[\na', '\n]]>'],
    ['a declaration', '<!DOCTYPE html', '\n>'],
    ['HTML that an empty line ends', '<details>\n<summary>a</summary>\n```', ''],
    ['a comment of a quotation', '> <!-- a', ''],
    ['a definition with half a title', '[a]: /b "c', ''],
    ['half of a table', '| a | b |\n|---|', ''],
    ['text that may become a heading', 'a', ''],
  ])('a text with %s', (_, text, closing) => {
    expect(closingOf(text)).toBe(closing);
  });

  test('code that only one of the parsers sees is closed in a way that begins none for the other', () => {
    const text = '- - -\n ~~ x\n - >    ````\n     *    \n===\n   ~~~~\n +   # h\n---';
    expect(closingOf(text)).toBe('\n<!--\n~~~~\n-->');
  });

  test.each([
    ['marks', '`'.repeat(1_000_000)],
    ['marks within a line', `\`\`\`${'a`'.repeat(500_000)}`],
    ['beginnings of items', '- '.repeat(500_000)],
    ['fences', '```\n'.repeat(250_000)],
    ['quotation marks', '>'.repeat(1_000_000)],
    ['quotations that go on without their mark', '> a\nb\n'.repeat(150_000)],
    ['definitions without an end', '[a]: b "\n'.repeat(100_000)],
    ['comments', '<!--\n'.repeat(200_000)],
    ['deep items', Array.from({ length: 1_400 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n')],
  ])('a megabyte of %s is read', (_, text) => {
    expect(typeof closingOf(text)).toBe('string');
  });
});
