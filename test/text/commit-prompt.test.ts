import { describe, expect, test } from 'vitest';
import { commitMessageIn, commitMessagesFor } from '../../src/text/commit-prompt';

const question = { diff: '+let a = 1;', subjects: ['feat: add b', 'fix: mend c'], hint: '' };
const promptOf = (change: Partial<typeof question> = {}): string =>
  commitMessagesFor({ ...question, ...change })
    .map(({ text }) => text)
    .join('\n');

describe('what a model is asked', () => {
  test('has the changes, the style of the repository, and what the author noted', () => {
    expect(promptOf()).toContain('From git diff:\n```diff\n+let a = 1;\n```');
    expect(promptOf()).toContain('- feat: add b\n- fix: mend c\n');
    expect(promptOf()).not.toContain('noted');
    expect(promptOf({ hint: 'closes #12' })).toContain('must respect it:\ncloses #12');
  });

  test('knows a first commit', () => {
    expect(promptOf({ subjects: [] })).toContain('This is the first commit');
  });
});

test.each([
  ['as it is', 'Add a\n\nBecause of b.\n', 'Add a\n\nBecause of b.'],
  [
    'in a fence, with chatter',
    'Here it is:\n\n```text\nAdd a\n\nBecause.  \n```\nDone.',
    'Add a\n\nBecause.',
  ],
  ['in a fence of tildes', '~~~\nAdd a\n~~~', 'Add a'],
  ['in a fence that was cut off', '```\nAdd a\n\nBecause', 'Add a\n\nBecause'],
  ['in a fence with a shorter one', '````\nAdd a\n\n```\nb\n```\n````', 'Add a\n\n```\nb\n```'],
  ['with code in its body', 'Add a\n\n```ts\na(b);\n```', 'Add a\n\n```ts\na(b);\n```'],
  ['in quotation marks', '"Add a"', 'Add a'],
  ['in code marks', '`Add a`', 'Add a'],
  ['with marks inside only', 'Add "a" and `b`', 'Add "a" and `b`'],
  ['with a label', '**Commit message:** Add a', 'Add a'],
  ['with CRLF', 'Add a\r\n\r\nWhy', 'Add a\n\nWhy'],
  ['not there', ' \n', ''],
])('a message that is %s is found', (_, answer, message) => {
  expect(commitMessageIn(answer)).toBe(message);
});

test.each([
  ['marks before letters', (n: number) => `${'`'.repeat(n)}\n${'a'.repeat(n)}`],
  ['waves before letters', (n: number) => `${'~'.repeat(n)}\n${'a'.repeat(n)}`],
  ['waves before a mark', (n: number) => `${'~'.repeat(n)}\``],
  ['open fences', (n: number) => '```\n'.repeat(n)],
  ['stars', (n: number) => '*'.repeat(n)],
  ['spaces', (n: number) => `Subject${' '.repeat(n)}x`],
])('an answer of nothing but %s is read in no time', (_, answer) => {
  // Where a pattern goes back and forth this takes longer than a test may.
  expect(() => commitMessageIn(answer(50_000))).not.toThrow();
});
