import * as vscode from 'vscode';

/** The whole lines that a range touches, without the last line's end. One that ends where a line begins doesn't mean it. */
export function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return new vscode.Range(start.line, 0, last, document.lineAt(last).text.length);
}

/** The whole lines of a selection, without the last line's end; all lines where nothing is selected. */
export function linesOf(
  document: vscode.TextDocument,
  selection: vscode.Selection | undefined,
): vscode.Range {
  const last = document.lineAt(document.lineCount - 1);
  if (selection === undefined || selection.isEmpty) {
    const end = last.isEmptyOrWhitespace && last.lineNumber > 0 ? document.lineAt(last.lineNumber - 1) : last;
    return new vscode.Range(new vscode.Position(0, 0), end.range.end);
  }
  return wholeLines(document, selection);
}

/** The whole document with `text` in the place of the range. */
export function withText(document: vscode.TextDocument, range: vscode.Range, text: string): string {
  const whole = document.getText();
  return whole.slice(0, document.offsetAt(range.start)) + text + whole.slice(document.offsetAt(range.end));
}
