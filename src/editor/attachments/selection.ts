import * as vscode from 'vscode';
import type { Attachment } from '../../text/attached-text';

/** The active editor's selection; undefined where nothing is selected. */
export function activeSelection(): Attachment | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const { document, selection } = editor;
  return {
    label: labelOf(document, selection),
    languageId: document.languageId,
    text: document.getText(selection),
  };
}

export function labelOf(document: vscode.TextDocument, range: vscode.Range): string {
  const name = document.uri.path.split('/').at(-1) ?? 'untitled';
  const first = range.start.line + 1;
  const last = range.end.line + 1;
  return first === last ? `${name}:${String(first)}` : `${name}:${String(first)}–${String(last)}`;
}
