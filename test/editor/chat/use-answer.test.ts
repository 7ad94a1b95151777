import { beforeEach, expect, test, vi } from 'vitest';
import { insertAtCursor } from '../../../src/editor/chat/use-answer';
import { notify } from '../../../src/editor/notify';

const editor = vi.hoisted(() => ({
  document: { uri: { scheme: 'file' } },
  selections: ['cursor'],
  edit: vi.fn((fill: (edit: { replace: () => void }) => void) => {
    fill({ replace: vi.fn() });
    return Promise.resolve(true);
  }),
}));
const writeText = vi.hoisted(() => vi.fn(() => Promise.resolve()));

vi.mock('../../../src/editor/notify', () => ({ notify: vi.fn() }));
vi.mock('vscode', () => ({
  window: { activeTextEditor: editor, visibleTextEditors: [editor] },
  env: { clipboard: { writeText } },
}));

beforeEach(() => {
  vi.clearAllMocks();
});

test('code is inserted into a file', async () => {
  expect(await insertAtCursor('f();')).toBe(true);
  expect(editor.edit).toHaveBeenCalledOnce();
  expect(writeText).not.toHaveBeenCalled();
});

test.each(['conduit-preview', 'conduit-proposal'])(
  'into the clipboard where a %s is open',
  async (scheme) => {
    editor.document.uri.scheme = scheme;
    expect(await insertAtCursor('f();')).toBe(false);
    expect(editor.edit).not.toHaveBeenCalled();
    expect(writeText).toHaveBeenCalledWith('f();');
    expect(notify).toHaveBeenCalledOnce();
  },
);
