import { expect, test } from 'vitest';
import { commandIn, readQuestion } from '../../src/text/slash-commands';

const pools = ['gpt', 'fast'];

test('a command asks its own question, before what the user wrote after it', () => {
  const { prompt, pool } = readQuestion('/tests with vitest', pools);
  expect(prompt).toMatch(/^Write tests for this code.*\n\nwith vitest$/s);
  expect(pool).toBeUndefined();
});

test('the name of a pool chooses it, with a command too and in any order', () => {
  expect(readQuestion('/fast Why?', pools)).toEqual({ prompt: 'Why?', pool: 'fast' });
  const expected = { prompt: expect.stringMatching(/^Explain this code/) as unknown, pool: 'fast' };
  expect(readQuestion('/fast /explain', pools)).toEqual(expected);
  expect(readQuestion('/explain /fast', pools)).toEqual(expected);
});

test.each(['/etc/hosts is broken', '/slow Why?', 'Why /fast?', '/', '/fast', '/constructor', ' a '])(
  '%j is a question as it stands',
  (text) => {
    expect(readQuestion(text, pools)).toEqual({ prompt: text.trim() });
  },
);

test.each([
  ['/explain', 'alone'],
  ['/fast /explain /fix', 'alone'],
  ['/tests with vitest', 'with-text'],
  ['/fast Why?', 'none'],
  ['Why /explain?', 'none'],
])('%j: the command is %s', (text, expected) => {
  expect(commandIn(text, pools)).toBe(expected);
});
