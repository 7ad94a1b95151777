import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EditSignal } from '../../../src/core/terms/observation';
import { lineHashes, textHash } from '../../../src/text/survival';
import type { Look, WatchedEdit, WatchParts } from '../../../src/editor/edits/edit-watch';
import { resumeWatch, watchEdit } from '../../../src/editor/edits/edit-watch';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const original = 'zero();\n';

/** What was told of an edit, by all windows of it together. */
function edited(inserted: string, problemsBefore = 0) {
  const told: EditSignal[] = [];
  const document = { text: inserted as string | undefined, problems: 0 as number | undefined };
  const claims = new Set<Look>();
  const ended = vi.fn();
  const parts: WatchParts = {
    observe: (signal) => told.push(signal),
    later: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    nowMs: Date.now,
    text: () => Promise.resolve(document.text),
    problems: () => document.problems,
    claim: (look) => !claims.has(look) && claims.add(look).has(look),
    ended,
  };
  const edit: WatchedEdit = {
    sinceMs: Date.now(),
    inserted: lineHashes(inserted),
    textBefore: textHash(original),
    problemsBefore,
  };
  return {
    told,
    document,
    ended,
    begin: () => watchEdit(parts, edit),
    resume: () => resumeWatch(parts, edit, [...claims]),
  };
}

/** An edit that was just accepted. */
function stage(inserted: string, problemsBefore = 0) {
  const stagedEdit = edited(inserted, problemsBefore);
  return { ...stagedEdit, watch: stagedEdit.begin() };
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

const undone: EditSignal = { kind: 'edit', outcome: 'undone' };

test('an undo that stands when the first minute is over is told and ends the watch; a later one is not that', async () => {
  const early = stage('a');
  early.watch.takenBack(true);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(early.told).toEqual([accepted]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(early.told).toEqual([accepted, undone]);
  expect(early.watch.isOver()).toBe(true);
  expect(early.ended).toHaveBeenCalledOnce();
  early.watch.saved();
  const late = stage('a');
  await vi.advanceTimersByTimeAsync(61_000);
  late.watch.takenBack(true);
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(early.told).toEqual([accepted, undone]);
  expect(late.told).not.toContainEqual(undone);
  expect(late.told.filter(({ kind }) => kind === 'edit-survival')).toHaveLength(2);
});

test('an edit that was taken back and made again stands: only what was seen of it then is told', async () => {
  const { told, document, watch } = stage('one();');
  watch.takenBack(true);
  document.text = '';
  watch.saved();
  await vi.advanceTimersByTimeAsync(15_000);
  document.text = 'one();';
  watch.takenBack(false);
  watch.saved();
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  expect(told).toEqual([
    accepted,
    { kind: 'edit-survival', moment: 'save', share01: 1 },
    { kind: 'edit-survival', moment: '5-minutes', share01: 1 },
  ]);
});

test('of a document that is gone nothing more is told: the editor empties what is saved under a name, too', async () => {
  const [gone, back] = [stage('a'), stage('a')];
  back.watch.takenBack(true);
  for (const { watch, document } of [gone, back]) {
    watch.gone();
    document.text = '';
  }
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(gone.told).toEqual([accepted]);
  expect(back.told).toEqual([accepted]);
  expect(gone.ended).toHaveBeenCalledOnce();
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

test('problems of a document that is not open are not known', async () => {
  const { told, document } = stage('a', 2);
  document.problems = undefined;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([accepted]);
});

describe('when the window was closed in between', () => {
  const survival = (told: readonly EditSignal[]) => told.filter(({ kind }) => kind === 'edit-survival');

  /** An edit whose window was closed after a while, and another one opened later. */
  async function reopened(openMs: number, closedMs: number) {
    const { watch, resume, ...rest } = stage('one();\ntwo();\n', 1);
    await vi.advanceTimersByTimeAsync(openMs);
    watch.dispose();
    await vi.advanceTimersByTimeAsync(closedMs);
    return { ...rest, watch: resume() };
  }

  test('looks that are still to come are made in time, and accepting is not told again', async () => {
    const { told } = await reopened(60_000, 60_000);
    await vi.advanceTimersByTimeAsync(31 * 60_000);
    expect(survival(told)).toEqual([
      { kind: 'edit-survival', moment: '5-minutes', share01: 1 },
      { kind: 'edit-survival', moment: '30-minutes', share01: 1 },
    ]);
    expect(told.filter(({ kind }) => kind === 'edit')).toEqual([accepted]);
  });

  test('a look that was due is made soon after opening, and says how late it is', async () => {
    const { told, document } = await reopened(5_000, 7 * 60_000);
    document.text = 'two();\n';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told.slice(1)).toEqual([
      { kind: 'edit-survival', moment: '5-minutes', share01: 0.5, lateMs: 135_000 },
      { kind: 'edit-diagnostics', before: 1, after: 0, lateMs: 425_000 },
    ]);
  });

  test('of two that were due the later one only: there is but one look', async () => {
    const { told } = await reopened(60_000, 3_600_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(survival(told)).toEqual([
      { kind: 'edit-survival', moment: '30-minutes', share01: 1, lateMs: 31 * 60_000 + 10_000 },
    ]);
  });

  test('the first save is told as before', async () => {
    const saved = await reopened(20_000, 20_000);
    saved.watch.saved();
    await vi.advanceTimersByTimeAsync(1);
    expect(survival(saved.told)).toEqual([{ kind: 'edit-survival', moment: 'save', share01: 1 }]);
  });

  test('an edit that the document reads as before is told as undone when its first minute is over, not later', async () => {
    const reads = async (text: string, closedMs: number) => {
      const { told, document } = await reopened(20_000, closedMs);
      document.text = text;
      await vi.advanceTimersByTimeAsync(60_000);
      return told;
    };
    expect(await reads(original, 20_000)).toContainEqual(undone);
    expect(await reads('something else', 20_000)).not.toContainEqual(undone);
    expect(await reads(original, 120_000)).not.toContainEqual(undone);
  });

  test('two windows that watch the same edit tell everything once', async () => {
    const { told, watch, resume } = stage('a');
    const other = resume();
    for (const each of [watch, other, resume()]) {
      each.saved();
      each.changed();
    }
    await vi.advanceTimersByTimeAsync(31 * 60_000);
    const kinds = told.map((signal) =>
      signal.kind === 'edit-survival' ? signal.moment : signal.kind === 'edit' ? signal.outcome : signal.kind,
    );
    expect(kinds.toSorted()).toEqual([
      '30-minutes',
      '5-minutes',
      'accepted',
      'changed',
      'edit-diagnostics',
      'save',
    ]);
  });

  test('it ends when nothing is left to be told: after the last look and the first save', async () => {
    const { ended, watch } = stage('a');
    await vi.advanceTimersByTimeAsync(31 * 60_000);
    expect(ended).not.toHaveBeenCalled();
    watch.saved();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
    const other = await reopened(60_000, 60_000);
    other.watch.saved();
    await vi.advanceTimersByTimeAsync(31 * 60_000);
    expect(other.ended).toHaveBeenCalledOnce();
  });

  test('it ends with the last look where the window of before told the first save', async () => {
    const first = stage('a');
    first.watch.saved();
    await vi.advanceTimersByTimeAsync(60_000);
    first.watch.dispose();
    first.resume();
    await vi.advanceTimersByTimeAsync(31 * 60_000);
    expect(first.ended).toHaveBeenCalledOnce();
    expect(survival(first.told)).toHaveLength(3);
  });
});
