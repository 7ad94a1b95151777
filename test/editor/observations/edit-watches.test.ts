import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { lineHashes, textHash } from '../../../src/text/survival';
import type { EditSignal } from '../../../src/core/terms/observation';
import type { WatchedEdit } from '../../../src/editor/edits/edit-watch';
import { createEditWatches } from '../../../src/editor/observations/edit-watches';
import type { KeptWatch, WatchStore } from '../../../src/editor/observations/watch-store';
import { FakeDocument, workspace } from '../edits/fake-documents';

vi.mock('vscode', () => import('../edits/fake-documents'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  workspace.textDocuments.splice(0);
});

const edit = (): WatchedEdit => ({
  sinceMs: Date.now(),
  inserted: lineHashes('one();'),
  textBefore: textHash(''),
  problemsBefore: 0,
});

function watches(kept: readonly KeptWatch[] = []) {
  const told: EditSignal[] = [];
  const store: WatchStore = {
    keep: () => undefined,
    all: () => kept,
    claim: () => true,
    told: () => [],
    forget: vi.fn(),
  };
  const observe = (_decision: string, _deployment: string, signal: unknown): Promise<void> => {
    told.push(signal as EditSignal);
    return Promise.resolve();
  };
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const made = createEditWatches({
    conduit: () => Promise.resolve({ observe }),
    store,
    newId: () => 'id',
    log,
  });
  return { made, told };
}

const by = { decisionId: 'd', deploymentId: 'mini' };
const survival = (told: readonly EditSignal[]) => told.filter(({ kind }) => kind === 'edit-survival');

test('a document without a file that was closed tells nothing, and is not opened anew', async () => {
  const { made, told } = watches();
  const document = new FakeDocument('untitled:Untitled-1', 'one();').open();
  made.begin(document.uri as unknown as vscode.Uri, by, edit());
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  document.close();
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(survival(told)).toEqual([{ kind: 'edit-survival', moment: '5-minutes', share01: 1 }]);
  expect(workspace.textDocuments).toEqual([]);
});

test('another window goes on with files only: what “Untitled-1” is there, it doesn’t know', async () => {
  const kept = (uri: string): KeptWatch => ({ ...edit(), ...by, id: uri, uri });
  const { made, told } = watches([kept('untitled:Untitled-1'), kept('file:/a.ts')]);
  new FakeDocument('untitled:Untitled-1', 'another();').open();
  new FakeDocument('file:/a.ts', 'one();').open();
  made.resume();
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  expect(survival(told)).toEqual([{ kind: 'edit-survival', moment: '5-minutes', share01: 1 }]);
});

test('typing in a document whose edit another window made reads nothing', async () => {
  const { made } = watches([{ ...edit(), ...by, id: 'a', uri: 'file:/a.ts' }]);
  const document = new FakeDocument('file:/a.ts', 'one();').open();
  made.resume();
  const reading = vi.spyOn(document, 'getText');
  document.replace(0, 0, 'x');
  expect(reading).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(66_000);
  expect(reading).toHaveBeenCalledOnce();
});
