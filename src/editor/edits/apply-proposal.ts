import * as vscode from 'vscode';
import { acceptedEdit } from '../../text/accepted-edit';
import type { CompareLines } from '../../text/line-diff';
import { lineDiff } from '../../text/line-diff';
import type { PlannedEdit } from '../../text/proposal';
import { lineHashes, textHash } from '../../text/survival';
import type { EditWatches } from '../observations/edit-watches';
import type { AcceptedEdits } from './accepted-edits';
import { countedProblems } from './inline-target';
import type { Author } from './author';

export interface ApplyParts {
  readonly accepted: AcceptedEdits;
  readonly compare: CompareLines;
  readonly watches: EditWatches;
  /** Whose proposal it is. */
  readonly by: Author;
}

/**
 * What became of accepting. `nothing`: the lines read like that already; `changed`: they are no longer what the model
 * was asked about; `refused`: the editor didn't take the edit. In all three nothing was changed.
 */
export type Accepting = 'applied' | 'nothing' | 'changed' | 'refused';

/** Makes the one edit of an accepted proposal, and begins to follow it. The edit is on its way when this returns. */
export async function applyProposal(
  { accepted, compare, watches, by }: ApplyParts,
  document: vscode.TextDocument,
  original: string,
  { range, text }: PlannedEdit,
): Promise<Accepting> {
  const { uri } = document;
  const end = range.start + range.length;
  const lineEnd = /^\r?\n/.exec(document.getText().slice(end))?.[0] ?? '';
  const blocks = lineDiff(original + lineEnd, text + lineEnd, compare);
  if (blocks.length === 0) return 'nothing';
  const problemsBefore = countedProblems(uri).length;
  const textBefore = textHash(document.getText());
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(range.start), document.positionAt(end)), text);
  if (!(await vscode.workspace.applyEdit(edit))) return 'refused';
  const watch = watches.begin(uri, by, {
    sinceMs: Date.now(),
    inserted: lineHashes(blocks.map(({ after }) => after).join('')),
    textBefore,
    problemsBefore,
  });
  accepted.add(uri, { watch, by, textBefore, edit: acceptedEdit(range.start, original, text, blocks) });
  return 'applied';
}
