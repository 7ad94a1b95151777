import * as vscode from 'vscode';
import { labelOf } from '../attachments/selection';
import { wholeLines } from '../whole-lines';

/** The whole lines that a selection touches. */
export interface InlineTarget {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** "math.ts:3–9". */
  readonly label: string;
}

/** The lines of the active editor's first selection; undefined where nothing is selected or there is no editor. */
export function activeTarget(): InlineTarget | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined || editor.selection.isEmpty
    ? undefined
    : targetOf(editor.document, editor.selection);
}

export function targetOf(document: vscode.TextDocument, selected: vscode.Range): InlineTarget {
  const range = wholeLines(document, selected);
  return { document, range, label: labelOf(document, range) };
}

/** Errors and warnings that touch these lines. */
export function problemsIn({ document, range }: InlineTarget): readonly vscode.Diagnostic[] {
  return countedProblems(document.uri).filter((problem) => problem.range.intersection(range) !== undefined);
}

/** Errors and warnings of a document. */
export function countedProblems(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
}
