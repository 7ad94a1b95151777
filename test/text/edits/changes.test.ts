import { describe, expect, test } from 'vitest';
import type { Doubt } from '../../../src/text/edits/doubt';
import type { Lines } from './edited';
import { edited } from './edited';

const document = `import os


def load(path):
    with open(path) as file:
        text = file.read()
    return text


def save(path, text):
    with open(path, "w") as file:
        file.write(text)
    return text
`;
/** Of both functions. */
const changed = document
  .replace('def load(path)', 'def load(path, mode="r")')
  .replace('open(path)', 'open(path, mode)');

/** The lines 4 to 7 get another argument. */
function loads(answer: string, selected: Lines = [4, 7], doubts: readonly Doubt[] = []): void {
  expect(edited(answer, document, selected, 'python', 'files.py')).toEqual({
    text: changed,
    doubts,
    proposed: true,
  });
}

/** Nothing is proposed, and the user is told why. */
function saysWhy(answer: string, doubts: readonly Doubt[], selected: Lines = [4, 7]): void {
  expect(edited(answer, document, selected, 'python', 'files.py')).toEqual({
    text: document,
    doubts,
    proposed: false,
  });
}

const search = `def load(path):
    with open(path) as file:`;
const replace = `def load(path, mode="r"):
    with open(path, mode) as file:`;

describe('SEARCH/REPLACE blocks', () => {
  const block = (old: string, now: string) => `<<<<<<< SEARCH\n${old}\n=======\n${now}\n>>>>>>> REPLACE`;
  test.each([
    ['bare', block(search, replace)],
    ['in a fence, with its file above', `files.py\n\`\`\`python\n${block(search, replace)}\n\`\`\``],
    ['its file within the fence', `\`\`\`\nfiles.py\n${block(search, replace)}\n\`\`\``],
    [
      'with a fence inside',
      `files.py\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\``,
    ],
    ['dashes and pluses', `------- SEARCH\n${search}\n=======\n${replace}\n+++++++ REPLACE`],
    [
      'line numbers of their own',
      `<<<<<<< SEARCH\n:start_line:4\n:end_line:5\n-------\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`,
    ],
    ['other names', `<<<<<<< ORIGINAL\n${search}\n=======\n${replace}\n>>>>>>> UPDATED`],
    ['six and nine marks', `<<<<<< SEARCH\n${search}\n=========\n${replace}\n>>>>>>>>> REPLACE`],
    ['no name at the end', `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>>`],
    ['a fence glued to it', `\`\`\`<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\``],
    ['blank lines around', block(`\n${search}\n`, `\n${replace}\n`)],
    ['blanks at the ends of lines', block(search.replaceAll('\n', '   \n'), replace)],
    ['without the margin of all', block(search.replaceAll(/^ {4}/gm, ''), replace.replaceAll(/^ {4}/gm, ''))],
    [
      'one for each line',
      `${block('def load(path):', 'def load(path, mode="r"):')}\n\n${block('    with open(path) as file:', '    with open(path, mode) as file:')}`,
    ],
    ['tags around', `<diff>\n${block(search, replace)}\n</diff>`],
    [
      'a part of a line',
      `${block('load(path)', 'load(path, mode="r")')}\n${block('open(path) as', 'open(path, mode) as')}`,
    ],
  ])('%s', (_name, answer) => {
    loads(answer);
  });

  test('further in than it stands in the file', () => {
    const inClass = document.replaceAll(/^(?=[^\n])/gm, '    ');
    const { text } = edited(block(search, replace), inClass, [4, 7], 'python');
    expect(text).toBe(changed.replaceAll(/^(?=[^\n])/gm, '    '));
  });

  test('what is to be found nowhere is left out, and that is said', () => {
    saysWhy(block('def lod(path):', 'def load(path, mode="r"):'), ['unplaced']);
    const both = `${block(search, replace)}\n${block('    return txt', '    return None')}`;
    loads(both, undefined, ['unplaced']);
  });

  test('of other lines than those in question: left out, and said', () => {
    saysWhy(block('def save(path, text):', 'def save(path):'), ['outside']);
    loads(`${block(search, replace)}\n${block('def save(path, text):', 'def save(path):')}`, undefined, [
      'outside',
    ]);
  });

  test('what fits several places: a line’s number decides, else the first, and that is said', () => {
    const twice = block('    return text', '    return None');
    const first = edited(twice, document, undefined, 'python');
    expect(first.doubts).toEqual(['ambiguous']);
    const numbered = `<<<<<<< SEARCH\n:start_line:13\n-------\n    return text\n=======\n    return None\n>>>>>>> REPLACE`;
    const { text, doubts } = edited(numbered, document, undefined, 'python');
    expect(doubts).toEqual([]);
    expect(text).toBe(document.replace(/return text\n$/, 'return None\n'));
  });

  test('one that is cut off is left out, and that is said', () => {
    const cut = block('    return text', '').split('=======')[0] ?? '';
    loads(`${block(search, replace)}\n${cut}`, undefined, ['unplaced']);
  });

  test('an empty file is filled', () => {
    expect(edited(block('', 'a = 1'), '', undefined, 'python').text).toBe('a = 1');
  });

  test('lines are deleted', () => {
    const { text } = edited(
      block('    text = file.read()', ''),
      'def f():\n    text = file.read()\n    return 1\n',
      [1, 3],
      'python',
    );
    expect(text.replace('\n\n', '\n')).toBe('def f():\n    return 1\n');
  });

  test('code that is about such blocks is code', () => {
    const prompt = 'const example = `\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n`;\n';
    const { text } = edited(`\`\`\`ts\n${prompt.replace('\nb\n', '\nc\n')}\`\`\``, prompt);
    expect(text).toBe(prompt.replace('\nb\n', '\nc\n'));
  });
});

describe('diffs', () => {
  const body = `-def load(path):
-    with open(path) as file:
+def load(path, mode="r"):
+    with open(path, mode) as file:
         text = file.read()`;
  test.each([
    [
      'with files and right numbers',
      `\`\`\`diff\n--- a/files.py\n+++ b/files.py\n@@ -4,3 +4,3 @@\n${body}\n\`\`\``,
    ],
    [
      'with wrong numbers',
      `\`\`\`diff\n--- a/files.py\n+++ b/files.py\n@@ -120,7 +98,14 @@ def\n${body}\n\`\`\``,
    ],
    ['without numbers', `\`\`\`diff\n@@ ... @@\n${body}\n\`\`\``],
    ['without any header', `\`\`\`diff\n${body}\n\`\`\``],
    [
      'of git',
      `\`\`\`diff\ndiff --git a/files.py b/files.py\nindex 83db48f..bf2a3c1 100644\n--- a/files.py\n+++ b/files.py\n@@ -4,3 +4,3 @@\n${body}\n\`\`\``,
    ],
    ['without a fence', `--- a/files.py\n+++ b/files.py\n@@ -4,3 +4,3 @@\n${body}`],
    [
      'in a fence of the language',
      `\`\`\`python\n--- files.py\n+++ files.py\n@@ -4,3 +4,3 @@\n${body}\n\`\`\``,
    ],
    [
      'signs within the code of the language',
      `\`\`\`python\n${body}\n         \n\`\`\``.replace('\n         \n', '\n'),
    ],
    [
      'unchanged lines without their blank',
      `\`\`\`diff\n@@ -4,3 +4,3 @@\n${body.replace('\n         text', '\n        text')}\n\`\`\``,
    ],
    ['a patch of Codex', `*** Begin Patch\n*** Update File: files.py\n@@ import os\n${body}\n*** End Patch`],
    [
      'a patch of Codex, several places',
      `*** Begin Patch\n*** Update File: src/files.py\n@@\n-def load(path):\n+def load(path, mode="r"):\n@@\n-    with open(path) as file:\n+    with open(path, mode) as file:\n         text = file.read()\n*** End of File\n*** End Patch`,
    ],
    [
      'two hunks',
      `\`\`\`diff\n@@ -4 +4 @@\n-def load(path):\n+def load(path, mode="r"):\n@@ -5,2 +5,2 @@\n-    with open(path) as file:\n+    with open(path, mode) as file:\n         text = file.read()\n\`\`\``,
    ],
    [
      'words before and behind',
      `I add a mode:\n\n\`\`\`diff\n@@ -4,3 +4,3 @@\n${body}\n\`\`\`\n\nCallers needn't change.`,
    ],
    ['no line end at the end', `\`\`\`diff\n@@ -4,3 +4,3 @@\n${body}\n\\ No newline at end of file\n\`\`\``],
    [
      'unchanged lines of before the selection',
      `\`\`\`diff\n@@ -1,6 +1,6 @@\n import os\n\n\n${body}\n\`\`\``,
    ],
  ])('%s', (_name, answer) => {
    loads(answer);
  });

  test('of several files the one in question is changed, and the others are told of', () => {
    const other = '--- a/main.py\n+++ b/main.py\n@@ -1,1 +1,1 @@\n-load("a")\n+load("a", "r")\n';
    loads(`\`\`\`diff\n${other}--- a/files.py\n+++ b/files.py\n@@ -4,3 +4,3 @@\n${body}\n\`\`\``, undefined, [
      'outside',
    ]);
  });

  test('of a new file is its text', () => {
    expect(
      edited(
        '```diff\n--- /dev/null\n+++ b/a.py\n@@ -0,0 +1,2 @@\n+a = 1\n+b = 2\n```',
        '',
        undefined,
        'python',
      ).text,
    ).toBe('a = 1\nb = 2');
    expect(
      edited('*** Begin Patch\n*** Add File: a.py\n+a = 1\n*** End Patch', '', undefined, 'python').text,
    ).toBe('a = 1');
  });

  test('that fits nowhere is not applied', () => {
    saysWhy('```diff\n@@ -4,2 +4,2 @@\n def load(file):\n-    with open(file) as stream:\n+    pass\n```', [
      'unplaced',
    ]);
  });

  test('a file that is a diff is edited as one', () => {
    const patch = '--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-a\n+b\n';
    expect(edited(`\`\`\`diff\n${patch.replace('+b', '+c')}\`\`\``, patch, undefined, 'diff').text).toBe(
      patch.replace('+b', '+c'),
    );
  });

  test('lists and signs that are code are code', () => {
    const list = '- a\n- b\n';
    expect(edited('```yaml\n- a\n- b\n- c\n```', list, undefined, 'yaml').text).toBe('- a\n- b\n- c\n');
    expect(edited('- a\n- c', list, undefined, 'markdown').text).toBe('- a\n- c\n');
    expect(
      edited('```js\nlet a = 1\n  + 2\n  - 3;\n```', 'let a = 1\n  + 2;\n', undefined, 'javascript').text,
    ).toBe('let a = 1\n  + 2\n  - 3;\n');
  });

  test('signs that fit nowhere stand in the proposal, and that is said', () => {
    const { doubts } = edited('```python\ndef lod(path):\n-    a\n+    b\n```', document, [4, 7], 'python');
    expect(doubts).toContain('diff-signs');
  });
});

describe('line numbers before the code', () => {
  const lines = replace.split('\n').concat('        text = file.read()', '    return text');
  test.each([
    ['a bar', (line: string, index: number) => `${String(index + 1)} | ${line}`],
    ['a bar, aligned', (line: string, index: number) => `${String(index + 4).padStart(4)} | ${line}`],
    ['a colon', (line: string, index: number) => `${String(index + 4)}: ${line}`],
    ['a tab', (line: string, index: number) => `${String(index + 4).padStart(6)}\t${line}`],
    ['an arrow', (line: string, index: number) => `${String(index + 4).padStart(6)}→${line}`],
    ['a bar alone', (line: string, index: number) => `${String(index + 1)}|${line}`],
    ['a blank', (line: string, index: number) => `${String(index + 1)} ${line}`],
    ['a line of a box', (line: string, index: number) => `${String(index + 9).padStart(2)}│ ${line}`],
  ])('%s', (_name, numbered) => {
    loads(`\`\`\`python\n${lines.map(numbered).join('\n')}\n\`\`\``);
  });

  test('numbers that are the file’s own stay', () => {
    const table = '1 | one\n2 | two\n';
    expect(edited('1 | one\n2 | zwei', table, undefined, 'plaintext').text).toBe('1 | one\n2 | zwei\n');
    expect(edited('```yaml\n1: a\n2: b\n3: c\n```', '1: a\n2: b\n', undefined, 'yaml').text).toBe(
      '1: a\n2: b\n3: c\n',
    );
  });

  test('numbers of some lines alone are said', () => {
    const some = lines
      .map((line, index) => (index === 2 ? line : `${String(index + 1)} | ${line}`))
      .join('\n');
    expect(edited(`\`\`\`python\n${some}\n\`\`\``, document, [4, 7], 'python').doubts).toContain(
      'line-numbers',
    );
  });
});

describe('marks of a conflict', () => {
  test('in the code: what stands below is taken, and that is said', () => {
    const code = `<<<<<<< HEAD\n${search}\n=======\n${replace}\n>>>>>>> new\n        text = file.read()\n    return text`;
    loads(`\`\`\`python\n${code}\n\`\`\``, undefined, ['conflict-marks']);
  });

  test('a file that is in conflict is resolved', () => {
    const conflict = 'a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n';
    expect(edited('```\na\nc\n```', conflict, undefined, 'typescript').text).toBe('a\nc\n');
  });
});
