import type * as vscode from 'vscode';
import { notify } from '../notify';
import { errorText } from '../shown/error-text';
import type { StoreParts } from './conversation-store';

/** What the user is told of the files of conversations. */
export function conversationNotices(
  log: vscode.LogOutputChannel,
): Pick<StoreParts, 'onBroken' | 'onShortened'> {
  const shortened = new Set<string>();
  return {
    onBroken: (setAside) => {
      log.warn(`A file of a conversation could not be read. It was set aside as ${setAside}`);
      notify('warning', 'The file of a conversation is broken. It was set aside, and the others are fine.', [
        { label: 'Show Log', run: () => log.show() },
      ]);
    },
    onShortened: (title) => {
      if (shortened.has(title)) return;
      shortened.add(title);
      notify(
        'info',
        `“${title}” is longer than Conduit keeps: its oldest questions will be gone after a reload. “Conduit: Export Conversation” writes all of it.`,
      );
    },
  };
}

/** What was said is on the page only: it can be exported before it is lost. */
export function tellNotKept(error: unknown, log: vscode.LogOutputChannel, exportNow: () => unknown): void {
  log.error(`The conversation was not kept: ${errorText(error)}`);
  notify('warning', `This conversation could not be kept for later: ${errorText(error)}`, [
    { label: 'Export', run: exportNow },
  ]);
}
