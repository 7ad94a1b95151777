import * as vscode from 'vscode';
import type { EditPlace } from '../../text/edits/edit-place';

/** Whole lines of a document as an answer about them is read. */
export function editPlaceOf(document: vscode.TextDocument, range: vscode.Range): EditPlace {
  const text = document.getText();
  return {
    before: text.slice(0, document.offsetAt(range.start)),
    original: document.getText(range),
    after: text.slice(document.offsetAt(range.end)),
    languageId: document.languageId,
    fileName: document.uri.path.split('/').at(-1) ?? '',
    lineEnd: document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
  };
}
