import * as vscode from 'vscode';

/**
 * The text of a document as it is now; undefined where it is gone. One without a file is, once it is closed: opening it
 * would make a new one.
 */
export async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  if (uri.scheme === 'untitled') {
    return vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString())?.getText();
  }
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
