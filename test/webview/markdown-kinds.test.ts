// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { renderAnswer } from '../../src/webview/chat/markdown';
import { loadMathematics } from '../../src/webview/chat/mathematics';
import { runs } from '../runs';

const fixture = (name: string): string => readFileSync(path.join('test/fixtures/markdown', name), 'utf8');

function render(text: string): HTMLElement {
  const holder = document.createElement('div');
  holder.append(renderAnswer(text));
  return holder;
}

/** What of an answer is drawn as formulas, by its source, and what is source without an end. */
function formulasOf(text: string): readonly string[] {
  return [...render(text).querySelectorAll('.formula')].map(
    (each) => each.getAttribute('data-source') ?? 'not drawn',
  );
}

test('before the library is there formulas are their source, unharmed, and are drawn once it is', async () => {
  const text = fixture('formulas/marks.md');
  const onMathematics = vi.fn();
  const holder = document.createElement('div');
  holder.append(renderAnswer(text, onMathematics));
  for (const part of ['a_i * b_i', '\\frac{a}{b}', 'mc^2 \\\\']) expect(holder.textContent).toContain(part);
  expect(holder.querySelector('em, math')).toBeNull();
  await vi.waitFor(() => expect(onMathematics).toHaveBeenCalledOnce());
  expect(render(text).querySelectorAll('math')).toHaveLength(2);
});

describe('Markdown that models write and its rules don’t know', () => {
  beforeAll(() => loadMathematics());

  test.each([
    ['in a line', 'It is \\(a_i * b_i\\).', ['\\(a_i * b_i\\)']],
    [
      'between dollars',
      'It is $O(n \\log n)$ or $x$, $-1$, $f(x)$, $n-1$.',
      ['$O(n \\log n)$', '$x$', '$-1$', '$f(x)$', '$n-1$'],
    ],
    [
      'on lines of its own',
      'So\n\\[\nE = mc^2 \\\\\n\\frac{a}{b}\n\\]\nDone.',
      ['\\[\nE = mc^2 \\\\\n\\frac{a}{b}\n\\]'],
    ],
    ['between dollars on lines of its own', '$$\na * b * c\n$$', ['$$\na * b * c\n$$']],
    ['between two dollars in a line', 'So $$a^2$$ is it.', ['$$a^2$$']],
    ['with empty lines', '\\[\n\na = b\n\n\\]', ['\\[\n\na = b\n\n\\]']],
    ['in a list item', '1. One:\n\n   \\[\n   a = b\n   \\]\n2. Two', ['\\[\na = b\n\\]']],
    ['in a quotation', '> $$\n> a = b\n> $$', ['$$\na = b\n$$']],
    ['in a table', '| a | b |\n|---|---|\n| \\(x^2\\) | $y_1$ |', ['\\(x^2\\)', '$y_1$']],
    ['in bold text', '**The answer is \\(x_1\\)**', ['\\(x_1\\)']],
    [
      'without marks, as an environment',
      '\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}',
      ['\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}'],
    ],
    [
      'with an environment in it',
      '$$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$$',
      ['$$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$$'],
    ],
    ['with a frame', 'So \\[ \\boxed{42} \\] it is.', ['\\[ \\boxed{42} \\]']],
    ['in words of another language', '面积为$x^2$的圆。', ['$x^2$']],
    ['with the end of a word', 'The $n$th, two $x$s.', ['$n$', '$x$']],
    ['behind a number', '10$\\times$ faster, 3$\\sigma$', ['$\\times$', '$\\sigma$']],
    ['that begins with a number', '$1/2$, $2n-1$, $4ac$, $2n - 1$', ['$1/2$', '$2n-1$', '$4ac$', '$2n - 1$']],
    ['over two lines', 'So $\\frac{a}{b}\n= c$ is', ['$\\frac{a}{b}\n= c$']],
    ['of long names', '$MAE = |x - y|$', ['$MAE = |x - y|$']],
    [
      'as an environment within a line',
      'Then \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} holds.',
      ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}'],
    ],
    [
      'as an environment that ends a sentence',
      '\\begin{align}\na &= b\n\\end{align}.',
      ['\\begin{align}\na &= b\n\\end{align}'],
    ],
    ['between dollars with empty lines', '$$\n\na = b\n\n$$', ['$$\n\na = b\n\n$$']],
  ])('a formula %s is drawn', (_, text, sources) => {
    expect(formulasOf(text)).toEqual(sources);
    for (const element of render(text).querySelectorAll('.formula'))
      expect(element.querySelector('math')).not.toBeNull();
  });

  test.each([
    ['prices', 'It costs $5 or $10, that is $5/month, or 10$ a day, and US$5 to 7$.'],
    ['prices in brackets', '($5)-($10) and $1,000 to $2,000'],
    ['variables of a shell', 'Set $HOME and $PATH, then $HOME/bin:$PATH, $1, $2 and $$ or $?.'],
    ['templates', 'Write ${a} and ${b}, ${a}/${b}, $(pwd):$(ls).'],
    ['other languages', '$a = $b + $c; jQuery $.ajax and $.get; $foo->bar and $baz'],
    ['dollars in quotation marks', '"$foo" and "$" or "$var", "$".'],
    ['prices in both ways', 'It costs $5+ or 10$, for $5 (10$ off), $8, 5$ or $5. 10$ more.'],
    ['paths of variables', 'in $dir/$ and $src:$'],
    ['shares of Windows', '\\\\host\\C$\\Windows and \\\\host\\D$\\Users'],
    ['dollars of a Makefile', 'Use $$(date) and $$x, $$HOME, $$(id -u), kill $$ and wait $$.'],
    ['escaped dollars', 'It is \\$5 and \\$6.'],
    ['notes', 'As others say \\[1\\], \\[2\\].'],
    ['code in a line', 'Use `\\(a_i\\)`, `$x$` and `$$y^2$$`.'],
    ['a block of code', '```tex\n\\[ a \\]\n$$ x^2 $$\n```'],
    ['indented code', 'So:\n\n    \\[ a^2 \\]\n    $x$'],
    ['an expression', 'It matches `a` at ^a$ and ^b$, or \\\\(a\\\\).'],
  ])('%s are no formulas', (_, text) => {
    expect(formulasOf(text)).toEqual([]);
  });

  test.each([
    ['cannot be read', 'See \\(\\frac{a_i * b_i * c\\) there'],
    ['has a command that is not known', '\\[ \\unknown a * b * c \\\\ d \\]'],
    ['has no end yet', 'See \\(a_i * b_i * c'],
    ['has no end yet on its lines', '\\[\nE = a * b * c \\\\\n\\frac{1}'],
    ['has no end yet between dollars', '$$\na_i * b_i * c \\\\'],
    ['has no end of its environment', '\\begin{align}\na_i * b_i * c \\\\'],
  ])('a formula that %s is its source, unharmed', (_, text) => {
    const answer = render(text);
    expect(answer.textContent.trim()).toBe(text);
    expect(answer.querySelector('math, em')).toBeNull();
  });

  test('what comes after a formula without an end is Markdown again', () => {
    expect(render('\\[ a_i\n\nThen **bold**.').querySelector('strong')?.textContent).toBe('bold');
    expect(render('a \\( b\nThen **bold**.').querySelector('strong')?.textContent).toBe('bold');
    expect(render('$$\n\nThat is some **bold** text\n\n$$').querySelector('strong')?.textContent).toBe(
      'bold',
    );
  });

  test.each([
    ['nothing', 'Empty \\(\\) and **bold**', 'Empty () and bold'],
    ['a note', 'As in \\[1\\], the a_b is **bold**', 'As in [1], the a_b is bold'],
    ['a link that is none', '\\[a\\](src/c_d) **bold**', '[a](src/c_d) bold'],
  ])('marks around %s leave the Markdown behind them as it is', (_, text, shown) => {
    const answer = render(text);
    expect(answer.querySelector('strong')?.textContent).toBe('bold');
    expect(answer.textContent.trim()).toBe(shown);
  });

  test('lines of a formula are lines, and columns keep their alignment', () => {
    expect(render('\\[ a \\\\ b \\]').querySelectorAll('mtr')).toHaveLength(2);
    const cells = [...render('$$\\begin{aligned} a &= b \\end{aligned}$$').querySelectorAll('mtd')];
    expect(cells.map((cell) => cell.getAttribute('class'))).toEqual(['tml-right', 'tml-left']);
    expect(render('$\\boxed{42}$').querySelector('.boxed')?.textContent).toBe('42');
  });

  test.each(['a<br>b', 'a<br/>b', 'a<br />b', 'a</br>b', '| x |\n|---|\n| a<BR>b |'])(
    '%j has a line break',
    (text) => {
      expect(render(text).querySelectorAll('br')).toHaveLength(1);
      expect(render(text).textContent).not.toMatch(/<br/i);
    },
  );

  test.each(['`a<br>b`', '```\na<br>b\n```'])('%j has none, for it is code', (text) => {
    expect(render(text).querySelector('br')).toBeNull();
    expect(render(text).textContent).toContain('a<br>b');
  });

  test.each([
    ['sub', 'H<sub>2</sub>O', '2'],
    ['sup', 'x<sup>2</sup>', '2'],
    ['kbd', 'Press <kbd>Ctrl</kbd>', 'Ctrl'],
    ['mark', '<mark>a</mark>', 'a'],
    ['b', '<b>a *c*</b>', 'a c'],
    ['u', '<U>a</U>', 'a'],
    ['code', '<code>a_b_c</code>', 'a_b_c'],
  ])('<%s> in a line marks its text', (name, text, content) => {
    expect(render(text).querySelector(name)?.textContent).toBe(content);
  });

  test.each([
    'a <sub>b',
    'a</sub> b',
    '<sub class="x">b</sub>',
    '<b><i>a</b>',
    'the <b> element',
    '<blink>a</blink>',
  ])('tags that do not fit together, or are not known, are text: %s', (text) => {
    const shown = render(text).textContent.trim();
    expect(shown).toBe(text === '<b><i>a</b>' ? '<i>a' : text);
  });

  test.each([
    ['**中文。**后', '中文。'],
    ['前**“中文”**后', '“中文”'],
    ['これは**「強調」**です', '「強調」'],
    ['**`code`**을 씁니다', 'code'],
    ['한국어**(강조)**는', '(강조)'],
    ['前**重要：**后', '重要：'],
  ])('emphasis beside punctuation of Chinese, Japanese and Korean: %s', (text, strong) => {
    expect(render(text).querySelector('strong')?.textContent).toBe(strong);
  });

  test('files are links that the keyboard reaches, and no addresses', () => {
    const answer = render(
      '[`foo`](src/foo.ts:12), [b](src/b.ts#L10-L20), <file:///work/c.ts>, ![d](img/d.png)',
    );
    const links = [...answer.querySelectorAll('[role="link"]')];
    expect(links.map((link) => link.getAttribute('data-file'))).toEqual([
      'src/foo.ts:12',
      'src/b.ts#L10-L20',
      'file:///work/c.ts',
      'img/d.png',
    ]);
    expect(links.map((link) => link.getAttribute('tabindex'))).toEqual(['0', '0', '0', '0']);
    expect(links[0]?.getAttribute('title')).toBe('Open src/foo.ts at line 12');
    expect(links[0]?.querySelector('code')?.textContent).toBe('foo');
    expect(answer.querySelector('a, img')).toBeNull();
  });

  test('names of files are no hosts', () => {
    expect(render('See main.py, lib.rs, README.md, run.sh and app.pl.').querySelector('a')).toBeNull();
    expect(render('See https://a.example/x.').querySelector('a')?.getAttribute('href')).toBe(
      'https://a.example/x',
    );
  });

  test('a diagram is shown as its code', () => {
    const answer = render('```mermaid\ngraph TD\n  A --> B\n```');
    expect(answer.querySelector('.code-language')?.textContent).toBe('mermaid');
    expect(answer.querySelector('code')?.textContent).toBe('graph TD\n  A --> B\n');
    expect(answer.querySelector('code')?.children).toHaveLength(0);
  });
});

describe('Markdown that is unsafe or nested', () => {
  beforeAll(() => loadMathematics());

  test('a table, a list with code in its items, and a list in it are what they are', () => {
    const answer = render(fixture('unsafe/nested.md'));
    expect(answer.querySelectorAll('td')).toHaveLength(2);
    expect(answer.querySelectorAll('li')).toHaveLength(3);
    expect([...answer.querySelectorAll('.code code')].map(({ textContent }) => textContent)).toEqual([
      'x\n',
      'ls\n',
    ]);
  });

  test('nothing runs or loads, links are http alone, and what is not drawn is there as text', () => {
    const answer = render(fixture('unsafe/hostile.md'));
    expect(answer.querySelector('img, script, [onerror], [src]')).toBeNull();
    expect([...answer.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      'https://evil.example/p.png',
      'https://ok.example/a%20b',
    ]);
    for (const text of [
      '<img src=x onerror=alert(1)>',
      '<script>alert(1)</script>',
      'javascript:alert(1)',
      'command:x',
    ])
      expect(answer.textContent).toContain(text);
    expect(answer.querySelector('[role="link"]')).toBeNull();
  });

  test('a word of 5,000 letters is whole', () => {
    expect(render(`a ${'x'.repeat(5_000)} b`).textContent).toContain('x'.repeat(5_000));
  });

  test.each([
    ['a link', '\\href{javascript:alert(1)}{x}'],
    ['an address', '\\url{javascript:alert(1)}'],
    ['a class', '\\htmlClass{a}{x} \\class{a}{x}'],
    ['an id', '\\htmlId{root}{x} \\cssId{root}{x}'],
    ['a style', '\\htmlStyle{position:fixed}{x} \\style{position:fixed}{x}'],
    ['data', '\\htmlData{file=a}{x}'],
    ['an image', '\\includegraphics{https://evil.example/a.png}'],
    ['HTML in its text', '\\text{<img src=x onerror=alert(1)>}'],
    ['a script in its text', '\\text{<script>alert(1)</script></math><a href="javascript:1">x</a>}'],
    ['colours', '\\color{white}{\\colorbox{white}{x}}'],
    ['a label', '\\label{root} x \\tag{1} \\ref{root}'],
    ['an endless command', '\\def\\a{\\a\\a}\\a'],
    ['an endless new command', '\\newcommand{\\a}{x\\a}\\a'],
    ['a command of a command', '\\let\\a\\frac \\gdef\\b{x} \\b'],
    ['a size', '\\rule{99999em}{99999em} \\hspace{99999em}'],
  ])('a formula with %s does nothing but show', (_, tex) => {
    const answer = render(`\\[${tex}\\] and \\(${tex}\\)`);
    expect(
      answer.querySelector('a, img, script, style, svg, [href], [src], [style], [id], [onerror]'),
    ).toBeNull();
    for (const element of answer.querySelectorAll('math *'))
      expect(
        element.getAttributeNames().filter((name) => /^(?:on|data-|name$|mathcolor|mathback)/.test(name)),
      ).toEqual([]);
    expect(answer.textContent).not.toBe('');
  });

  test.each([
    ['brackets', '\\(', '{'.repeat(1_000_000), '\\)'],
    ['brackets that could be read', '$$', '{'.repeat(2_400) + '}'.repeat(2_400), '$$'],
    ['fractions', '$$', '\\frac{'.repeat(400) + '1' + '}{2}'.repeat(400), '$$'],
    ['powers', '$$', 'x^{'.repeat(1_000) + '}'.repeat(1_000), '$$'],
    ['commands that are built twice', '$$', '\\mathllap{'.repeat(40) + 'x' + '}'.repeat(40), '$$'],
    ['arrows that are built twice', '$$', '\\equilibriumRight{'.repeat(40) + 'x' + '}'.repeat(40), '$$'],
    ['cells', '$$', `\\begin{matrix}${'&'.repeat(4_900)}\\end{matrix}`, '$$'],
    ['environments', '$$', '\\begin{matrix}'.repeat(170) + '\\end{matrix}'.repeat(170), '$$'],
  ])('a formula of endless %s is bounded', (_, open, tex, close) => {
    const answer = render(`${open}${tex}${close}`);
    expect(answer.querySelectorAll('*').length).toBeLessThan(20_000);
    expect(answer.textContent).not.toBe('');
  });

  test.each([
    ['marks without an end', '\\( '.repeat(60_000)],
    ['marks on lines', '\\[\n'.repeat(19_000)],
    ['dollars', '$'.repeat(190_000)],
    ['dollars with letters', '$a '.repeat(60_000)],
    ['pairs of dollars', '$$a_'.repeat(45_000)],
    ['dollars on lines', '$$\n'.repeat(60_000)],
    ['environments', '\\begin{align}\n'.repeat(13_000)],
    ['tags', '<b>'.repeat(60_000)],
    ['ends of tags', `${'<b>'.repeat(30_000)}${'</i>'.repeat(20_000)}`],
    ['pairs of tags', '<b>x</b>'.repeat(20_000)],
    ['folded text', '<details>\n'.repeat(19_000)],
    [
      'folded text on one line',
      `${'<details><summary>a</summary>b'.repeat(3_000)}${'</details>'.repeat(3_000)}`,
    ],
    ['titles without an end', '<details><summary>a\n'.repeat(5_000) + '</details>\n'.repeat(5_000)],
    ['nested folded text', `${'<details>\n'.repeat(9_000)}${'</details>\n'.repeat(9_000)}`],
    ['links to files', '[a](b.ts) '.repeat(18_000)],
    ['definitions', Array.from({ length: 9_000 }, (_, number) => `[${String(number)}]: a.ts`).join('\n')],
    ['bars in code', `|a|b|\n|-|-|\n${`|${'`|'.repeat(400)}\n`.repeat(200)}`],
    [
      'different formulas',
      Array.from({ length: 12_000 }, (_, number) => `$x_{${String(number)}}$`).join(' '),
    ],
    ['a megabyte of formulas', '\\(x^2\\) '.repeat(125_000)],
  ])('an answer of endless %s is shown', (_, text) => {
    expect(render(text).textContent.length).toBeGreaterThan(0);
  });

  test('whatever is in an answer, no element of it does more than show', () => {
    const part = fc.constantFrom(
      ...[
        '\\(',
        '\\)',
        '\\[',
        '\\]',
        '$',
        '$$',
        '\\begin{align}',
        '\\end{align}',
        '\\href{javascript:x}{',
        '}',
        '{',
        '\\',
      ],
      ...[
        '<b>',
        '</b>',
        '<sub>',
        '</sub>',
        '<br>',
        '<details>',
        '</details>',
        '<summary>',
        '</summary>',
        '\n',
        '\n\n',
      ],
      ...[
        '<img src=x onerror=alert(1)>',
        '<math>',
        '</math>',
        '<a href=javascript:x>',
        '`',
        '```',
        '|',
        '- ',
        '> ',
      ],
      ...[
        '[a](',
        'command:x',
        'javascript:x',
        'src/a.ts:1',
        'file:///etc/passwd',
        '//evil.example',
        ')',
        '*',
        '_',
        'x',
        ' ',
      ],
      ...['<!--', '-->', '"', "'", '&lt;', '\\text{', '<style>', '</mtext>'],
    );
    const elements = new Set(
      (
        'p,br,b,sub,div,span,code,pre,button,ul,ol,li,blockquote,table,thead,tbody,tr,th,td,em,strong,h1,h2,hr,details,' +
        'summary,a,s'
      ).split(','),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        for (const element of render(parts.join('')).querySelectorAll('*')) {
          if (element.closest('math') === null) expect(elements).toContain(element.localName);
          for (const name of element.getAttributeNames())
            expect(name).not.toMatch(/^(?:on|style$|src|id$|name$)/);
          expect(element.getAttribute('href') ?? 'https:').toMatch(/^(?:https?|mailto):/);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
