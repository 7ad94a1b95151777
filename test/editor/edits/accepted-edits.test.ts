import { diffArrays } from 'diff';
import { afterEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { acceptedEdit } from '../../../src/text/accepted-edit';
import { lineDiff } from '../../../src/text/line-diff';
import { textHash } from '../../../src/text/survival';
import { createAcceptedEdits } from '../../../src/editor/edits/accepted-edits';
import type { EditWatch } from '../../../src/editor/edits/edit-watch';
import { events, FakeDocument, workspace } from './fake-documents';

vi.mock('vscode', () => import('./fake-documents'));

afterEach(() => workspace.textDocuments.splice(0));

const compare = (before: readonly string[], after: readonly string[]) => diffArrays([...before], [...after]);

/** A document with an edit that was just accepted, of its second line. */
function accepted(uri: string, original = 'old', text = 'new one') {
  const document = new FakeDocument(uri, `head\n${text}\ntail\n`).open();
  const back: boolean[] = [];
  const watch = {
    changed: vi.fn<() => void>(),
    takenBack: (isBack: boolean) => void back.push(isBack),
    saved: vi.fn<() => void>(),
    gone: vi.fn<() => void>(),
    isOver: vi.fn(() => false),
    dispose: vi.fn<() => void>(),
  } satisfies EditWatch;
  const by = {
    decisionId: 'd',
    deploymentId: 'mini',
    line: 'mini · $0.0001 · 1.2 s',
    why: 'mini: as good as the rest.',
  };
  const edits = createAcceptedEdits();
  const at = document.uri as unknown as vscode.Uri;
  const blocks = lineDiff(`${original}\n`, `${text}\n`, compare);
  const textBefore = textHash(`head\n${original}\ntail\n`);
  edits.add(at, { watch, by, textBefore, edit: acceptedEdit(5, original, text, blocks) });
  return { document, edits, watch, back, blocks: () => edits.openIn(at) };
}

test('an undo and a redo: the edit is taken back, and then it is not, and nobody typed in it', () => {
  const { document, watch, back, blocks } = accepted('file:/a.ts');
  document.replace(5, 7, 'old');
  document.replace(0, 0, 'above\n');
  expect(back).toEqual([true, true]);
  expect(blocks()).toEqual([]);
  document.replace(11, 3, 'new one');
  document.replace(11, 3, 'old');
  expect(back).toEqual([true, true, false, false]);
  expect(watch.changed).not.toHaveBeenCalled();
});

test('the text is read only where the lines are as long as before the edit', () => {
  const { document, back } = accepted('file:/a.ts');
  const reading = vi.spyOn(document, 'getText');
  document.replace(0, 0, 'x');
  document.replace(20, 0, 'y');
  expect(back).toEqual([false, false]);
  expect(reading).not.toHaveBeenCalled();
});

test('edits that are over and have no lines to keep are not followed any more', () => {
  const { document, edits, watch, back } = accepted('file:/a.ts');
  const events = (): number => back.length;
  watch.isOver.mockReturnValue(true);
  document.replace(0, 0, 'x');
  document.replace(0, 0, 'x');
  expect(events()).toBe(2);
  document.replace(8, 0, 'typed');
  document.replace(0, 0, 'x');
  expect(events()).toBe(3);
  edits.dispose();
  expect(watch.dispose).not.toHaveBeenCalled();
});

test('a document without a file is gone when it is closed, and the next one of its name has no lines of it', () => {
  const { document, watch, blocks } = accepted('untitled:Untitled-1');
  // The editor closes a document for a moment when it gets another language.
  events.closed.fire(document);
  expect(watch.gone).not.toHaveBeenCalled();
  expect(blocks()).toHaveLength(1);
  document.close();
  new FakeDocument('untitled:Untitled-1', 'other\nlines\n').open();
  expect(watch.gone).toHaveBeenCalledOnce();
  expect(blocks()).toEqual([]);
});

test('a file that is closed is not gone, and has its blocks when it is opened again as it was', () => {
  const { document, watch, blocks } = accepted('file:/a.ts');
  document.close();
  document.open();
  expect(watch.gone).not.toHaveBeenCalled();
  expect(blocks()).toHaveLength(1);
});

test('a file that was changed while it was closed has no blocks any more: nobody knows where they are', () => {
  const { document, watch, blocks } = accepted('file:/a.ts');
  document.close();
  new FakeDocument('file:/a.ts', 'import x from "x";\nhead\nnew one\ntail\n').open();
  expect(blocks()).toEqual([]);
  expect(watch.changed).not.toHaveBeenCalled();
});

test.each([
  { lines: 'the last line that was added', original: 'b', text: 'b\nb2' },
  { lines: 'the first line that was deleted', original: 'a\nb', text: 'b' },
])('$lines, taken back by its block, is undone', async ({ original, text }) => {
  const { document, edits, back, blocks } = accepted('file:/a.ts', original, text);
  await edits.undo({ uri: vscode.Uri.parse('file:/a.ts'), start: blocks()[0]?.range.start ?? -1 });
  expect(document.getText()).toBe(`head\n${original}\ntail\n`);
  expect(back).toEqual([true]);
});

test('the first of the blocks that are left names who wrote them', async () => {
  const { edits, blocks } = accepted('file:/a.ts', 'a\nb\nc', 'x\nb\ny');
  const authors = (): readonly (string | undefined)[] => blocks().map(({ by }) => by?.line);
  expect(authors()).toEqual(['mini · $0.0001 · 1.2 s', undefined]);
  await edits.undo({ uri: vscode.Uri.parse('file:/a.ts'), start: 5 });
  expect(authors()).toEqual(['mini · $0.0001 · 1.2 s']);
  edits.keep({ uri: vscode.Uri.parse('file:/a.ts'), start: 9 });
  expect(authors()).toEqual([]);
});
