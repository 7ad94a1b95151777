import { describe, expect, test } from 'vitest';
import { codeLines, hashedCode, linesNotIn } from '../../../src/text/taken-code/code-of-answer';
import { hashableLines } from '../../../src/text/taken-code/hashable-lines';

describe('the lines of the code of an answer', () => {
  test('are those of its blocks, and none of its words', () => {
    expect(
      codeLines('Do it like this:\n\n```ts\na();\r\nb();\n```\nAnd then `c()`:\n```\nd();\n```'),
    ).toEqual(['a();', 'b();', 'd();']);
    expect(codeLines('No code at all.')).toEqual([]);
  });

  test('are those that a diff adds', () => {
    expect(codeLines('```diff\n context\n-old();\n+fresh();\n```')).toEqual(['fresh();']);
  });

  test('are there also where the answer was cut off', () => {
    expect(codeLines('```py\nfirst_line()\nsecond')).toEqual(['first_line()', 'second']);
  });
});

test('lines that stand in a text, however indented, are none of the answer’s own', () => {
  const lines = ['function add(a, b) {', '  return a + b;', '}', 'const added = add(1, 2);'];
  expect(linesNotIn('class X {\r\n    function add(a, b) {\r\n    }', lines)).toEqual([
    '  return a + b;',
    'const added = add(1, 2);',
  ]);
});

const code = ['const server = createServer(onRequest);', 'server.listen(portOfTheService);', '}'];

test('what is kept are hashes of the lines that tell', () => {
  expect(hashedCode(code, code)?.size).toBe(2);
});

test('an answer of which too little is its own is not kept', () => {
  expect(hashedCode(code, code.slice(1))).toBeUndefined();
  expect(hashedCode(['}', 'return;'], ['}', 'return;'])).toBeUndefined();
});

describe('lines with secrets', () => {
  const key = `sk-ant-api03-${'Zx9Qw7Er5Ty3Ui1Op8As6Df4Gh2Jk0Lm'.repeat(2)}-aaaaaaAA`;
  const secret = `const apiKey = "${key}";`;

  test('are none of those that may be hashed', () => {
    expect(hashableLines('src/a.ts', `first();\n${secret}\nlast();`)).toEqual(['first();', 'last();']);
  });

  test('of an answer are not kept', () => {
    expect(hashedCode([...code, secret], [...code, secret])?.size).toBe(2);
  });

  test('are all lines of a private key', () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n';
    const pem = `-----BEGIN PRIVATE KEY-----\n${body.repeat(6)}-----END PRIVATE KEY-----`;
    expect(hashableLines('notes.txt', `before\n${pem}\nafter`)).toEqual(['before', 'after']);
    expect(hashableLines('notes.txt', `before\n${pem.slice(0, 200)}`)).toEqual(['before']);
  });

  test('are all lines of a file that is named as such', () => {
    expect(hashableLines('app/.env', 'GREETING=hello')).toEqual([]);
  });
});
