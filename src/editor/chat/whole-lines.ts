import * as vscode from 'vscode';

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
  const { start, end } = selection;
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return new vscode.Range(new vscode.Position(start.line, 0), document.lineAt(lastLine).range.end);
}

/** The whole document with `text` in the place of the range. */
export function withText(document: vscode.TextDocument, range: vscode.Range, text: string): string {
  const whole = document.getText();
  return whole.slice(0, document.offsetAt(range.start)) + text + whole.slice(document.offsetAt(range.end));
}
