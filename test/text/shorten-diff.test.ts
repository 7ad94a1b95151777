import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesOf, longestDiff, longestFileDiff, shortened } from '../../src/text/shorten-diff';
import { runs } from '../runs';

const diffOf = (name: string, lines: number): string =>
  `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n${'+a line of text\n'.repeat(lines)}`;

test('a diff is taken apart by its files, whatever their lines say', () => {
  const tricky = `${diffOf('a b.ts', 1)}+ diff --git a/x b/x\n`;
  const deleted = 'diff --git "a/\\303\\244.ts" "b/\\303\\244.ts"\ndeleted file mode 100644\n';
  const files = filesOf(tricky + deleted);
  expect(files.map(({ name }) => name)).toEqual(['a b.ts', 'ä.ts']);
  const readable = 'diff --git a/ä.ts b/ä.ts\ndeleted file mode 100644\n';
  expect(files.map(({ text }) => text).join('')).toBe(tricky + readable);
  expect(filesOf('')).toEqual([]);
});

test.each([
  ['other letters', 'diff --git i/src/a b.ts w/src/a b.ts', 'src/a b.ts'],
  ['no letters', 'diff --git src/a b.ts src/a b.ts', 'src/a b.ts'],
  ['other letters, renamed', 'diff --git i/a.ts w/b.ts', 'b.ts'],
  ['words', 'diff --git old/a.ts new/a.ts', 'a.ts'],
])('a name is known behind %s', (_, header, name) => {
  expect(filesOf(`${header}\n+x\n`).map((file) => file.name)).toEqual([name]);
});

test('one long line is cut between two characters', () => {
  const header = 'diff --git a/a.txt b/a.txt ';
  for (const odd of ['', 'x']) {
    const { text } = shortened([{ name: 'a.txt', text: `${header}${odd}${'😀'.repeat(longestFileDiff)}` }]);
    expect(text.isWellFormed()).toBe(true);
    expect(text).toMatch(/\(The first (11999|12000) of \d+ characters/);
  }
});

test('a short diff goes as it is', () => {
  const text = diffOf('a.ts', 2);
  const files = [{ name: 'a.ts', text }];
  expect(shortened(filesOf(text))).toEqual({ text: text.trimEnd(), files, cut: false });
});

test('a long file is cut at the end of a line, and says so', () => {
  const { text, cut } = shortened(filesOf(diffOf('long.ts', 5_000) + diffOf('short.ts', 1)));
  expect(cut).toBe(true);
  expect(text).toMatch(/\n\+a line of text\n\(The first \d+ of \d+ characters of this file’s changes\.\)\n/);
  expect(text).toContain('b/short.ts');
});

test('files that do not fit are named', () => {
  const files = Array.from({ length: 9 }, (_, index) => diffOf(`f${String(index)}.ts`, 600));
  const { text, cut } = shortened(filesOf(files.join('') + diffOf('small.ts', 1)));
  expect(cut).toBe(true);
  expect(text).toContain('Changed too, but too much to be shown here: f6.ts, f7.ts, f8.ts)');
  expect(text).toContain('b/small.ts');
});

test('files that nobody read are named too', () => {
  const { text, cut } = shortened(filesOf(diffOf('a.ts', 1)), ['new.ts']);
  expect(cut).toBe(true);
  expect(text).toContain('to be shown here: new.ts)');
});

test('what goes to a model is never much longer than the limit, whatever has changed', () => {
  const file = fc.record({ name: fc.stringMatching(/^[a-z]{1,20}$/), length: fc.nat(longestFileDiff * 3) });
  fc.assert(
    fc.property(fc.array(file, { maxLength: 300 }), (files) => {
      const { text } = shortened(files.map(({ name, length }) => ({ name, text: 'x'.repeat(length) })));
      expect(text.length).toBeLessThan(longestDiff + 3_000);
    }),
    { numRuns: runs(50) },
  );
});
