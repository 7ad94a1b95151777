import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileText, labelOfText, longestAttachment } from '../../src/text/file-text';
import { mostProblems, problemsText } from '../../src/text/problems-text';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the text of a file', () => {
  test('is what it says, in UTF-8 and UTF-16, without the mark', () => {
    expect(fileText(utf8('Grüße 👋'))).toEqual({ kind: 'text', text: 'Grüße 👋' });
    expect(fileText(utf8('\ufeffa'))).toEqual({ kind: 'text', text: 'a' });
    expect(fileText(Buffer.from('\ufeffGrüße', 'utf16le'))).toEqual({ kind: 'text', text: 'Grüße' });
    expect(fileText(new Uint8Array())).toEqual({ kind: 'text', text: '' });
  });

  test('a few bytes of another alphabet leave it a text', () => {
    expect(fileText(Buffer.from(`caf\xe9 and ${'words '.repeat(10)}`, 'latin1')).kind).toBe('text');
  });

  test.each([
    ['an image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]],
    ['bytes that are no UTF-8', [0xff, 0xd8, 0xff, 0xe0, 0x90, 0x91]],
  ])('%s is refused', (_name, bytes) => {
    expect(fileText(Uint8Array.from(bytes))).toEqual({ kind: 'binary' });
  });

  test('is cut where it is too long, never within a character, and its name says so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (shift) => {
        const whole = 'x'.repeat(shift) + '👋'.repeat(longestAttachment / 2);
        const file = fileText(utf8(whole));
        if (file.kind === 'binary') throw new Error('It is no text.');
        expect(file.text.isWellFormed()).toBe(true);
        expect(whole.startsWith(file.text)).toBe(true);
        expect(file.text.length).toBeGreaterThan(longestAttachment - 2);
        expect(file.kind).toBe(shift === 0 ? 'text' : 'cut');
      }),
    );
    const cut = fileText(utf8('y'.repeat(70_000)));
    expect(cut.kind !== 'binary' && labelOfText('big.log', cut)).toBe(
      'big.log (first 60,000 of 70,000 characters)',
    );
    expect(labelOfText('a.ts', { kind: 'text', text: 'a' })).toBe('a.ts');
  });
});

describe('the problems of a file', () => {
  const problem = {
    line: 3,
    column: 5,
    severity: 'warning',
    message: 'Unused.',
    source: 'ts 6133',
    code: '',
  } as const;

  test('stand with their place, source and line; errors first', () => {
    const error = {
      ...problem,
      line: 9,
      severity: 'error',
      message: 'Wrong.',
      source: '',
      code: '  f();',
    } as const;
    expect(problemsText([problem, error])).toBe(
      '9:5 error: Wrong.\n    f();\n3:5 warning: Unused. (ts 6133)',
    );
  });

  test('beyond the first hundred they are counted', () => {
    const many = Array.from({ length: mostProblems + 7 }, () => problem);
    expect(problemsText(many).split('\n')).toHaveLength(mostProblems + 1);
    expect(problemsText(many)).toMatch(/and 7 more\.$/);
  });

  test('a long line of code is cut between two characters', () => {
    for (const before of ['', 'y']) {
      expect(problemsText([{ ...problem, code: before + '👋'.repeat(500) }]).isWellFormed()).toBe(true);
    }
  });
});
