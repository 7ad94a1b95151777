// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { renderAnswer } from '../../src/webview/chat/markdown';

function render(text: string): HTMLElement {
  const holder = document.createElement('div');
  holder.append(renderAnswer(text));
  return holder;
}

test.each([
  ['[**a** b](src/my file.ts:3)', 'a b', 'src/my file.ts:3'],
  ['[a](docs/中文 名.md)', 'a', 'docs/中文 名.md'],
  ['[a](C:\\Program Files (x86)\\a.ts)', 'a', 'C:\\Program Files (x86)\\a.ts'],
  ['| [a](my file.ts#L3-L5) |\n|---|', 'a', 'my file.ts#L3-L5'],
])('blanks in the path of a link: %s', (text, shown, file) => {
  const link = render(text).querySelector('[role="link"]');
  expect(link?.textContent).toBe(shown);
  expect(link?.getAttribute('data-file')).toBe(file);
});

test.each([
  '[a](see below)',
  '[a](and/or this)',
  '[a](command:x y.ts)',
  '[a](javascript:x y.ts)',
  '[a](//b c.ts)',
])('no link to a file is %s', (text) => {
  const answer = render(text);
  expect(answer.querySelector('a, [role="link"]')).toBeNull();
  expect(answer.textContent.trim()).toBe(text);
});

describe('Markdown that models write and its rules don’t know, in blocks', () => {
  test.each([
    ['code', '| a | b |\n|---|---|\n| `x | y` | ``a || b`` |', ['x | y', 'a || b']],
    ['code, without borders', 'a | b\n---|---\n`x | y` | z', ['x | y', 'z']],
    ['code in a list', '- a\n\n  | a | b |\n  |---|---|\n  | `x | y` | z |', ['x | y', 'z']],
    ['code that is escaped', '| a | b |\n|---|---|\n| `x \\| y` | z |', ['x | y', 'z']],
    ['no code', '| a | b |\n|---|---|\n| ` | $5 |\n| $5 | $6 |', ['`', '$5', '$5', '$6']],
  ])('a bar in %s of a table', (_, text, cells) => {
    expect([...render(text).querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(cells);
  });

  test('a bar in a formula of a table is no border', () => {
    const answer = render('| a | b |\n|---|---|\n| $|x|$ | \\(P(A|B)\\) |');
    expect([...answer.querySelectorAll('td .formula')].map(({ textContent }) => textContent)).toEqual([
      '$|x|$',
      '\\(P(A|B)\\)',
    ]);
  });

  test.each([
    'A[^1].\n\n[^1]: Approximately.',
    'A[^1].\n\n[^1]: https://a.example',
    '[ERROR]: failed\n[WARN]: ignored',
    'Sources:\n\n[1]: https://a.example/x\n[2]: https://b.example/y "B"',
  ])('notes, lines of a log, and sources without a mark are shown: %j', (text) => {
    expect(render(text).textContent.replaceAll(/\s+/g, ' ').trim()).toBe(text.replaceAll(/\s+/g, ' '));
  });

  test('what defines a link that is used is no text', () => {
    const answer = render('See [it][One] and [2].\n\n[one]: https://a.example/x\n[2]: src/a.ts');
    expect(answer.textContent.trim()).toBe('See it and 2.');
    expect(answer.querySelectorAll('a, [role="link"]')).toHaveLength(2);
  });

  test('folded text is a control of the browser, with Markdown in it, also in itself and in a list', () => {
    const inner = '<details>\n<summary>In **it**</summary>\n\n- a\n\n</details>';
    const answer = render(
      `<details><summary>More</summary>\n\n\`\`\`js\nf();\n\`\`\`\n\n${inner}\n\n</details>\n\nAfter`,
    );
    expect([...answer.querySelectorAll('summary')].map(({ textContent }) => textContent)).toEqual([
      'More',
      'In it',
    ]);
    expect(answer.querySelector('details .code')).not.toBeNull();
    expect(answer.querySelector('details details li')?.textContent).toBe('a');
    expect(answer.querySelector('details + p')?.textContent).toBe('After');
  });

  test('folded text without an end is text', () => {
    expect(render('<details>\n<summary>a</summary>\n\nb').textContent).toContain('<details>');
  });

  test.each([
    ['has its title on lines', '<details>\n<summary>\nTitle\n</summary>\n\nText\n\n</details>'],
    ['has its title behind an empty line', '<details>\n\n<summary>Title</summary>\n\nText\n\n</details>'],
    ['is one line', '<details><summary>Title</summary>Text</details>'],
    ['ends behind its text', '<details><summary>Title</summary>\n\nText</details>'],
    ['begins behind its title', '<details>\n<summary>**Title**</summary> Text\n</details>'],
    ['is further in', '  <details>\n    <summary><b>Title</b></summary>\n\n  Text\n  </details>'],
  ])('folded text that %s', (_, text) => {
    const answer = render(`${text}\n\nAfter`);
    expect(answer.querySelector('summary')?.textContent).toBe('Title');
    expect(answer.querySelector('details p')?.textContent).toBe('Text');
    expect(answer.querySelector('details + p')?.textContent).toBe('After');
  });

  test('folded text goes on behind code that shows its end', () => {
    const answer = render(
      '<details>\n<summary>a</summary>\n\n```html\n</details>\n```\n\nb\n\n</details>\n\nAfter',
    );
    expect(answer.querySelector('details code')?.textContent).toBe('</details>\n');
    expect(answer.querySelector('details + p')?.textContent).toBe('After');
  });
});
