import { describe, expect, test } from 'vitest';
import { readBlock, readEdit } from '../../../src/text/edits/read-edit';
import { placeOf } from './edited';

/** A million characters, or about as many, of each. With a pattern that goes back, one of these takes longer than a test may. */
const many = 1_000_000;
const times = (text: string): string => text.repeat(Math.ceil(many / text.length));

const document = 'function f() {\n  return "a";\n}\n\n'.repeat(300);

describe('a million hostile characters are read in one go', () => {
  test.each([
    ['marks of a search', times('<')],
    ['searches', times('<<<<<<< SEARCH\n')],
    [
      'searches and what they put',
      times('<<<<<<< SEARCH\n  return "a";\n=======\n  return 1;\n>>>>>>> REPLACE\n'),
    ],
    ['a search that never ends', `<<<<<<< SEARCH\n${times('  return "a";\n')}`],
    ['one long search', `<<<<<<< SEARCH\n${times('}\n')}=======\n>>>>>>> REPLACE\n`],
    ['hunks', times('@@ -1 +1 @@\n-  return "a";\n+  return 1;\n')],
    ['a hunk', `@@ -1 +1 @@\n${times('+\n')}`],
    ['headers of hunks', `@@ -${times('1')}`],
    ['files', times('--- a\n+++ b\n')],
    ['signs', times('-\n+\n')],
    ['placeholders', times('// ...\n')],
    ['placeholders among code', times('// ... existing code ...\n  return "a";\n')],
    ['bodies left out', times('{ /* ... */ ')],
    ['numbers', times('1 | \n')],
    ['digits', times('1')],
    ['conflicts', times('<<<<<<< a\n=======\n>>>>>>> b\n')],
    ['thoughts', times('<think>a')],
    ['thoughts that end', times('<think>\n</think>\n')],
    ['blanks behind a thought', `<think>a</think>${times(' ')}`],
    ['attributes of a thought', `<think ${times('a ')}`],
    ['quotes', times('"')],
    ['escaped quotes', `"${times('\\"')}`],
    ['quotes of all kinds', times('"\'`"""')],
    ['here-documents', times('cat <<A <<B\n')],
    ['braces', times('{')],
    ['braces and lines', times('{\n')],
    ['lines of the file', times('function f() {\n  return "a";\n}\n')],
    ['the beginning of the file', document.slice(0, 4_000) + times('x\n')],
    ['margins', Array.from({ length: 1_400 }, (_, index) => ' '.repeat(index)).join('x\n')],
    ['blanks', times(' ')],
    ['blank lines', `a${times('\n')}b`],
    ['fences', times('```\n')],
    ['fences with languages', times('```ts\n')],
    ['fences in a line', times('``` ')],
    ['fences glued to text', times('a:```\n')],
    ['list items', times('- ')],
    ['colons', times('a:')],
    ['brackets', times('f(')],
    ['words', times('some words and more of them ')],
    ['sentences', times('Some words, and more of them:\n')],
    ['tags', times('<code>\n')],
    ['tabs and blanks', times(' \tx\n')],
    ['line ends of all kinds', times('a\r\n\rb\n')],
  ])('%s', (_name, text) => {
    const place = placeOf(document, [601, 603], 'typescript', 'a.ts');
    const { text: read } = readEdit(text, place, true);
    expect(read === undefined || typeof read === 'string').toBe(true);
    const part = text.slice(0, many / 20);
    expect(readEdit(part, place, false).doubts).toEqual([]);
    for (const languageId of ['python', 'shellscript', 'markdown']) {
      const other = placeOf(document, [601, 603], languageId);
      expect(readEdit(`\`\`\`\n${part}`, other, true).doubts.length).toBeLessThan(11);
    }
    expect(readBlock(part, placeOf(document, [1, 3], 'go')).doubts.length).toBeLessThan(11);
  });

  test.each([
    ['lines that are all the same', times('x\n'), '```\nx\nx\n```'],
    ['a search in them', times('x\n'), `<<<<<<< SEARCH\n${'x\n'.repeat(2_000)}=======\ny\n>>>>>>> REPLACE`],
    ['a placeholder for them', times('x\n'), '```\nx\n// ... existing code ...\nx\n```'],
    ['one long line', times('x'), '```\ny\n```'],
  ])('a document of %s', (_name, text, answer) => {
    const place = placeOf(text, [1, Math.min(1_000, text.split('\n').length)], 'typescript');
    expect(readEdit(answer, place, true).doubts.length).toBeLessThan(11);
  });
});
