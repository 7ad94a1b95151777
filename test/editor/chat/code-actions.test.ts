import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { openFile } from '../../../src/editor/attachments/active-editor';
import type { CodeActions } from '../../../src/editor/chat/code-actions';
import { createCodeActions } from '../../../src/editor/chat/code-actions';
import { confirm, notify } from '../../../src/editor/notify';
import { FakeDocument, Range, TabInputTextDiff, Uri, workspace } from '../edits/fake-documents';

interface Shown {
  readonly document: FakeDocument;
  readonly selection: Range & { readonly isEmpty: boolean };
}

const screen = vi.hoisted(() => ({
  activeTextEditor: undefined as Shown | undefined,
  visibleTextEditors: [] as Shown[],
  tabs: [] as { readonly input: unknown }[],
  provider: undefined as vscode.TextDocumentContentProvider | undefined,
}));

vi.mock('../../../src/editor/notify', () => ({ notify: vi.fn(), confirm: vi.fn() }));
vi.mock('vscode', async () => {
  const fake = await import('../edits/fake-documents');
  return {
    ...fake,
    workspace: {
      ...fake.workspace,
      openTextDocument: (uri: Uri) => open(uri),
      registerTextDocumentContentProvider: (
        _scheme: string,
        provider: vscode.TextDocumentContentProvider,
      ) => {
        screen.provider = provider;
        return new fake.Disposable(() => undefined);
      },
    },
    commands: {
      executeCommand: (_diff: string, original: Uri, modified: Uri) => openDiff(original, modified),
    },
    window: Object.assign(screen, {
      showTextDocument: (document: FakeDocument) => Promise.resolve(show(document)),
      tabGroups: {
        get all() {
          return [{ tabs: screen.tabs }];
        },
        get activeTabGroup() {
          return { activeTab: screen.tabs.at(-1) };
        },
        close: (tabs: readonly { readonly input: unknown }[]) => {
          screen.tabs = screen.tabs.filter((tab) => !tabs.includes(tab));
          return Promise.resolve(true);
        },
      },
    }),
  };
});

class OpenFile extends FakeDocument {
  override lineAt(lineNumber: number) {
    const line = super.lineAt(lineNumber);
    return { ...line, lineNumber, isEmptyOrWhitespace: line.text.trim() === '' };
  }
}

function show(document: FakeDocument, selection = new Range(0, 0, 0, 0)): Shown {
  const isEmpty = selection.start.line === selection.end.line && selection.end.character === 0;
  const editor = { document, selection: Object.assign(selection, { isEmpty }) };
  screen.activeTextEditor = editor;
  screen.visibleTextEditors = [editor];
  return editor;
}

/** The fake's own loses what an address has beyond a plain scheme and path. */
function open(uri: Uri): Promise<FakeDocument> {
  if (!uri.scheme.startsWith('conduit-')) return workspace.openTextDocument(uri);
  return Promise.resolve(Object.assign(new FakeDocument('preview:', ''), { uri }));
}

/** As the editor does it: the right side has the focus. */
async function openDiff(original: Uri, modified: Uri): Promise<void> {
  screen.tabs.push({ input: new TabInputTextDiff(original, modified) });
  const [left, right] = [await open(original), await open(modified)];
  screen.visibleTextEditors = [show(left), show(right)];
}

/** What the diffs that are open show on the right, of which file. */
const diffs = () =>
  screen.tabs.map(({ input }) => {
    const { original, modified } = input as TabInputTextDiff;
    return [original.toString(), screen.provider?.provideTextDocumentContent(modified as never, {} as never)];
  });

/** Chooses a button of one of the notifications, by default of the last one. */
async function choose(label: string, nth = -1): Promise<void> {
  const [, , choices = []] = vi.mocked(notify).mock.calls.at(nth) ?? [];
  await choices.find((choice) => choice.label === label)?.run();
}

const text = 'one();\ntwo();\nthree();\n';
const second = () => new Range(1, 0, 1, 3);
const applied = vi.fn(() => Promise.resolve());
let actions: CodeActions;
let file: OpenFile;

beforeEach(() => {
  vi.clearAllMocks();
  screen.tabs = [];
  actions = createCodeActions();
  file = new OpenFile('file:/a.ts', text).open();
  show(file, second());
  return () => {
    file.close();
    actions.dispose();
  };
});

test('code takes the place of the selected lines once the user agrees to the diff, which is closed', async () => {
  await actions.apply('2();', applied);
  expect(diffs()).toEqual([['file:/a.ts', 'one();\n2();\nthree();\n']]);
  expect(file.getText()).toBe(text);
  await choose('Apply');
  expect(file.getText()).toBe('one();\n2();\nthree();\n');
  expect(applied).toHaveBeenCalledOnce();
  expect(diffs()).toEqual([]);
});

test.each([
  ['a diff', '@@ -2 +2 @@\n-two();\n+2();'],
  ['a block to search and replace', '<<<<<<< SEARCH\ntwo();\n=======\n2();\n>>>>>>> REPLACE'],
  ['the whole file', 'one();\n2();\nthree();'],
])('%s is applied as what it is', async (_name, code) => {
  await actions.apply(code, applied);
  await choose('Apply');
  expect(file.getText()).toBe('one();\n2();\nthree();\n');
  expect(confirm).not.toHaveBeenCalled();
});

test('code that says little of a whole file says so, and is not applied by default', async () => {
  const long = Array.from({ length: 20 }, (_, index) => `step${String(index)}();`).join('\n');
  show(new OpenFile('file:/long.ts', `${long}\n`).open());
  await actions.apply('step3(1);\nstep4();', applied);
  const [severity, message, choices = []] = vi.mocked(notify).mock.lastCall ?? [];
  expect([severity, choices.map(({ label }) => label)]).toEqual(['warning', ['Discard', 'Apply']]);
  expect(message).toContain('Lines are gone that the answer says nothing of.');
  vi.mocked(confirm).mockResolvedValueOnce(false);
  await actions.acceptShown();
  expect(confirm).toHaveBeenCalledOnce();
  expect(applied).not.toHaveBeenCalled();
  await choose('Apply');
  expect(applied).toHaveBeenCalledOnce();
});

test('changes that fit nowhere open no diff, and the user is told why', async () => {
  await actions.apply('<<<<<<< SEARCH\nfour();\n=======\n4();\n>>>>>>> REPLACE', applied);
  expect(diffs()).toEqual([]);
  expect(vi.mocked(notify).mock.lastCall?.[1]).toBe(
    'The code can’t be applied to a.ts. Nothing was changed. Changes of the answer fit nowhere in these lines and were left out.',
  );
});

test('the diff that is in front is agreed to, or closed, without its message', async () => {
  await actions.apply('2();', applied);
  await actions.discardShown();
  expect(diffs()).toEqual([]);
  await actions.acceptShown();
  expect(file.getText()).toBe(text);
  show(file, second());
  await actions.apply('2();', applied);
  await actions.acceptShown();
  expect(file.getText()).toBe('one();\n2();\nthree();\n');
  expect(applied).toHaveBeenCalledOnce();
  expect(diffs()).toEqual([]);
});

test('another block, while the diff of the first has the focus, takes the place of the same lines of the file', async () => {
  await actions.apply('2();', applied);
  await actions.apply('zwei();', applied);
  expect(diffs()).toEqual([['file:/a.ts', 'one();\nzwei();\nthree();\n']]);
  await choose('Apply');
  expect(file.getText()).toBe('one();\nzwei();\nthree();\n');
  expect(applied).toHaveBeenCalledOnce();
});

test('the first block, agreed to after all, is shown again: the diff showed the second', async () => {
  await actions.apply('2();', applied);
  await actions.apply('zwei();', applied);
  await choose('Apply', 0);
  expect(file.getText()).toBe(text);
  expect(applied).not.toHaveBeenCalled();
  expect(diffs()).toEqual([['file:/a.ts', 'one();\n2();\nthree();\n']]);
  await choose('Apply');
  expect(file.getText()).toBe('one();\n2();\nthree();\n');
});

test('both blocks of two clicks at once end in one diff', async () => {
  await Promise.all([actions.apply('2();', applied), actions.apply('zwei();', applied)]);
  expect(diffs()).toEqual([['file:/a.ts', 'one();\nzwei();\nthree();\n']]);
});

test('beside the preview of an inline edit code goes into the file, and the proposal stays open', async () => {
  const proposal = Uri.from({ scheme: 'conduit-proposal', path: '/a.ts', query: '1' });
  await openDiff(file.uri, proposal);
  expect(openFile()?.toString()).toBe('file:/a.ts');
  await actions.apply('all();', applied);
  await choose('Apply');
  expect(file.getText()).toBe('all();\n');
  expect(screen.tabs).toHaveLength(1);
});

test('a file that was opened again as another tool wrote it is left as it is', async () => {
  await actions.apply('2();', applied);
  file.close();
  screen.tabs = [];
  file = new OpenFile('file:/a.ts', `import x from "x";\n${text}`).open();
  await choose('Apply');
  expect(file.getText()).toBe(`import x from "x";\n${text}`);
  expect(applied).not.toHaveBeenCalled();
  expect(vi.mocked(notify).mock.lastCall?.[1]).toContain('a.ts changed meanwhile');
});

test('a file that was opened again and reads the same takes the code', async () => {
  await actions.apply('2();', applied);
  file.close();
  file = new OpenFile('file:/a.ts', text).open();
  await choose('Apply');
  expect(file.getText()).toBe('one();\n2();\nthree();\n');
});

test('of a file that changed the diff can be shown again, whatever else is open by then', async () => {
  await actions.apply('2();', applied);
  file.replace(0, 0, '// new\n');
  show(new OpenFile('file:/other.ts', 'other();\n'));
  await choose('Apply');
  expect(diffs()).toEqual([]);
  await choose('Show Again');
  expect(diffs()).toEqual([['file:/a.ts', '2();\n']]);
});

test('what is attached as the open file is the file that a preview shows, and no preview whose diff is gone', async () => {
  await actions.apply('2();', applied);
  expect(openFile()?.toString()).toBe('file:/a.ts');
  screen.tabs = [];
  expect(openFile()).toBeUndefined();
});
