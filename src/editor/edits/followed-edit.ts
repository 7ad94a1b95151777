import type * as vscode from 'vscode';
import type { AcceptedEdit, OpenBlock } from '../../text/accepted-edit';
import { afterChanges, isUndone } from '../../text/accepted-edit';
import { textHash } from '../../text/survival';
import type { TextChange } from '../../text/tracked-range';
import type { EditWatch } from './edit-watch';
import type { Author } from './author';

/** An edit that was accepted just now. */
export interface NewEdit {
  readonly watch: EditWatch;
  readonly by: Author;
  /** A hash of its document's text before it. */
  readonly textBefore: number;
  readonly edit: AcceptedEdit;
}

/** The same, as its document changes. */
export interface Followed extends Omit<NewEdit, 'edit'> {
  readonly uri: vscode.Uri;
  edit: AcceptedEdit;
  /** By how much its document is longer than before the edit. */
  grown: number;
  /** What its document read as when it was closed: a hash. Undefined: it is open. */
  closedAs?: number | undefined;
}

export function followed(uri: vscode.Uri, edit: NewEdit): Followed {
  const { range, original } = edit.edit;
  return { ...edit, uri, grown: range.length - original.length };
}

/**
 * Takes the changes of its document in. `back`: the text is as it was before the edit, whatever made it so, and no block
 * is left. `touched`: a block was typed in.
 */
export function takeIn(
  each: Followed,
  changes: readonly TextChange[],
  text: () => string,
): { readonly touched: boolean; readonly back: boolean } {
  const { edit, touched } = afterChanges(each.edit, changes, text);
  each.grown += changes.reduce((sum, { removed, inserted }) => sum + inserted.length - removed, 0);
  const back = isUndone(edit, text) || (each.grown === 0 && textHash(text()) === each.textBefore);
  each.edit = back ? { ...edit, blocks: [] } : edit;
  return { touched, back };
}

/** These blocks are kept, taken back, or nobody knows where they are. */
export function without(each: Followed, gone: readonly OpenBlock[]): void {
  each.edit = { ...each.edit, blocks: each.edit.blocks.filter((block) => !gone.includes(block)) };
}
