import { describe, expect, test } from 'vitest';
import { edited } from './edited';

const shop = `class Cart {
  private items: Item[] = [];

  add(item: Item): void {
    this.items.push(item);
  }

  total(): number {
    let sum = 0;
    for (const item of this.items) sum += item.price;
    return sum;
  }

  clear(): void {
    this.items = [];
  }
}
`;

/** What becomes of a document, of which nothing is doubtful. */
function sure(
  answer: string,
  document: string,
  languageId: string,
  selected?: readonly [number, number],
): string {
  const { text, doubts } = edited(answer, document, selected, languageId);
  expect(doubts).toEqual([]);
  return text;
}

describe('a placeholder for code that was left out', () => {
  const rounded = shop.replace('return sum;', 'return Math.round(sum);');
  const total =
    '  total(): number {\n    let sum = 0;\n    for (const item of this.items) sum += item.price;\n    return Math.round(sum);\n  }';
  test.each([
    [
      'before and behind',
      `class Cart {\n  // ... existing code ...\n\n${total}\n\n  // ... existing code ...\n}`,
    ],
    [
      'in other words',
      `class Cart {\n  // ... (other members stay as they are)\n\n${total}\n\n  // ... rest of the class remains unchanged\n}`,
    ],
    ['nothing but dots', `class Cart {\n  ...\n\n${total}\n\n  ...\n}`],
    ['one sign for three dots', `class Cart {\n  // …\n\n${total}\n\n  // …\n}`],
    ['a comment of a block', `class Cart {\n  /* ... existing code ... */\n\n${total}\n\n  /* ... */\n}`],
    [
      'in another language',
      `class Cart {\n  // ... übriger Code unverändert ...\n\n${total}\n\n  // ... остальной код ...\n}`,
    ],
    [
      'without dots',
      `class Cart {\n  // existing code remains the same\n\n${total}\n\n  // rest of the code unchanged\n}`,
    ],
    [
      'within the method too',
      `class Cart {\n  // ... existing code ...\n\n  total(): number {\n    // ... existing code ...\n    return Math.round(sum);\n  }\n\n  // ... existing code ...\n}`,
    ],
  ])('gives way to what it stands for: %s', (_name, code) => {
    expect(sure(`\`\`\`ts\n${code}\n\`\`\``, shop, 'typescript')).toBe(rounded);
  });

  test('at the ends of what was selected it stands for what is around it', () => {
    expect(
      sure(
        `\`\`\`ts\n// ... existing code ...\n${total}\n// ... existing code ...\n\`\`\``,
        shop,
        'typescript',
        [8, 12],
      ),
    ).toBe(rounded);
  });

  test('of the whole file, where a method was selected', () => {
    const code = `class Cart {\n  // ... existing code ...\n\n${total}\n\n  // ... existing code ...\n}`;
    expect(sure(`\`\`\`ts\n${code}\n\`\`\``, shop, 'typescript', [8, 12])).toBe(rounded);
  });

  test.each([
    ['python', '    # ... rest of the function unchanged ...'],
    ['python', '    # [unchanged code]'],
    ['python', '    # ... (same as before)'],
  ])('in %s: %s', (languageId, placeholder) => {
    const document = 'def total(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n\n';
    const answer = `\`\`\`python\ndef total(xs):\n    n = 10\n${placeholder}\n\`\`\``;
    expect(sure(answer, document, languageId)).toBe(document.replace('n = 0', 'n = 10'));
  });

  test.each([
    [
      'html',
      '<ul>\n  <!-- ... existing items ... -->\n</ul>\n<p>c</p>',
      '<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>',
    ],
    ['sql', 'select a,\n  -- ... existing columns ...\nfrom t\nwhere d', 'select a,\n  b,\n  c\nfrom t'],
    ['shellscript', 'set -e\n# ... existing code ...\nexit 0\ntrue', 'set -e\necho a\necho b\nexit 0'],
    [
      'typescriptreact',
      '<A>\n  {/* ... existing children ... */}\n</A>\n<D />',
      '<A>\n  <B />\n  <C />\n</A>',
    ],
    ['lua', 'f(\n  -- ... rest of the arguments ...\n)\nh()', 'f(\n  a,\n  b\n)'],
  ])('in %s', (languageId, answer, code) => {
    const added = answer.split('\n').at(-1) ?? '';
    expect(sure(`\`\`\`\n${answer}\n\`\`\``, `${code}\n`, languageId)).toBe(`${code}\n${added}\n`);
  });

  test('a line beside it that may be new, or another version of the one that is there, is said', () => {
    const answer = '```sh\nset -eu\n# ... existing code ...\n```';
    expect(edited(answer, 'set -e\necho a\n', undefined, 'shellscript').doubts).toEqual(['placeholder']);
  });

  test('a new line beside it is put in', () => {
    const code = 'class Cart {\n  private coupons: string[] = [];\n  // ... existing code ...\n}';
    const text = edited(`\`\`\`ts\n${code}\n\`\`\``, shop, undefined, 'typescript').text;
    for (const line of shop.split('\n')) expect(text.split('\n')).toContain(line);
    expect(text).toContain('coupons');
  });

  test.each([
    [
      'nothing of it is known',
      'class Basket {\n  // ... existing code ...\n  size() {}\n}'
        .replace('class Basket {', 'struct X')
        .replace('\n}', ''),
    ],
    [
      'two stand for the same',
      'class Cart {\n  // ... existing code ...\n  size(): number { return 1; }\n  // ... existing code ...\n}',
    ],
    ['a body within a line', 'class Cart {\n  total(): number { /* ... */ }\n}'],
  ])('that can’t be placed is said: %s', (_name, code) => {
    expect(edited(`\`\`\`ts\n${code}\n\`\`\``, shop, undefined, 'typescript').doubts).toContain(
      'placeholder',
    );
  });

  test('a comment with dots that was there is code, as are ellipses of the language', () => {
    const code = 'function open(a) {\n  // ... and so on\n  return a;\n}\n';
    const now = code.replace('return a', 'return a + 1');
    expect(sure(`\`\`\`ts\n${now}\`\`\``, code, 'typescript')).toBe(now);
    const proto = 'class P:\n    def f(self) -> int: ...\n';
    const more = `${proto}    def g(self) -> int:\n        ...\n`;
    expect(sure(`\`\`\`python\n${more}\`\`\``, proto, 'python')).toBe(more);
    const spread = 'const a = [...b];\n';
    expect(sure('```ts\nconst a = [...b, ...c];\nf(...a);\n```', spread, 'typescript')).toBe(
      'const a = [...b, ...c];\nf(...a);\n',
    );
  });

  test('a new comment that only sounds like one is kept', () => {
    const code = 'let a = 1;\nlet b = 2;\n';
    const now = 'let a = 1;\n// keep the previous code style here\nlet b = 3;';
    expect(sure(`\`\`\`ts\n${now}\n\`\`\``, code, 'typescript')).toBe(`${now}\n`);
  });
});

describe('code that is gone without a word', () => {
  const long = Array.from({ length: 12 }, (_, index) => `  step${String(index)}(value);`).join('\n');
  const run = `function run(value) {\n${long}\n  return value;\n}\n`;
  test.each([
    [
      'a body that says to do it',
      'javascript',
      run,
      'function run(value, log) {\n  // TODO: write it\n  return value;\n}',
    ],
    [
      'an error in the place of a body',
      'javascript',
      run,
      "function run(value, log) {\n  throw new Error('not implemented');\n}",
    ],
    ['pass', 'python', 'def f(a):\n    b = a\n    c = b\n    return c\n', 'def f(a, b=None):\n    pass'],
    ['three dots', 'python', 'def f(a):\n    b = a\n    c = b\n    return c\n', 'def f(a, b=None):\n    ...'],
    [
      'a macro',
      'rust',
      'fn f(a: u8) -> u8 {\n    let b = a;\n    let c = b;\n    c\n}\n',
      'fn f(a: u16) -> u8 {\n    todo!()\n}',
    ],
    ['a line from the middle alone', 'javascript', run, '  step3(value, 4);\n  step4(value);'],
    [
      'the beginning alone',
      'javascript',
      run,
      'function run(value, log) {\n  step0(value);\n  step1(value);\n}',
    ],
    [
      'a body without its head',
      'python',
      'def f(a):\n    b = a\n    return b\n',
      '    b = a\n    return b + 1',
    ],
  ])('is said: %s', (_name, languageId, document, code) => {
    expect(edited(`\`\`\`\n${code}\n\`\`\``, document, undefined, languageId).doubts).toContain('lost');
  });

  test.each([
    ['a line that is deleted', 'javascript', run, run.replace('  step3(value);\n', '')],
    [
      'a block that is taken out of its condition',
      'javascript',
      'if (a) {\n  b();\n  c();\n}\n',
      'b();\nc();\n',
    ],
    [
      'a stub that was there',
      'python',
      'def f():\n    pass\n\n\ndef g():\n    pass\n',
      'def f(a):\n    pass\n\n\ndef g():\n    pass\n',
    ],
    ['a note beside code that stays', 'javascript', run, run.replace('  step3', '  // TODO: check\n  step3')],
    [
      'a shorter way to say it',
      'python',
      'r = []\nfor x in xs:\n    r.append(x)\nprint(r)\n',
      'r = list(xs)\nprint(r)\n',
    ],
  ])('is asked for: %s', (_name, languageId, document, code) => {
    expect(sure(`\`\`\`\n${code}\`\`\``, document, languageId)).toBe(code);
  });

  test.each([
    ['a brace too few', 'if (a) {\n  b(1);\n'],
    ['a brace too many', 'if (a) {\n  b(1);\n}\n}\n'],
  ])('a bracket that no longer fits is said: %s', (_name, code) => {
    const document = 'function f(a) {\n  if (a) {\n    b();\n  }\n  c();\n}\n';
    expect(edited(`\`\`\`\n${code}\`\`\``, document, [2, 4], 'javascript').doubts).toContain('unbalanced');
  });

  test('a bracket that was missing may come', () => {
    const document = 'function f(a) {\n  if (a) {\n    b();\n  c();\n}\n';
    const { doubts } = edited('```\n  if (a) {\n    b();\n  }\n```', document, [2, 3], 'javascript');
    expect(doubts).toEqual([]);
  });
});
