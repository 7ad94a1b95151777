import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterChange, applied, planned, proposalFor } from '../../src/text/proposal';
import type { OffsetRange, TextChange } from '../../src/text/tracked-range';
import { rebaseAll } from '../../src/text/tracked-range';
import { runs } from '../runs';

/** Marks that no user types: they stand where the proposal's lines begin and end. */
const begin = '⟦';
const end = '⟧';

const ends = fc.constantFrom('\n', '\r\n');
const lines = fc.array(fc.constantFrom('a', 'bb', '  c', ''), { minLength: 1, maxLength: 5 });
const document = fc.record({ end: ends, before: lines, within: lines, after: lines });
const typed = fc.constantFrom('', 'x', 'xyz', '\n', 'x\n', '\nx', '\r\n');
const step = fc.record({ at: fc.nat(), remove: fc.nat(4), typed, streamed: fc.boolean() });

const startsLine = (text: string, start: number): boolean => start === 0 || text.charAt(start - 1) === '\n';

function change(text: string, { start, removed, inserted }: TextChange): string {
  return text.slice(0, start) + inserted + text.slice(start + removed);
}

/** Of a change that ends where a line begins: that line begins there still. */
function keepsLines({ inserted, startsLine: atStart }: TextChange): boolean {
  return inserted.endsWith('\n') || (inserted === '' && atStart);
}

describe('1,000 streams of edits against a document that is edited at the same time', () => {
  test('accepting gives exactly the proposed text in its lines, and every word of the user’s elsewhere', () => {
    let taken = 0;
    let overtaken = 0;
    fc.assert(
      fc.property(document, fc.array(step, { maxLength: 12 }), fc.string(), (parts, steps, answer) => {
        const [before, within, after] = [parts.before, parts.within, parts.after].map((part) =>
          part.join(parts.end),
        ) as [string, string, string];
        let head = before + parts.end;
        let tail = parts.end + after;
        let text = head + within + tail;
        let proposal = proposalFor(text, { start: head.length, length: within.length });
        let reached = false;
        for (const { at, remove, typed: inserted, streamed } of steps) {
          if (streamed) {
            proposal = { ...proposal, text: answer.slice(0, Math.max(1, (proposal.text?.length ?? 0) * 2)) };
            continue;
          }
          const start = at % (text.length + 1);
          const made = {
            start,
            removed: Math.min(remove, text.length - start),
            inserted,
            startsLine: startsLine(text, start),
          };
          const stop = start + made.removed;
          text = change(text, made);
          proposal = afterChange(proposal, [made]);
          if (stop < head.length || (stop === head.length && keepsLines(made))) {
            head = change(head, made);
          } else if (start > head.length + within.length) {
            tail = change(tail, { ...made, start: start - head.length - within.length });
          } else if (start === head.length + within.length && /^\r?\n/.test(inserted)) {
            tail = change(tail, { ...made, start: 0 });
          } else {
            reached = true;
            break;
          }
        }
        proposal = { ...proposal, text: answer };
        const edit = planned(proposal, text);
        expect(edit === undefined).toBe(reached);
        if (edit === undefined) {
          overtaken += 1;
          return;
        }
        taken += 1;
        const accepted = applied(text, edit);
        expect(accepted).toBe(head + answer + tail);
        const back = { range: { start: edit.range.start, length: answer.length }, text: proposal.original };
        expect(applied(accepted, back)).toBe(text);
      }),
      { numRuns: runs(1_000) },
    );
    expect(Math.min(taken, overtaken)).toBeGreaterThan(100);
  });

  test('several cursors: the changes of one event move a range as their marks move in the text', () => {
    const spot = fc.record({ at: fc.nat(100), removed: fc.nat(2), typed: fc.constantFrom('', 'x', 'y\n') });
    fc.assert(
      fc.property(document, fc.array(spot, { maxLength: 4 }), (parts, spots) => {
        const head = parts.before.join(parts.end) + parts.end;
        const within = parts.within.join(parts.end);
        const text = head + within + parts.end + parts.after.join(parts.end);
        const range: OffsetRange = { start: head.length, length: within.length };
        const changes: TextChange[] = [];
        let free = 0;
        for (const { at, removed, typed: inserted } of spots) {
          const start = free + at;
          if (start + removed > head.length - 2) break;
          changes.push({ start, removed, inserted, startsLine: startsLine(text, start) });
          free = start + removed + 1;
        }
        let marked = head + begin + within + end + text.slice(head.length + within.length);
        for (const made of changes.toReversed()) marked = change(marked, made);
        const rebased = rebaseAll(range, changes);
        expect(rebased.touched).toBe(false);
        expect(rebased.range.start).toBe(marked.indexOf(begin));
        expect(rebased.range.length).toBe(within.length);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

test('lines that changed while nobody listened are not written over', () => {
  const proposal = { ...proposalFor('a\nb\nc', { start: 2, length: 1 }), text: 'B' };
  expect(planned(proposal, 'a\nX\nc')).toBeUndefined();
  expect(planned(proposal, 'a\nb\nc')).toEqual({ range: { start: 2, length: 1 }, text: 'B' });
});

test('without code there is nothing to accept', () => {
  expect(planned(proposalFor('a', { start: 0, length: 1 }), 'a')).toBeUndefined();
});

test('deleting the whole line above moves the lines; deleting the end of it joins them', () => {
  const text = 'one\ntwo\nthree';
  const proposal = proposalFor(text, { start: 4, length: 3 });
  const line = { start: 0, removed: 4, inserted: '', startsLine: true };
  expect(afterChange(proposal, [line])).toEqual({ ...proposal, range: { start: 0, length: 3 } });
  const end = { start: 3, removed: 1, inserted: '', startsLine: false };
  expect(afterChange(proposal, [end]).overtaken).toBe(true);
});
