import { describe, expect, test } from 'vitest';
import { withoutThoughts } from '../../../src/text/thoughts/without-thoughts';

describe('thoughts within a whole answer', () => {
  test.each([
    ['before it', '<think>Hm.</think>\n\nAdd a', 'Add a'],
    ['several, in other marks', '<thinking>One.</thinking>\n[THINK]Two.[/THINK]\nAdd a', 'Add a'],
    ['with their end alone', 'Hm.\n</think>\n\nAdd a', 'Add a'],
    ['with capitals, and letters that grow when they are made small', '<THINK>İİİ</Think>Add a', 'Add a'],
    ['that do not end', '<think>\nAdd a', ''],
    ['and nothing else', '<think>Hm.</think>\n', ''],
    ['none', 'Add a\n\nThe tag <think> is read.', 'Add a\n\nThe tag <think> is read.'],
  ])('%s', (_, answer, text) => {
    expect(withoutThoughts(answer)).toBe(text);
  });

  test.each([
    ['blocks', '<think></think>'],
    ['openings', '<think>'],
    ['ends', '</think>'],
    ['halves of marks', '<think '],
    ['blanks and ends of lines', ' \n'],
    ['lonely marks', '</'],
  ])('a long text of %s is read in no time', (_, piece) => {
    // Where each is looked for through all that follows, this takes longer than a test may.
    expect(() => withoutThoughts(piece.repeat(70_000))).not.toThrow();
  });
});
