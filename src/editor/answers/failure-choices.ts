import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ErrorAction } from '../../webview/protocol/chat';
import { viewCommands } from '../command-table';
import type { Choice } from '../notify';

/** What can be done about a failure, as buttons of its message. */
export function failureChoices(actions: readonly ErrorAction[], retry: () => unknown): readonly Choice[] {
  return actions.map((action): Choice => {
    switch (action) {
      case 'retry':
        return { label: l10n.t('Retry'), run: retry };
      case 'set-key':
        return { label: l10n.t('Set Key'), run: run('set-key') };
      case 'open-configuration':
        return { label: l10n.t('Open Configuration'), run: run('open-configuration') };
      case 'show-log':
        return { label: l10n.t('Show Log'), run: run('show-log') };
    }
  });
}

function run(action: Exclude<ErrorAction, 'retry'>): () => unknown {
  return () => vscode.commands.executeCommand(viewCommands[action]);
}
