import * as l10n from '@vscode/l10n';
import { openFile } from '../attachments/active-editor';
import type { PendingAttachments } from '../attachments/pending';
import { fileSource, selectionSource } from '../attachments/sources';
import { notify } from '../notify';
import { commandIn } from '../../text/slash-commands';

/**
 * `/explain` and its like are about code: where nothing is attached to a question that begins with one, the selection
 * is, else the open file, as in the editor's own chat. Resolves to false where the question can't be asked as it is:
 * there is no code, or the user does not want to send it. What is missing is told.
 */
export async function attachCommandCode(
  text: string,
  pools: readonly string[],
  pending: PendingAttachments,
  isFirst: boolean,
): Promise<boolean> {
  const command = commandIn(text, pools);
  if (command === 'none') return true;
  await pending.added();
  if (pending.chips.length > 0) return true;
  const file = openFile();
  const source = selectionSource() ?? (file && fileSource(file));
  if (source !== undefined) {
    await pending.add([source]);
    return pending.chips.length > 0;
  }
  if (command === 'with-text' || !isFirst) return true;
  notify('info', l10n.t('There is no code here yet. Select some, or attach a file with #, and ask again.'));
  return false;
}
