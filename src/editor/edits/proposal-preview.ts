import * as vscode from 'vscode';
import { proposalScheme } from '../command-table';

/** The diff of a document and what it would become. It can grow; nothing is written to the document. */
export interface ProposalPreview extends vscode.Disposable {
  /** Shows the text on the right, opening the diff where it isn't open. */
  show(document: vscode.TextDocument, text: string, title: string): Promise<void>;
  /** A new text on the right, where the diff is open or will be again. */
  update(text: string): void;
  /** Closes the diff, without the question that follows when the user closes it. */
  hide(): Promise<void>;
}

/** `onClosed` runs when the user closed the diff. */
export function createProposalPreview(onClosed: () => void): ProposalPreview {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let shown: { readonly uri: vscode.Uri; text: string } | undefined;
  let number = 0;
  const isOf = (tab: vscode.Tab, uri: vscode.Uri | undefined): boolean =>
    tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === uri?.toString();
  const tabsOf = (uri: vscode.Uri | undefined): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter((tab) => isOf(tab, uri)));

  const registered = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => (uri.toString() === shown?.uri.toString() ? shown.text : ''),
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.some((tab) => isOf(tab, shown?.uri))) onClosed();
    }),
  );
  return {
    show: async (document, text, title) => {
      number += 1;
      const path = document.uri.path.startsWith('/') ? document.uri.path : `/${document.uri.path}`;
      const uri = vscode.Uri.from({ scheme: proposalScheme, path, query: String(number) });
      const showing = { uri, text };
      shown = showing;
      // It may be hidden, or another one shown, while it is waited for.
      const isHidden = (): boolean => shown !== showing;
      const proposed = await vscode.workspace.openTextDocument(uri);
      if (proposed.languageId !== document.languageId)
        await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
      if (isHidden()) return;
      await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: false });
      if (isHidden()) await vscode.window.tabGroups.close(tabsOf(uri));
    },
    update: (text) => {
      if (shown === undefined || shown.text === text) return;
      shown.text = text;
      changed.fire(shown.uri);
    },
    hide: async () => {
      const tabs = tabsOf(shown?.uri);
      shown = undefined;
      await vscode.window.tabGroups.close(tabs);
    },
    dispose: () => {
      registered.dispose();
    },
  };
}
