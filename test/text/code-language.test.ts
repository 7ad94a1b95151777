import { expect, test } from 'vitest';
import { languageIdOf } from '../../src/text/code-language';

const known = ['typescript', 'python', 'go', 'plaintext'];

test.each([
  ['ts', 'typescript'],
  ['Python', 'python'],
  ['golang', 'go'],
  ['go', 'go'],
  ['text', 'plaintext'],
  ['', 'plaintext'],
  ['rs', 'plaintext'],
  ['constructor', 'plaintext'],
])('%j at a fence is the language %s', (fence, id) => {
  expect(languageIdOf(fence, known)).toBe(id);
});
