import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDecodedLines } from '../../src/text/decoded-diff';
import { filesOf, shortened } from '../../src/text/shorten-diff';
import { runs } from '../runs';

const read = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../fixtures/commit/diffs', name), 'utf8');
const namesIn = (diff: string): readonly string[] => filesOf(diff).map(({ name }) => name);

describe('a diff in another of git’s forms', () => {
  test('a submodule, a rename with blanks, other letters, a binary file, a file in a folder', () => {
    const diff = read('usual.diff');
    const names = ['.gitmodules', 'lib', 'new name.txt', 'näive café.txt', 'pic.bin', 'secret dir/.env'];
    expect(namesIn(diff)).toEqual(names);
    const { text, cut } = shortened(filesOf(diff));
    expect(cut).toBe(false);
    for (const name of names) expect(text).toContain(name);
    expect(text).toContain('rename from old name.txt');
  });

  test('a merge that is not resolved: both files are there', () => {
    const diff = read('merge.diff');
    expect(namesIn(diff)).toEqual(['conflict.txt', 'plain.txt']);
    expect(shortened(filesOf(diff)).text).toBe(diff.trimEnd());
  });

  test('of five such files of 6,000 characters none is lost in silence', () => {
    const names = Array.from({ length: 5 }, (_, at) => `file ${String(at)}.txt`);
    for (const head of ['--cc ', '--combined ']) {
      const diff = names.map(
        (name) => `diff ${head}${name}\n@@@ -1,1 -1,1 +1,5 @@@\n${'++a line\n'.repeat(660)}`,
      );
      const { text, cut } = shortened(filesOf(diff.join('')));
      expect([cut, text.length]).toEqual([false, diff.join('').trimEnd().length]);
    }
    const many = Array.from(
      { length: 40 },
      (_, at) => `diff --cc f${String(at)}\n@@@ -1 -1 +1 @@@\n${'++a line\n'.repeat(660)}`,
    );
    const { text, cut } = shortened(filesOf(many.join('')));
    expect(cut).toBe(true);
    for (let at = 0; at < 40; at += 1) expect(text).toMatch(new RegExp(`\\bf${String(at)}\\b`));
  });

  test.each([
    [
      'files in conflict beside what is staged',
      '* Unmerged path a b.txt\ndiff --git a/c.ts b/c.ts\n@@ -1 +1 @@\n-a\n+b\n* Unmerged path "\\303\\244"\n',
      ['a b.txt', 'c.ts', 'ä'],
    ],
    [
      'words before the names',
      'diff --git old/a b.ts new/a b.ts\n--- old/a b.ts\n+++ new/a b.ts\n@@ -1 +1 @@\n-a\n+b\n',
      ['a b.ts'],
    ],
    ['modes alone', 'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n', ['run.sh']],
    [
      'an empty file',
      'diff --git a/empty b/empty\nnew file mode 100644\nindex 0000000..e69de29\n',
      ['empty'],
    ],
    [
      'a deleted file',
      'diff --git a/x y/z b/x y/z\ndeleted file mode 100644\n--- a/x y/z\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n',
      ['x y/z'],
    ],
    ['a copy', 'diff --git a/a b/b c\nsimilarity index 90%\ncopy from a\ncopy to b c\n', ['b c']],
    [
      'a rename to other letters',
      'diff --git a/a b.txt "b/\\303\\244 \\"b\\".txt"\nsimilarity index 100%\nrename from a b.txt\nrename to "\\303\\244 \\"b\\".txt"\n',
      ['ä "b".txt'],
    ],
    [
      'a name that repeats what stands between names',
      'diff --git a/x b/y b/x b/y\nold mode 100644\nnew mode 100755\n',
      ['x b/y'],
    ],
    [
      'a name with a tab and a letter of before Unicode',
      'diff --git "a/t\\tab\\351" "b/t\\tab\\351"\nold mode 100644\nnew mode 100755\n',
      ['t\tabé'],
    ],
    [
      'settings of colours',
      '\u001b[1mdiff --git a/a.ts b/a.ts\u001b[m\n\u001b[36m@@ -1 +1 @@\u001b[m\n\u001b[31m-a\u001b[m\n\u001b[1mdiff --git a/b.ts b/b.ts\u001b[m\n',
      ['a.ts', 'b.ts'],
    ],
    [
      'submodules as a log',
      'Submodule my lib 1111111..2222222:\n  > Add a\ndiff --git a/a b/a\nold mode 100644\nnew mode 100755\nSubmodule other contains modified content\n',
      ['my lib', 'a', 'other'],
    ],
    [
      'lines with other ends',
      'diff --git a/a b/a\n@@ -1 +1 @@\n+a\rdiff --git a/b b/b\u2028diff --git a/c b/c\n',
      ['a'],
    ],
    [
      'lines of a file that read as a diff',
      'diff --git a/a b/a\n@@ -1,2 +1,2 @@\n diff --git a/b b/b\n+* Unmerged path c\n',
      ['a'],
    ],
  ])('%s', (_, diff, names) => {
    expect(namesIn(diff)).toEqual(names);
  });

  test('colours are no part of what is sent', () => {
    const [file] = filesOf('\u001b[1mdiff --git a/a b/a\u001b[m\n\u001b[32m+\u001b[m\u001b[32ma\u001b[m\n');
    expect(file?.text).toBe('diff --git a/a b/a\n+a\n');
  });

  test('files in conflict are named, however many', () => {
    const { text } = shortened(filesOf(read('merge.diff')), [], ['conflict.txt', 'gone.txt']);
    expect(text).toMatch(/\n\(In conflict, and not resolved yet: conflict\.txt, gone\.txt\)$/);
  });

  test('nothing of it is lost, whatever it says', () => {
    const line = fc.constantFrom(
      'diff --git a/a b/a',
      'diff --cc a',
      '* Unmerged path a',
      '@@ -1 +1 @@',
      '+a',
      '"',
      '\r',
      '',
      'x',
    );
    fc.assert(
      fc.property(
        fc.array(line).map((lines) => lines.join('\n')),
        (diff) => {
          expect(
            filesOf(diff)
              .map(({ text }) => text)
              .join('')
              .replaceAll(/\s/g, ''),
          ).toBe(diff.replaceAll(/\s/g, ''));
        },
      ),
      { numRuns: runs(500) },
    );
  });

  test.each(['diff --git ', 'diff --git a/', '"\\', '" "', ' a/', '\u001b[', 'Submodule a ', '\n'])(
    'many signs of %j are read in no time',
    (each) => {
      const many = each.repeat(300_000 / each.length);
      for (const diff of [
        many,
        `diff --git ${many}`,
        `diff --git a "${many}"\nrename to "${many}"`,
        `Submodule ${many}`,
      ])
        expect(() => filesOf(diff)).not.toThrow();
    },
  );
});

describe('a diff of bytes in another encoding', () => {
  const diff = [
    'diff --git a/a.txt b/a.txt',
    '@@ -1,3 +1,3 @@ caf\ufffd',
    ' one',
    '-caf\ufffd',
    '+th\ufffd',
    ' d\ufffdj\ufffd',
    '@@ -9,1 +9,2 @@',
    ' nine',
    '+\ufffd',
  ].join('\n');
  const lines = (first: string, more: readonly string[] = []): string =>
    ['one', first, 'déjà', '4', '5', '6', '7', '8', 'nine', ...more].join('\n');

  test('has the lines as they stand in the file', () => {
    const right = diff
      .replace('-caf\ufffd', '-café')
      .replace('+th\ufffd', '+thé')
      .replace('d\ufffdj\ufffd', 'déjà')
      .replace('+\ufffd', '+ß')
      .replace(' caf\ufffd', '');
    expect(withDecodedLines(diff, { before: lines('café'), after: lines('thé', ['ß']) })).toBe(right);
  });

  test('a side that can’t be read leaves its lines', () => {
    const half = withDecodedLines(diff, { before: undefined, after: lines('thé') });
    expect(half).toContain('-caf\ufffd\n+thé\n déjà\n');
    expect(half).toContain('+\ufffd');
  });

  test('a line that is another one meanwhile stays', () => {
    const other = { before: lines('tea'), after: lines('tea') };
    expect(withDecodedLines(diff, other)).toContain('-caf\ufffd\n+th\ufffd\n déjà\n');
  });

  test('a line that lost nothing stays, whatever the file says', () => {
    expect(withDecodedLines(diff, { before: '', after: '' })).toContain('\n one\n');
  });
});
