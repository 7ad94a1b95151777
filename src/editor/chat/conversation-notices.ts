import * as l10n from '@vscode/l10n';
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
      notify(
        'warning',
        l10n.t('The file of a conversation is broken. It was set aside, and the others are fine.'),
        [{ label: l10n.t('Show Log'), run: () => log.show() }],
      );
    },
    onShortened: (title) => {
      if (shortened.has(title)) return;
      shortened.add(title);
      notify(
        'info',
        l10n.t(
          '“{0}” is longer than Conduit keeps: its oldest questions will be gone after a reload. “Conduit: Export Conversation” writes all of it.',
          title,
        ),
      );
    },
  };
}

/** What was said is on the page only: it can be exported before it is lost. */
export function tellNotKept(error: unknown, log: vscode.LogOutputChannel, exportNow: () => unknown): void {
  log.error(`The conversation was not kept: ${errorText(error)}`);
  notify('warning', l10n.t('This conversation could not be kept for later: {0}', errorText(error)), [
    { label: l10n.t('Export'), run: exportNow },
  ]);
}
