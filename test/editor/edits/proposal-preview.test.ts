import { afterEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import type { ProposalView } from '../../../src/editor/edits/proposal-preview';
import { createProposalPreview } from '../../../src/editor/edits/proposal-preview';
import { FakeDocument } from './fake-documents';

vi.mock('vscode', async () => {
  const fake = await import('./fake-documents');
  const groups = { tabs: [] as { readonly input: unknown }[] };
  return {
    ...fake,
    workspace: { ...fake.workspace, registerTextDocumentContentProvider: () => new fake.Disposable(vi.fn()) },
    languages: { setTextDocumentLanguage: vi.fn(() => Promise.resolve()) },
    commands: {
      executeCommand: vi.fn((_command: string, original: never, modified: never) => {
        groups.tabs.push({ input: new fake.TabInputTextDiff(original, modified) });
        return Promise.resolve();
      }),
    },
    window: {
      ...fake.window,
      tabGroups: {
        all: [groups],
        onDidChangeTabs: new fake.EventEmitter().event,
        close: (tabs: readonly { readonly input: unknown }[]) => {
          groups.tabs = groups.tabs.filter((tab) => !tabs.includes(tab));
          return Promise.resolve(true);
        },
      },
    },
  };
});

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const document = new FakeDocument('file:/a.ts', 'a', 'javascript') as unknown as vscode.TextDocument;

const view = (text: string): ProposalView => ({
  text,
  proposed: { start: 0, length: text.length },
  by: undefined,
});

/** Hides a preview while the editor is at one of the steps of showing it. */
function hiddenAt(step: 'opened' | 'named' | 'shown'): Promise<void> {
  const preview = createProposalPreview(() => undefined);
  const hide = () => void preview.hide();
  const opened = new FakeDocument('conduit-proposal:/a.ts', '') as unknown as vscode.TextDocument;
  const named = vi.mocked(vscode.languages.setTextDocumentLanguage);
  const shown = vi.mocked(vscode.commands.executeCommand);
  vi.spyOn(vscode.workspace, 'openTextDocument').mockImplementationOnce(async () => {
    await Promise.resolve();
    if (step === 'opened') hide();
    return opened;
  });
  if (step === 'named') {
    named.mockImplementationOnce(async () => {
      await Promise.resolve();
      hide();
      return opened;
    });
  }
  if (step === 'shown') {
    const open = shown.getMockImplementation();
    shown.mockImplementationOnce(async (...args) => {
      hide();
      await open?.(...args);
    });
  }
  return preview.show(document, view('b'), 'a');
}

afterEach(() => vi.restoreAllMocks());

test('a proposal is shown until it is hidden', async () => {
  const preview = createProposalPreview(() => undefined);
  await preview.show(document, view('b'), 'a');
  expect(tabs()).toHaveLength(1);
  await preview.hide();
  expect(tabs()).toEqual([]);
});

test.each(['opened', 'named', 'shown'] as const)(
  'hidden while it is being %s, it does not stay',
  async (step) => {
    const diff = vi.mocked(vscode.commands.executeCommand).mockClear();
    await hiddenAt(step);
    expect(tabs()).toEqual([]);
    expect(diff).toHaveBeenCalledTimes(step === 'shown' ? 1 : 0);
  },
);

test('a whole proposal is signed where there is room, with the way to the reasons', async () => {
  const preview = createProposalPreview(() => undefined);
  await preview.show(document, view('const two =\n  1 + 1;\nfour();'), 'a');
  const { input } = tabs()[0] ?? {};
  const { modified } = input as vscode.TabInputTextDiff;
  const text = 'head();\nconst two =\n  1 + 1;\nfour();\n\n';
  const right = new FakeDocument(modified.toString(), text) as unknown as vscode.TextDocument;
  const setDecorations = vi.fn();
  vi.spyOn(right.uri, 'toString').mockReturnValue(modified.toString());
  const editors = vscode.window.visibleTextEditors as unknown[];
  editors.push({ document: right, setDecorations });
  const proposed = { start: 8, length: 28 };
  const by = {
    decisionId: 'd',
    deploymentId: 'mini',
    line: 'mini · $0.0001 · 1.2 s',
    why: 'mini: as good as the rest.',
  };
  preview.update({ text: 'const two =\n  1 + 1;\nfour();', proposed, by });
  const [[, [shown]]] = setDecorations.mock.calls as [[unknown, [vscode.DecorationOptions]]];
  expect(shown.range.start.line).toBe(3);
  expect(shown.renderOptions?.after?.contentText).toBe('mini · $0.0001 · 1.2 s');
  const { value, isTrusted } = shown.hoverMessage as vscode.MarkdownString;
  expect(value).toContain('(command:conduit.explainDecision?%5B%22d%22%5D)');
  expect(isTrusted).toEqual({ enabledCommands: ['conduit.explainDecision'] });
  editors.pop();
});
