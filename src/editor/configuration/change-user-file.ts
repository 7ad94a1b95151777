import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { baseName, readFile, userFile, writeNewFile } from './configuration-files';
import { replaceText } from './replace-text';

/** What became of a change of the user's conduit.yaml. `unsaved`: it is in an editor that has other changes, too. */
type FileChange =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved'; readonly document: vscode.TextDocument }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Changes the user's conduit.yaml, which is made of `template` where there is none; `change` gives its new text, or
 * undefined where that can't be done for sure. A file with changes of the user's own is left for them to save.
 */
export async function changeUserFile(
  globalStorageUri: vscode.Uri,
  template: () => Promise<string>,
  change: (text: string) => string | undefined,
): Promise<FileChange> {
  const uri = userFile(globalStorageUri);
  const { text, problem } = await readFile(uri, false);
  if (problem !== undefined) return { kind: 'refused', reason: problem.message };
  if (text === undefined) {
    const fresh = change(await template()) ?? '';
    await writeNewFile(uri, fresh);
    return { kind: 'saved' };
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const changed = change(document.getText());
  if (changed === undefined) {
    const reason = l10n.t('{0} is not written so that it can be changed safely', baseName(uri));
    return { kind: 'refused', reason };
  }
  const { isDirty } = document;
  await replaceText(document, changed);
  if (isDirty) return { kind: 'unsaved', document };
  await document.save();
  return { kind: 'saved' };
}
