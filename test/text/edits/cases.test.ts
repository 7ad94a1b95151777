import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Lines } from './edited';
import { edited } from './edited';

const folder = path.join(import.meta.dirname, '../../fixtures/edits');
const read = (kind: string, file: string): string => readFileSync(path.join(folder, kind, file), 'utf8');

/** The kind, the letter of its part, the language, and the lines that are asked about. */
const cases: readonly (readonly [kind: string, part: string, languageId: string, lines: Lines])[] = [
  ['think-fence', '', 'python', [4, 5]],
  ['fence-in-docstring', '', 'python', undefined],
  ['placeholder', '', 'typescript', undefined],
  ['placeholder', 'b-', 'python', undefined],
  ['placeholder', 'c-', 'typescript', undefined],
  ['search-replace-or-diff', 'a-', 'python', undefined],
  ['search-replace-or-diff', 'b-', 'python', undefined],
  ['search-replace-or-diff', 'c-', 'python', undefined],
  ['indentation', 'a-', 'python', [3, 5]],
  ['indentation', 'b-', 'python', [2, 3]],
  ['indentation', 'c-', 'shellscript', [2, 2]],
  ['indentation', 'd-', 'java', [2, 4]],
  ['blank-lines-lost', '', 'python', [1, 4]],
  ['blank-lines-lost', 'b-', 'python', [1, 4]],
  ['plain-forms', 'a-', 'typescript', [1, 1]],
  ['plain-forms', 'b-', 'typescript', [1, 1]],
  ['plain-forms', 'c-', 'typescript', [1, 1]],
  ['plain-forms', 'd-', 'typescript', [1, 1]],
  ['plain-forms', 'e-', 'typescript', [1, 1]],
  ['plain-forms', 'f-', 'typescript', [1, 1]],
  ['plain-forms', 'g-', 'markdown', undefined],
  ['plain-forms', 'h-', 'json', undefined],
  ['plain-forms', 'i-', 'typescript', [1, 1]],
];

describe('answers of test/fixtures/edits, accepted', () => {
  test.each(cases)('%s %s', (kind, part, languageId, lines) => {
    const document = read(kind, `${part}document.txt`);
    const { text, doubts } = edited(read(kind, `${part}answer.md`), document, lines, languageId);
    expect({ text, doubts }).toEqual({ text: read(kind, `${part}right.txt`), doubts: [] });
  });
});

test('a line of 300,000 characters is proposed whole', () => {
  const line = `let a = '${'x'.repeat(300_000)}';`;
  expect(
    edited(`\`\`\`ts\n${line}\n\`\`\``, 'let a = 1;\nlet b;\n', [1, 1]).text === `${line}\nlet b;\n`,
  ).toBe(true);
});
