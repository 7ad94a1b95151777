import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedLines } from '../../../src/text/taken-code/changed-lines';
import { runs } from '../../runs';

/** A change in offsets of the text before it, as an editor makes several at once. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly inserted: string;
}

function applied(text: string, changes: readonly Change[]): string {
  return changes
    .toSorted((one, other) => other.start - one.start)
    .reduce((now, { start, end, inserted }) => now.slice(0, start) + inserted + now.slice(end), text);
}

function linesOf(text: string, changes: readonly Change[]): ReturnType<typeof changedLines> {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  return changedLines(
    changes.map(({ start, end, inserted }) => ({ first: lineAt(start), last: lineAt(end), inserted })),
  );
}

test('typing a letter is a change of its line, a new line of two, a deletion of the line that is left', () => {
  expect(changedLines([{ first: 4, last: 4, inserted: 'a' }])).toEqual([{ first: 4, last: 4 }]);
  expect(changedLines([{ first: 4, last: 4, inserted: '\r\n  ' }])).toEqual([{ first: 4, last: 5 }]);
  expect(changedLines([{ first: 4, last: 9, inserted: '' }])).toEqual([{ first: 4, last: 4 }]);
});

test('several cursors at once are counted in the document after them, however they are listed', () => {
  const changes = [
    { first: 2, last: 2, inserted: 'x\ny\n' },
    { first: 8, last: 10, inserted: '' },
    { first: 20, last: 20, inserted: 'z' },
  ];
  const ranges = [
    { first: 2, last: 4 },
    { first: 10, last: 10 },
    { first: 20, last: 20 },
  ];
  expect(changedLines(changes)).toEqual(ranges);
  expect(changedLines(changes.toReversed())).toEqual(ranges);
});

/** Lines that are all different, and changes of it that don't overlap. */
const edits = fc
  .record({
    lines: fc.integer({ min: 1, max: 12 }),
    cuts: fc.array(fc.nat(200), { minLength: 2, maxLength: 8 }),
    inserted: fc.array(fc.constantFrom('', '+', '+\n', '\n+\n+', '+\n+\n+'), { minLength: 4, maxLength: 4 }),
    backwards: fc.boolean(),
  })
  .map(({ lines, cuts, inserted, backwards }) => {
    const text = Array.from({ length: lines }, (_, index) => `line number ${String(index)}`).join('\n');
    const offsets = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
    const changes = inserted.flatMap((each, index): Change[] => {
      const [start, end] = offsets.slice(2 * index, 2 * index + 2);
      return start === undefined || end === undefined ? [] : [{ start, end, inserted: each }];
    });
    return { text, changes: backwards ? changes.toReversed() : changes };
  });

test('every line that was not there before is among them, and not more than were written', () => {
  fc.assert(
    fc.property(edits, ({ text, changes }) => {
      const ranges = linesOf(text, changes);
      const before = new Set(text.split('\n'));
      const now = applied(text, changes).split('\n');
      const within = (line: number): boolean =>
        ranges.some(({ first, last }) => line >= first && line <= last);
      const missed = now.filter((line, index) => !before.has(line) && !within(index));
      expect(missed).toEqual([]);
      const written = changes.reduce((sum, { inserted }) => sum + inserted.split('\n').length, 0);
      const covered = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
      expect(covered).toBeLessThanOrEqual(written);
      for (const { first, last } of ranges) expect(now.length > last && first >= 0).toBe(true);
    }),
    { numRuns: runs(1_000) },
  );
});
