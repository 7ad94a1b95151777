import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EditSignal } from '../../../src/core/observation';
import { watchEdit } from '../../../src/editor/edits/edit-watch';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A document that the test changes, and what was told of the edit in it. */
function stage(inserted: string, before = 0) {
  const told: EditSignal[] = [];
  const document = { text: inserted as string | undefined, problems: 0 };
  const watch = watchEdit(
    {
      observe: (signal) => told.push(signal),
      later: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      nowMs: Date.now,
      text: () => Promise.resolve(document.text),
      problems: () => document.problems,
    },
    inserted,
    before,
  );
  return { told, document, watch };
}

const accepted: EditSignal = { kind: 'edit', outcome: 'accepted' };

test('how much is left is told after 5 and 30 minutes, and at the first save', async () => {
  const { told, document, watch } = stage('one();\ntwo();\n');
  watch.saved();
  watch.saved();
  await vi.advanceTimersByTimeAsync(1);
  document.text = 'two();\n';
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  document.text = '';
  await vi.advanceTimersByTimeAsync(25 * 60_000);
  expect(told.filter(({ kind }) => kind === 'edit-survival')).toEqual([
    { kind: 'edit-survival', moment: 'save', share01: 1 },
    { kind: 'edit-survival', moment: '5-minutes', share01: 0.5 },
    { kind: 'edit-survival', moment: '30-minutes', share01: 0 },
  ]);
});

test('nothing that is told holds any of the text', async () => {
  const { told, watch } = stage('secretName();\n');
  watch.changed();
  watch.saved();
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(told.length).toBeGreaterThan(4);
  expect(JSON.stringify(told)).not.toContain('secret');
});

test('problems are counted before, and again when the language server had its time', async () => {
  const { told, document } = stage('a', 2);
  document.problems = 1;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([accepted, { kind: 'edit-diagnostics', before: 2, after: 1 }]);
});

test('an undo within a minute is told and ends the watch; a later one is not that', async () => {
  const early = stage('a');
  early.watch.undone();
  const late = stage('a');
  await vi.advanceTimersByTimeAsync(61_000);
  late.watch.undone();
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(early.told).toEqual([accepted, { kind: 'edit', outcome: 'undone' }]);
  expect(late.told).not.toContainEqual({ kind: 'edit', outcome: 'undone' });
  expect(late.told.filter(({ kind }) => kind === 'edit-survival')).toHaveLength(2);
});

test('a change is told once, a document that is gone tells nothing', async () => {
  const { told, document, watch } = stage('a');
  watch.changed();
  watch.changed();
  document.text = undefined;
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(told.filter((signal) => signal.kind === 'edit')).toEqual([
    accepted,
    { kind: 'edit', outcome: 'changed' },
  ]);
  expect(told.some(({ kind }) => kind === 'edit-survival')).toBe(false);
});

test('nothing is told after its end', async () => {
  const { told, watch } = stage('a');
  watch.dispose();
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(told).toEqual([accepted]);
});
