import { describe, expect, test } from 'vitest';
import { edited } from './edited';

const add = `function add(a, b) {
  return a + b;
}

function twice(a) {
  return a * 2;
}
`;

/** The lines 1 to 3 of `add` get another body; nothing is doubtful. */
function sums(answer: string): void {
  const { text, doubts } = edited(answer, add, [1, 3], 'javascript', 'math.js');
  expect(doubts).toEqual([]);
  expect(text).toBe(add.replace('a + b', 'sum(a, b)'));
}

const old = add.split('\n\n', 1)[0] ?? '';
const now = 'function add(a, b) {\n  return sum(a, b);\n}';

describe('which of several blocks is the code', () => {
  test.each([
    ['old and new', `Before:\n\`\`\`js\n${old}\n\`\`\`\nAfter:\n\`\`\`js\n${now}\n\`\`\``],
    [
      'old, new and how it is used, which is longer',
      `\`\`\`js\n${old}\n\`\`\`\n\`\`\`js\n${now}\n\`\`\`\nUse it:\n\`\`\`js\nimport { test } from 'vitest';\n\ntest('it adds up', () => {\n  expect(add(1, 2)).toBe(3);\n  expect(add(2, 2)).toBe(4);\n  expect(add(-1, 1)).toBe(0);\n});\n\`\`\``,
    ],
    [
      'a shell before it',
      `\`\`\`bash\nnpm install sum --save-exact --no-audit --no-fund\n\`\`\`\n\`\`\`js\n${now}\n\`\`\``,
    ],
    [
      'what it prints behind it',
      `\`\`\`\n${now}\n\`\`\`\nIt prints:\n\`\`\`console\n1 + 1 = 2\n1 + 2 = 3\n1 + 3 = 4\n1 + 4 = 5\n\`\`\``,
    ],
    [
      'another file that has to change',
      `sum.js:\n\`\`\`js\nexport function sum(a, b) {\n  // kept apart, so that it can be replaced\n  return a - -b;\n}\n\`\`\`\nmath.js:\n\`\`\`js\n${now}\n\`\`\``,
    ],
    [
      'a path behind the language',
      `\`\`\`js:src/sum.js\nexport function sum(a, b) {\n  return a - -b;\n}\n\`\`\`\n\`\`\`js:src/math.js\n${now}\n\`\`\``,
    ],
    ['a title at the fence', `\`\`\`js title="src/math.js" {2}\n${now}\n\`\`\``],
    ['line numbers and a path at the fence', `\`\`\`1:3:src/math.js\n${now}\n\`\`\``],
    ['the path in the first line', `\`\`\`js\n// src/math.js\n${now}\n\`\`\``],
    [
      'a part of it, and what comes there',
      'Replace\n```js\n  return a + b;\n```\nwith\n```js\n  return sum(a, b);\n```\n',
    ],
    ['the same one twice', `\`\`\`js\n${now}\n\`\`\`\nAgain, whole:\n\`\`\`js\n${now}\n\`\`\``],
  ])('%s', (_name, answer) => {
    sums(answer);
  });

  test('of two versions the last one is taken, and that is said', () => {
    const wrong = now.replace('sum', 'som');
    const answer = `\`\`\`js\n${wrong}\n\`\`\`\nOh no, that has a slip of the pen.\n\`\`\`js\n${now}\n\`\`\``;
    const { text, doubts } = edited(answer, add, [1, 3], 'javascript');
    expect(text).toBe(add.replace('a + b', 'sum(a, b)'));
    expect(doubts).toEqual(['versions']);
  });
});

describe('how models fence their code', () => {
  test.each([
    ['a longer fence', `\`\`\`\`\`js\n${now}\n\`\`\`\`\``],
    ['a closing fence that is longer', `\`\`\`js\n${now}\n\`\`\`\`\``],
    ['waves of another length', `~~~~ js\n${now}\n~~~~`],
    ['attributes', `\`\`\`{.js .numberLines}\n${now}\n\`\`\``],
    ['glued to what is before', `Here it is:\`\`\`js\n${now}\n\`\`\``],
    ['glued to what is behind', `\`\`\`js\n${now}\`\`\``],
    ['with words behind the closing one', `\`\`\`js\n${now}\n\`\`\` That is all there is to it.`],
    ['code in the line of the fence', `\`\`\`function add(a, b) {\n  return sum(a, b);\n}\n\`\`\``],
    ['code behind the language', `\`\`\`js function add(a, b) {\n  return sum(a, b);\n}\n\`\`\``],
    [
      'an item of a list',
      `1. Do this:\n\n   \`\`\`js\n   ${now.replaceAll('\n', '\n   ')}\n   \`\`\`\n2. Done.`,
    ],
    ['in the line of an item', `- \`\`\`js\n  ${now.replaceAll('\n', '\n  ')}\n  \`\`\``],
    ['indented, its code is not', `  \`\`\`js\n${now}\n  \`\`\``],
    [
      'a mark of the byte order, Windows’ line ends',
      `\ufeff\`\`\`js\r\n${now.replaceAll('\n', '\r\n')}\r\n\`\`\``,
    ],
    ['no fence', now],
    ['no fence, announced', `Here is the changed function:\n\n${now}`],
    ['no fence, words behind', `${now}\n\nIt uses the sum of the library now.`],
    ['tags in the place of fences', `<code>\n${now}\n</code>`],
    ['language in capitals', `\`\`\`JavaScript\n${now}\n\`\`\``],
  ])('%s', (_name, answer) => {
    sums(answer);
  });

  test('code in one line between fences', () => {
    expect(edited('```ts let a = 3;```', 'let a = 1;\nlet b;\n', [1, 1]).text).toBe('let a = 3;\nlet b;\n');
    expect(edited('```let a = 3;```', 'let a = 1;\n').text).toBe('let a = 3;\n');
  });

  test.each([
    ['a refusal', 'I would rather not change that line, since it does what it is for.'],
    ['a question', 'Which of the two functions do you want to have changed?'],
    ['nothing at all', '\n\n'],
    ['an empty block', '```js\n\n```'],
    ['a fence that has just opened', 'Sure, here you have it:\n```js'],
  ])('nothing is proposed of %s', (_name, answer) => {
    expect(edited(answer, add, [1, 3], 'javascript')).toEqual({ text: add, doubts: [], proposed: false });
  });
});
