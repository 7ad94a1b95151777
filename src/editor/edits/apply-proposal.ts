import * as vscode from 'vscode';
import { acceptedEdit } from '../../core/edits/accepted-edit';
import type { CompareLines } from '../../core/edits/line-diff';
import { lineDiff } from '../../core/edits/line-diff';
import type { PlannedEdit } from '../../core/edits/proposal';
import type { EditSignal } from '../../core/observation';
import type { AcceptedEdits } from './accepted-edits';
import { watchEdit } from './edit-watch';
import { countedProblems } from './inline-target';

export interface ApplyParts {
  readonly accepted: AcceptedEdits;
  readonly compare: CompareLines;
  readonly observe: (signal: EditSignal) => void;
}

/**
 * Makes the one edit of an accepted proposal, and begins to follow it. `nothing`: the lines read like that already;
 * `refused`: the editor didn't take it, and nothing was changed.
 */
export async function applyProposal(
  { accepted, compare, observe }: ApplyParts,
  document: vscode.TextDocument,
  original: string,
  { range, text }: PlannedEdit,
): Promise<'applied' | 'nothing' | 'refused'> {
  const { uri } = document;
  const end = range.start + range.length;
  const lineEnd = /^\r?\n/.exec(document.getText().slice(end))?.[0] ?? '';
  const blocks = lineDiff(original + lineEnd, text + lineEnd, compare);
  if (blocks.length === 0) return 'nothing';
  const before = countedProblems(uri).length;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(range.start), document.positionAt(end)), text);
  if (!(await vscode.workspace.applyEdit(edit))) return 'refused';
  const inserted = blocks.map(({ after }) => after).join('');
  const watch = watchEdit(
    {
      observe,
      later: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      nowMs: Date.now,
      text: () => textOf(uri),
      problems: () => countedProblems(uri).length,
    },
    inserted,
    before,
  );
  accepted.add(uri, acceptedEdit(range.start, original, text, blocks), watch);
  return 'applied';
}

/** Undefined where the document is gone. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
