import * as vscode from 'vscode';
import { isPreview, previewedFile } from './previewed-file';
import { activeSelection } from './selection';

/** What the active editor has that can be attached, by name. */
export interface ActiveEditor {
  readonly selection?: string;
  readonly openFile?: string;
  /** How many problems the open file has; absent: none. */
  readonly problems?: number;
}

export function activeEditor(): ActiveEditor {
  const uri = openFile();
  const selection = activeSelection()?.label;
  const problems = uri === undefined ? 0 : vscode.languages.getDiagnostics(uri).length;
  return {
    ...(selection !== undefined && { selection }),
    ...(uri !== undefined && { openFile: vscode.workspace.asRelativePath(uri) }),
    ...(problems > 0 && { problems }),
  };
}

/** The file of the active editor, or of the preview that it shows; undefined where it shows no file. */
export function openFile(): vscode.Uri | undefined {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const uri = shown !== undefined && isPreview(shown) ? previewedFile(shown) : shown;
  return uri === undefined || ['output', 'git', 'search-editor'].includes(uri.scheme) ? undefined : uri;
}

/** Tells, a moment later, that `activeEditor` may say something else. */
export function onActiveEditor(changed: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, 100);
  };
  const listeners = [
    vscode.window.onDidChangeTextEditorSelection(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.languages.onDidChangeDiagnostics(soon),
  ];
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}
