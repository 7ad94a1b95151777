import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { fitCode } from '../../core/edits/fit-code';
import { previewScheme } from '../command-table';
import { notify } from '../notify';
import { languageIdOf } from './code-language';

/** What can be done with a code block of an answer beside copying it. */
export interface CodeActions extends vscode.Disposable {
  /**
   * Shows what the code would make of the open file, or of its selected lines, and applies it where the user agrees;
   * `onApplied` is called when it was.
   */
  apply(code: string, onApplied: () => Promise<void>): Promise<void>;
  /** Opens the code as a file that isn't saved yet; `language` is what stands at its fence. */
  newFile(code: string, language: string): Promise<void>;
}

export function createCodeActions(): CodeActions {
  const previews = new Map<string, string>();
  let number = 0;
  const provider = vscode.workspace.registerTextDocumentContentProvider(previewScheme, {
    provideTextDocumentContent: (uri) => previews.get(uri.toString()) ?? '',
  });

  // A diff that is closed with its tab was discarded too.
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => previews.delete(uri.toString()));

  async function showPreview(document: vscode.TextDocument, text: string): Promise<vscode.Uri> {
    number += 1;
    const path = document.uri.path.startsWith('/') ? document.uri.path : `/${document.uri.path}`;
    const uri = vscode.Uri.from({ scheme: previewScheme, path, query: String(number) });
    previews.set(uri.toString(), text);
    const proposed = await vscode.workspace.openTextDocument(uri);
    if (proposed.languageId !== document.languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
    const title = l10n.t('{0}: with the code of the answer', nameOf(document));
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: false });
    return uri;
  }

  async function close(preview: vscode.Uri): Promise<void> {
    previews.delete(preview.toString());
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(
        ({ input }) =>
          input instanceof vscode.TabInputTextDiff && input.modified.toString() === preview.toString(),
      ),
    );
  }

  async function newFile(code: string, language: string): Promise<void> {
    const known = await vscode.languages.getLanguages();
    const document = await vscode.workspace.openTextDocument({
      language: languageIdOf(language, known),
      content: code,
    });
    await vscode.window.showTextDocument(document);
  }

  async function apply(code: string, onApplied: () => Promise<void>): Promise<void> {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    if (editor === undefined) {
      notify('info', l10n.t('No file is open to apply the code to: it was opened as a new one.'));
      await newFile(code, '');
      return onApplied();
    }
    const { document } = editor;
    const { version } = document;
    const range = linesOf(document, editor.selection);
    const text = fitCode(
      code,
      document.getText(range),
      document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
    );
    const preview = await showPreview(document, withText(document, range, text));

    async function accept(): Promise<void> {
      if (document.version !== version) {
        await close(preview);
        notify('warning', l10n.t('{0} changed meanwhile: the code was not applied.', nameOf(document)), [
          { label: l10n.t('Show Again'), run: () => apply(code, onApplied) },
        ]);
        return;
      }
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range, text);
      const done = await vscode.workspace.applyEdit(edit);
      await close(preview);
      await vscode.window.showTextDocument(document);
      if (done) await onApplied();
      else notify('warning', l10n.t('{0} can’t be changed: the code was not applied.', nameOf(document)));
    }

    notify('info', l10n.t('Apply the code to {0}, as the diff shows?', nameOf(document)), [
      { label: l10n.t('Apply'), run: accept },
      { label: l10n.t('Discard'), run: () => close(preview) },
    ]);
  }

  return { apply, newFile, dispose: () => void vscode.Disposable.from(provider, closed).dispose() };
}

/** The whole lines of a selection, without the last line's end; all lines where nothing is selected. */
function linesOf(document: vscode.TextDocument, selection: vscode.Selection): vscode.Range {
  const last = document.lineAt(document.lineCount - 1);
  if (selection.isEmpty) {
    const end = last.isEmptyOrWhitespace && last.lineNumber > 0 ? document.lineAt(last.lineNumber - 1) : last;
    return new vscode.Range(new vscode.Position(0, 0), end.range.end);
  }
  const { start, end } = selection;
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return new vscode.Range(new vscode.Position(start.line, 0), document.lineAt(lastLine).range.end);
}

function withText(document: vscode.TextDocument, range: vscode.Range, text: string): string {
  const whole = document.getText();
  return whole.slice(0, document.offsetAt(range.start)) + text + whole.slice(document.offsetAt(range.end));
}

function nameOf(document: vscode.TextDocument): string {
  return document.uri.path.split('/').at(-1) ?? l10n.t('the file');
}
