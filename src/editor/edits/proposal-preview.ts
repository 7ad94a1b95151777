import * as vscode from 'vscode';
import { proposalScheme } from '../command-table';
import { closeDiffs, diffsAmong, isSameUri } from '../diff-tabs';
import { hoverOf } from './author';
import type { OffsetRange } from '../../text/tracked-range';
import type { Author } from './author';

export interface ProposalView {
  /** The whole document. */
  readonly text: string;
  /** Where the proposed lines are in it. */
  readonly proposed: OffsetRange;
  /** When the proposal is whole. */
  readonly by: Author | undefined;
}

/** The diff of a document and what it would become. It can grow; nothing is written to the document. */
export interface ProposalPreview extends vscode.Disposable {
  /** Shows it on the right, signed by its author, opening the diff where it isn't open. */
  show(document: vscode.TextDocument, view: ProposalView, title: string): Promise<void>;
  /** Another one on the right, where the diff is open or will be again. */
  update(view: ProposalView): void;
  /** Closes the diff, without the question that follows when the user closes it. */
  hide(): Promise<void>;
}

/** `onClosed` runs when the user closed the diff. */
export function createProposalPreview(onClosed: () => void): ProposalPreview {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const signature = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 3em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
  });
  let shown: { readonly uri: vscode.Uri; view: ProposalView } | undefined;
  let number = 0;
  const close = (uri: vscode.Uri | undefined): Promise<void> =>
    closeDiffs(({ modified }) => isSameUri(modified, uri));

  /** Says beside the proposed lines who wrote them. */
  function sign(): void {
    const { uri, view } = shown ?? {};
    if (view?.by === undefined) return;
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      if (document.uri.toString() !== uri?.toString()) continue;
      const range = roomyLine(document, view.proposed);
      const renderOptions = { after: { contentText: view.by.line } };
      editor.setDecorations(signature, [{ range, renderOptions, hoverMessage: hoverOf(view.by) }]);
    }
  }

  const registered = vscode.Disposable.from(
    changed,
    signature,
    vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => (uri.toString() === shown?.uri.toString() ? shown.view.text : ''),
    }),
    vscode.window.onDidChangeVisibleTextEditors(sign),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === shown?.uri.toString()) sign();
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (diffsAmong(closed).some(({ modified }) => isSameUri(modified, shown?.uri))) onClosed();
    }),
  );
  return {
    show: async (document, view, title) => {
      number += 1;
      const path = document.uri.path.startsWith('/') ? document.uri.path : `/${document.uri.path}`;
      const uri = vscode.Uri.from({ scheme: proposalScheme, path, query: String(number) });
      const showing = { uri, view };
      shown = showing;
      // It may be hidden, or another one shown, while it is waited for.
      const isHidden = (): boolean => shown !== showing;
      const proposed = await vscode.workspace.openTextDocument(uri);
      if (proposed.languageId !== document.languageId)
        await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
      if (isHidden()) return;
      await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: false });
      if (isHidden()) await close(uri);
      else sign();
    },
    update: (view) => {
      if (shown === undefined) return;
      const grown = shown.view.text !== view.text;
      shown.view = view;
      if (grown) changed.fire(shown.uri);
      sign();
    },
    hide: async () => {
      const hidden = shown?.uri;
      shown = undefined;
      await close(hidden);
    },
    dispose: () => {
      registered.dispose();
    },
  };
}

/** The shortest of the first lines: each half of a diff is narrow. */
function roomyLine(document: vscode.TextDocument, { start, length }: OffsetRange): vscode.Range {
  const first = document.positionAt(start).line;
  const last = Math.min(document.positionAt(start + length).line, first + 2);
  const lines = Array.from({ length: last - first + 1 }, (_, index) => document.lineAt(first + index));
  const [shortest] = lines.toSorted((one, other) => one.text.length - other.text.length);
  return (shortest ?? document.lineAt(first)).range;
}
