import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isPreview } from '../attachments/previewed-file';
import { notify } from '../notify';

/** Puts code where the cursors are; into the clipboard (false) where there is no editor that takes it. */
export async function insertAtCursor(code: string): Promise<boolean> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    await vscode.env.clipboard.writeText(code);
    notify('info', l10n.t('No editor is open to insert into: the code is in the clipboard.'));
    return false;
  }
  if (!isPreview(editor.document.uri) && (await edited(editor, code))) return true;
  await vscode.env.clipboard.writeText(code);
  notify('info', l10n.t('This editor can’t be changed: the code is in the clipboard.'));
  return false;
}

async function edited(editor: vscode.TextEditor, code: string): Promise<boolean> {
  return editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, code);
  });
}

/** Only addresses that a browser opens: an answer must not start commands of the editor. */
export async function openLink(href: string): Promise<void> {
  const uri = vscode.Uri.parse(href);
  if (!['http', 'https', 'mailto'].includes(uri.scheme)) return;
  await vscode.env.openExternal(uri);
}
