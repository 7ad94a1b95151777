import { describe, expect, test } from 'vitest';
import type { CheckedText } from '../../src/text/secret-places';
import { secretPlaces } from '../../src/text/secret-places';
import { filesOf } from '../../src/text/shorten-diff';

const password = 'const password = "Kx72hunter!";';
const token = "const token = 'q8Zr2LmX0vB4nT6yW1cD5eF7';";
const lines = (checked: CheckedText) =>
  secretPlaces(checked).map(({ secret, file, line, removedLine }) => ({
    kind: secret.kind,
    file,
    ...(line !== undefined && { line }),
    ...(removedLine !== undefined && { removedLine }),
  }));

describe('the line of a place is that of the file', () => {
  test('in a whole file', () => {
    const text = `a\n${password}\n\r\nb\r\n${token}\r\n`;
    expect(lines({ label: 'src/a.ts', text })).toEqual([
      { kind: 'password', file: 'src/a.ts', line: 2 },
      { kind: 'key', file: 'src/a.ts', line: 5 },
    ]);
  });

  test('two in one line, and one in the first', () => {
    expect(lines({ label: 'a.ts', text: `${password} ${token}` }).map(({ line }) => line)).toEqual([1, 1]);
  });

  test('in a selection, and in a file that was cut', () => {
    expect(lines({ label: 'a.ts:30–31', text: `a\n${token}` })).toEqual([
      { kind: 'key', file: 'a.ts', line: 31 },
    ]);
    expect(lines({ label: 'a.ts (first 60,000 of 70,000 characters)', text: token })[0]?.line).toBe(1);
    expect(lines({ label: 'a.ts:30', text: `a\n${token}`, firstLine: 1 })[0]?.line).toBe(2);
  });

  test('in the hunks of a diff', () => {
    const diff = [
      'diff --git a/a.ts b/a.ts',
      'index 1..2 100644',
      '--- a/a.ts',
      '+++ b/a.ts',
      '@@ -10,3 +20,3 @@ function a() {',
      ' one',
      `-${password}`,
      `+${token}`,
      ' two',
      '@@ -40 +50,2 @@',
      ' three',
      `+${password}`,
      '',
    ].join('\n');
    const [file] = filesOf(diff);
    expect(lines({ label: 'a.ts', text: file?.text ?? '', isDiff: true })).toEqual([
      { kind: 'password', file: 'a.ts', removedLine: 11 },
      { kind: 'key', file: 'a.ts', line: 21 },
      { kind: 'password', file: 'a.ts', line: 51 },
    ]);
  });

  test('in a new file, which git does not print', () => {
    const text = `diff --git a/a.ts b/a.ts\nnew file\n+one\n+${token}`;
    expect(lines({ label: 'a.ts', text, isDiff: true })).toEqual([{ kind: 'key', file: 'a.ts', line: 2 }]);
  });

  test('and is not said where nobody knows it', () => {
    expect(lines({ label: 'a.ts', text: `what a tool prints\n${token}`, isDiff: true })).toEqual([
      { kind: 'key', file: 'a.ts' },
    ]);
  });
});

test('marks of a diff hide no key of several lines', () => {
  const begin = ['-----BEGIN', 'RSA', 'PRIVATE', 'KEY-----'].join(' ');
  const text = `@@ -0,0 +1,2 @@\n+${begin}\n+MIIEowIBAAKCAQEAx7J3SdoVwgP4\n`;
  expect(lines({ label: 'a.txt', text, isDiff: true })).toEqual([
    { kind: 'private-key', file: 'a.txt', line: 1 },
  ]);
});
