import { diffArrays } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AcceptedEdit } from '../../src/text/accepted-edit';
import { acceptedEdit, afterChanges, isUndone, takeBack } from '../../src/text/accepted-edit';
import { lineDiff } from '../../src/text/line-diff';
import { runs } from '../runs';

const body = fc.array(fc.constantFrom('a', 'b', 'c', '  d'), { minLength: 1, maxLength: 8 });

function accept(head: string, original: string, text: string, end: string): AcceptedEdit {
  const blocks = lineDiff(original + end, text + end, (a, b) => diffArrays([...a], [...b]));
  return acceptedEdit(head.length, original, text, blocks);
}

test('taking all blocks back gives the old text, in any order, with lines typed elsewhere left as they are', () => {
  const ends = fc.constantFrom('\n', '\r\n');
  fc.assert(
    fc.property(body, body, ends, fc.array(fc.nat()), fc.boolean(), (old, now, end, order, typed) => {
      const [original, text] = [old.join(end), now.join(end)];
      let head = `head${end}`;
      let document = head + text + end + 'tail';
      let edit = accept(head, original, text, end);
      if (typed) {
        head = `mine${end}${head}`;
        document = `mine${end}${document}`;
        const above = { start: 0, removed: 0, inserted: `mine${end}`, startsLine: true };
        edit = afterChanges(edit, [above], () => document).edit;
      }
      for (let turn = 0; edit.blocks.length > 0; turn += 1) {
        const block = edit.blocks[(order[turn] ?? 0) % edit.blocks.length];
        const taken = block && takeBack(block, document);
        expect(taken).toBeDefined();
        if (taken === undefined) return;
        const { start, length } = taken.range;
        document = document.slice(0, start) + taken.text + document.slice(start + length);
        const rest = { ...edit, blocks: edit.blocks.filter((each) => each !== block) };
        const back = { start, removed: length, inserted: taken.text, startsLine: true };
        edit = afterChanges(rest, [back], () => document).edit;
      }
      expect(document).toBe(head + original + end + 'tail');
    }),
    { numRuns: runs(1_000) },
  );
});

test('a block that was typed in is the user’s, the others stay open', () => {
  const edit = accept('', 'a\nb\nc', 'A\nb\nC', '\n');
  expect(edit.blocks).toHaveLength(2);
  const change = { start: 1, removed: 0, inserted: 'x', startsLine: false };
  const { edit: after, touched } = afterChanges(edit, [change], () => 'Ax\nb\nC\n');
  expect(touched).toBe(true);
  expect(after.blocks.map(({ before }) => before)).toEqual(['c\n']);
});

test('deleting the whole line above a block leaves it open', () => {
  const edit = accept('h\n', 'a', 'b', '\n');
  const line = { start: 0, removed: 2, inserted: '', startsLine: true };
  const { edit: after, touched } = afterChanges(edit, [line], () => 'b\n');
  expect(touched).toBe(false);
  expect(after.blocks.map(({ range }) => range.start)).toEqual([0]);
});

test('an undo is noticed by the text, whatever made it', () => {
  const edit = accept('h\n', 'a', 'b\nc', '\n');
  const change = { start: 2, removed: 3, inserted: 'a', startsLine: true };
  const { edit: after } = afterChanges(edit, [change], () => 'h\na\n');
  expect(isUndone(edit, () => 'h\nb\nc\n')).toBe(false);
  expect(isUndone(after, () => 'h\na\n')).toBe(true);
});

test('a formatter that indents the lines of a block in another way leaves it open, to be taken back as it is now', () => {
  const edit = accept('h\n', 'a', '    b\n    c', '\n');
  const changes = [
    { start: 8, removed: 4, inserted: '\t', startsLine: true },
    { start: 2, removed: 4, inserted: '\t', startsLine: true },
  ];
  const text = 'h\n\tb\n\tc\n';
  const { edit: after, touched } = afterChanges(edit, changes, () => text);
  expect(touched).toBe(false);
  const [block] = after.blocks;
  expect(block && takeBack(block, text)).toEqual({ range: { start: 2, length: 6 }, text: 'a\n' });
});
